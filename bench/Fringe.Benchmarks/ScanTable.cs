using Fringe.Core.Preparation;
using Fringe.Formats.Beamlines;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Fringe.Simulation.Scans;
using Spectre.Console;

namespace Fringe.Benchmarks;

/// <summary>Simulated rocking scans of known crystals at several beamlines, phased and turned into nanometres and strain.</summary>
internal static class ScanTable
{
    private const int Seeds = 3;
    private const double PixelMetres = 55e-6;
    private static readonly Automatic AllStarts = new() { StopWhenSettled = false };
    private static readonly string[] Beamlines = ["34-ID-C", "ID01", "P10"];

    public static void Run(string results)
    {
        using Imager imager = Imager.Create(new ImagerOptions());
        List<string> rows = [];
        foreach (string name in Beamlines)
        {
            BeamlineDefinition beamline = BeamlineLibrary.Find(name);
            for (int seed = 1; seed <= Seeds; seed++)
            {
                ScanOptions options = new()
                {
                    SizeNanometres = 160 + (20 * seed),
                    Strain = seed % 2 == 0 ? -5e-4 : 5e-4,
                    GapColumns = 4,
                    HotPixels = 20,
                    FlatField = 0.1,
                    Seed = seed,
                };
                ImagingOptions imaging = new();
                ScanErrors judged = Judge(imager, beamline, options, imaging);
                ScanErrors averaged = Judge(
                    imager,
                    beamline,
                    options,
                    imaging with
                    {
                        Method = AllStarts,
                        Replicas = 0,
                    }
                );
                string row =
                    $"| {name} | {string.Join(" x ", judged.TrueNanometres.Select(extent => $"{extent:F0}"))} | {judged.TrueStrains.Least:0.0e0} to {judged.TrueStrains.Most:0.0e0} | {judged.Error:F4} | {judged.MirroredError:F2} | "
                    + $"{judged.SizeNanometres:F1} | {judged.VoxelNanometres:F1} | {judged.OrientationDegrees:F2} | {judged.StrainError:0.00e0} | {judged.StrainUncertainty:0.00e0} | {averaged.StrainError:0.00e0} | "
                    + $"{judged.StrainCorrelation:F2} |";
                AnsiConsole.WriteLine(row);
                rows.Add(row);
            }
        }

        string text = $"""
            # Simulated scans, from frames to strain

            `dotnet run --project bench/Fringe.Benchmarks -c Release -- scans`: faceted crystals with a sine of displacement along Q, 64 frames of 96 x 96 pixels, 1e7
            photons, a gap of 4 columns, 20 hot pixels, efficiencies of pixels within 10 %; far field at the exact q of every voxel (`fringe simulate scan`).
            Phased as by default (with `--starts {AllStarts.Starts}` from two of the network's predictions and two random starts, all run), then on cubic voxels in the laboratory frame, against the crystal that was simulated.

            | beamline | true extents along x, y, z, nm | true strain | real-space error | in a mirror | extents off by at most, nm | voxel, nm | orientation off by, deg | strain error in the bulk, rms | by its uncertainty | with `--starts {AllStarts.Starts}` | correlation |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}

            Extents: planes in which the crystal fills at least a hundredth of its largest section. "In a mirror": the error against the crystal mirrored, which a wrong handedness would have. By its uncertainty: the rms that the replicas' strain lets expect. A negative correlation would be a wrong sign of the strain.
            """;
        File.WriteAllText(Path.Combine(results, "scans.md"), text + "\n");
    }

    private static ScanErrors Judge(
        Imager imager,
        BeamlineDefinition beamline,
        ScanOptions options,
        ImagingOptions imaging
    )
    {
        SimulatedScan scan = SimulatedScan.Of(beamline.Diffractometer, PixelMetres, options, default);
        Measurement measurement = new()
        {
            Name = beamline.Name,
            Stack = scan.Counts,
            Corrections = new Corrections { Mask = scan.Mask, Flat = scan.Flat },
            Scan = new RockingScan
            {
                Beamline = beamline,
                Geometry = scan.Geometry,
                Points = options.Frames,
            },
        };
        return ScanErrors.Of(imager.Image(measurement, imaging).Space!, scan);
    }
}
