using System.CommandLine;
using System.Globalization;
using Fringe.App.Reports;
using Fringe.App.Terminal;
using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Npy;
using Fringe.Formats.Spec;
using Fringe.Formats.Tiff;
using Fringe.Formats.Vtk;
using Fringe.Imaging.Files;
using Fringe.Simulation.Scans;

namespace Fringe.App.Commands;

/// <summary><c>fringe simulate scan</c>: detector frames of a crystal whose shape and strain are known, to try the whole chain with.</summary>
internal static class SimulateScanCommand
{
    private const int ScanNumber = 1;
    private static readonly ScanOptions Defaults = new();

    /// <summary>The files, the marker of a whole result last.</summary>
    private static readonly string[] Names =
    [
        "frames.tif",
        "scan.spec",
        "mask.npy",
        "flat.npy",
        "truth.npy",
        "truth.vti",
        "truth.json",
    ];

    /// <param name="folders">Of the program's results.</param>
    public static Command Build(OutputFolders folders)
    {
        Option<string?> output = new("--output", "-o") { Description = "Folder for the scan.", HelpName = "DIR" };
        Option<bool> force = new("--force") { Description = "Replace a scan that is in the folder." };
        Option<string> beamline = new("--beamline")
        {
            Description = $"{string.Join(", ", BeamlineLibrary.Names)}, or a .json file that describes another.",
            DefaultValueFactory = _ => "34-ID-C",
            HelpName = "NAME",
        };
        Option<double?> pixel = OptionOf.Number("--pixel", "UM", "Edge of a pixel. Default: the beamline's.");
        Option<double> energy = Number("--energy", "KEV", "Photon energy.", Defaults.EnergyElectronvolts / 1000);
        Option<double> spacing = Number(
            "--spacing-nm",
            "NM",
            "Spacing of the lattice planes; 0.2355 is gold's (111).",
            Defaults.SpacingNanometres
        );
        Option<double> size = Number(
            "--size-nm",
            "NM",
            "Size of the crystal: opposite facets are at most so far apart; corners may reach a tenth farther.",
            Defaults.SizeNanometres
        );
        Option<double> strain = Number(
            "--strain",
            "X",
            "Of the sine of displacement, where it is steepest; along Q at most 0.8 of it.",
            Defaults.Strain
        );
        Option<double> photons = Number("--photons", "N", "Photons in the whole scan.", Defaults.Photons);
        Option<double> oversampling = Number(
            "--oversampling",
            "X",
            "Oversampling ratio of the size; chooses the rocking step and the distance.",
            Defaults.OversamplingRatio
        );
        Option<string?> shape = OptionOf.Text("--shape", "FRAMES,ROWS,COLS", "Frames and detector. Default: 64,96,96.");
        Option<int> gap = Count("--gap", "Columns of a gap beside the peak.");
        Option<int> hot = Count("--hot", "Pixels that count far too much.");
        Option<double> flat = Number("--flat-field", "X", "Spread of the pixels' efficiencies, 0 to 0.3.", 0);
        Option<int> seed = new("--seed")
        {
            Description = "Of crystal, noise and faults.",
            DefaultValueFactory = _ => Defaults.Seed,
            HelpName = "N",
        };
        Command command = new("scan", "Make a rocking scan of a crystal whose shape and strain are known.")
        {
            output,
            force,
            beamline,
            pixel,
            energy,
            spacing,
            size,
            strain,
            photons,
            oversampling,
            shape,
            gap,
            hot,
            flat,
            seed,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Task.Run(
                    () =>
                    {
                        int[]? lengths = NumberList.Integers("--shape", parsed.GetValue(shape), 3, 3);
                        ScanOptions options = Defaults with
                        {
                            EnergyElectronvolts = PhotonEnergy.InElectronvolts(
                                parsed.GetValue(energy),
                                "keV",
                                "--energy"
                            ),
                            SpacingNanometres = parsed.GetValue(spacing),
                            SizeNanometres = parsed.GetValue(size),
                            Strain = parsed.GetValue(strain),
                            Photons = parsed.GetValue(photons),
                            OversamplingRatio = parsed.GetValue(oversampling),
                            Frames = lengths?[0] ?? Defaults.Frames,
                            Rows = lengths?[1] ?? Defaults.Rows,
                            Columns = lengths?[2] ?? Defaults.Columns,
                            GapColumns = parsed.GetValue(gap),
                            HotPixels = parsed.GetValue(hot),
                            FlatField = parsed.GetValue(flat),
                            Seed = parsed.GetValue(seed),
                        };
                        string[] problems = [.. FlagNames.Explain("Scan", options.Validate())];
                        if (problems.Length > 0)
                        {
                            throw new InputException(string.Join("; ", problems));
                        }

                        string folder =
                            parsed.GetValue(output)
                            ?? throw new InputException("--output is missing; name a folder, such as -o scan");
                        string named = parsed.GetValue(beamline)!;
                        BeamlineDefinition definition = BeamlineLibrary.Find(named);
                        double micrometres = DetectorLength.PixelMicrometres(
                            parsed.GetValue(pixel)
                                ?? definition.PixelMicrometres
                                ?? throw new InputException("the size of the pixels is not known; give --pixel"),
                            "--pixel"
                        );
                        using OutputFolder reserved = folders.Reserve(folder, Names, parsed.GetValue(force));
                        return Run(folder, reserved, named, definition, micrometres, options, cancellation);
                    },
                    cancellation
                )
        );
        return command;
    }

    private static int Run(
        string output,
        OutputFolder folder,
        string named,
        BeamlineDefinition beamline,
        double pixelMicrometres,
        ScanOptions options,
        CancellationToken cancellation
    )
    {
        SimulatedScan scan = SimulatedScan.Of(beamline.Diffractometer, pixelMicrometres / 1e6, options, cancellation);
        _ = DetectorLength.DistanceMetres(
            scan.Geometry.DistanceMetres,
            "the distance of the detector that --size-nm, --oversampling, --pixel and --energy need"
        );
        TiffFile.WriteCounts(folder.FilePath(Names[0]), scan.Counts);
        SpecWriter.Write(folder.FilePath(Names[1]), beamline, scan.Geometry, options.Frames, ScanNumber);
        NpyFile.Write(folder.FilePath(Names[2]), scan.Mask);
        NpyFile.Write(folder.FilePath(Names[3]), scan.Flat);
        NpyFile.Write(folder.FilePath(Names[4]), scan.Truth);
        double edge = scan.VoxelNanometres;
        VtiFile.Write(
            folder.FilePath(Names[5]),
            VtiGrid.OfCubes(new(scan.Truth.Depth, scan.Truth.Height, scan.Truth.Width), edge),
            VtiArray.Of("amplitude", scan.Truth.Amplitudes()),
            VtiArray.Of("phase", scan.Truth.Phases())
        );
        string command = PhaseCommandLine(output, named, beamline, scan.Geometry, pixelMicrometres, options);
        Vector3D q = scan.Peak.ScatteringVector;
        File.WriteAllText(
            folder.FilePath(Names[6]),
            JsonText.Of(
                new Dictionary<string, object?>
                {
                    ["voxel_nm"] = edge,
                    ["size_x_nm"] = scan.ExtentsNanometres[0],
                    ["size_y_nm"] = scan.ExtentsNanometres[1],
                    ["size_z_nm"] = scan.ExtentsNanometres[2],
                    ["strain_min"] = scan.Strains.Least,
                    ["strain_max"] = scan.Strains.Most,
                    ["scattering_vector_x_per_nm"] = q.X,
                    ["scattering_vector_y_per_nm"] = q.Y,
                    ["scattering_vector_z_per_nm"] = q.Z,
                    ["photons"] = options.Photons,
                    ["beamline"] = beamline.Name,
                    ["seed"] = options.Seed,
                    ["phase_it"] = command,
                }
            ) + "\n"
        );
        folder.Commit();
        ResultRow[] rows =
        [
            ResultRow.Of("distance of the detector", scan.Geometry.DistanceMetres, "m"),
            ResultRow.Of("rocking step", scan.Geometry.RockingStepRadians * 180 / Math.PI, "deg"),
            ResultRow.Of("2 theta", scan.Peak.TwoThetaRadians * 180 / Math.PI, "deg"),
            .. scan.ExtentsNanometres.Zip(
                ["x", "y", "z"],
                (extent, axis) => ResultRow.Of($"crystal along {axis}", extent, "nm")
            ),
            ResultRow.Of("smallest strain", scan.Strains.Least),
            ResultRow.Of("largest strain", scan.Strains.Most),
            ResultRow.Of("voxel of the truth", edge, "nm"),
        ];
        Consoles.CreateForResults().Write(ResultTable.Create(rows, output, Names));
        Consoles.CreateForResults().Profile.Out.Writer.WriteLine($"phase it: {command}");
        return 0;
    }

    private static string PhaseCommandLine(
        string output,
        string named,
        BeamlineDefinition beamline,
        BraggGeometry geometry,
        double pixelMicrometres,
        ScanOptions options
    )
    {
        List<string> words =
        [
            "fringe",
            "phase",
            File("frames.tif"),
            "--beamline",
            named,
            "--spec",
            File("scan.spec"),
            "--scan",
            $"{ScanNumber}",
        ];
        if (beamline.Energy is null)
        {
            words.AddRange(["--energy", Text(geometry.EnergyElectronvolts / 1000)]);
        }

        if (beamline.Distance is null)
        {
            words.AddRange(["--distance", Text(geometry.DistanceMetres)]);
        }

        if (beamline.PixelMicrometres != pixelMicrometres)
        {
            words.AddRange(["--pixel", Text(pixelMicrometres)]);
        }

        if (options.GapColumns > 0 || options.HotPixels > 0)
        {
            words.AddRange(["--mask", File("mask.npy")]);
        }

        if (options.FlatField > 0)
        {
            words.AddRange(["--flat", File("flat.npy")]);
        }

        return CommandLineText.Of(words);

        string File(string name) => Path.Combine(output, name);
        static string Text(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
    }

    private static Option<double> Number(string name, string value, string description, double other) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            DefaultValueFactory = _ => other,
        };

    private static Option<int> Count(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
}
