using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Spec;
using Fringe.Formats.Tiff;
using Fringe.Simulation.Scans;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Simulation.Scans;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class SimulatedScanTests
{
    private static readonly ScanOptions Small = new()
    {
        Frames = 16,
        Rows = 24,
        Columns = 20,
        SizeNanometres = 60,
        Seed = 5,
    };

    // q turns with the crystal, the detector is flat: a linear map would be off, a sum over the voxels is not.
    [Fact]
    public void Of_AnyVoxel_IsTheSumOverTheObject()
    {
        SimulatedScan scan = Simulate("34-ID-C", Small with { Photons = 1e9 });
        BraggPeak peak = scan.Geometry.At(new(8, 12, 10));
        ComplexVolume psi = scan.Truth;
        (int, int, int)[] voxels = [(8, 12, 10), (3, 15, 6), (14, 4, 17), (9, 20, 2), (6, 10, 11)];

        double[] wanted = [.. voxels.Select(voxel => Sum(psi, scan.VoxelNanometres, peak, voxel))];
        double[] found =
        [
            .. voxels.Select(voxel =>
                (double)scan.Counts.Values[(((voxel.Item1 * 24) + voxel.Item2) * 20) + voxel.Item3]
            ),
        ];

        // Of the brightest: between its points the far field is interpolated.
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First / wanted[0], pair.Second / found[0], 2e-3));
    }

    [Theory]
    [InlineData("34-ID-C")]
    [InlineData("ID01")]
    [InlineData("P10")]
    [InlineData("NanoMAX")]
    [InlineData("SIXS")]
    [InlineData("I16")]
    [InlineData("CRISTAL")]
    public void Of_AnyBeamline_ReachesTheReflectionAndSamplesItEvenly(string name)
    {
        SimulatedScan scan = Simulate(name, Small);
        BraggPeak peak = scan.Geometry.At(new(8, 12, 10));
        double wanted = 2 * Math.PI / (Small.OversamplingRatio * Small.SizeNanometres);

        Assert.Equal(Small.SpacingNanometres, peak.DSpacingNanometres, 1e-9);
        Matrix3 steps = peak.ReciprocalSteps();
        Assert.All(Enumerable.Range(0, 3), axis => Assert.Equal(1, steps.Column(axis).Length / wanted, 1e-3));
    }

    [Fact]
    public void Of_DetectorWithFaults_MasksThem()
    {
        ScanOptions options = Small with { GapColumns = 2, HotPixels = 3, FlatField = 0.2 };
        SimulatedScan one = Simulate("P10", options);
        SimulatedScan two = Simulate("P10", options);

        Assert.Equal(one.Counts.Values, two.Counts.Values);
        Assert.All(one.Counts.Values, count => Assert.Equal(Math.Floor(count), count));
        Assert.InRange(one.Mask.Values.Sum(), (2 * 24) + 1, (2 * 24) + 3);
        Assert.InRange(one.Flat.Values.Min(), 0.8, 0.9);
        int gap = 10 + 2;
        Assert.Equal(0, one.Counts.Values[(12 * 20) + gap]);
        double total = one
            .Counts.Values.Where((_, i) => one.Mask.Values[i % (24 * 20)] == 0)
            .Sum(count => (double)count);
        Assert.InRange(total / options.Photons, 0.5, 1.2);
    }

    // Of a crystal that is longer along one axis than along the others.
    [Fact]
    public void Of_AnyCrystal_KnowsItsExtentsAndStrains()
    {
        SimulatedScan scan = Simulate("ID01", Small with { Seed = 3, SizeNanometres = 120 });
        ComplexVolume truth = scan.Truth;
        double[] least = [0, 0, 0];
        double[] most = [0, 0, 0];
        (double lowest, double highest) = (0, 0);
        float[] amplitude = truth.Amplitudes();
        for (int i = 0; i < amplitude.Length; i++)
        {
            if (amplitude[i] > 0.5)
            {
                int[] index = [i % truth.Width, i / truth.Width % truth.Height, i / (truth.Width * truth.Height)];
                double[] place = [.. index.Select((at, axis) => scan.VoxelNanometres * (at - (truth.Width / 2)))];
                least = [.. least.Zip(place, Math.Min)];
                most = [.. most.Zip(place, Math.Max)];
                double strain = scan.Crystal.StrainAt(new(place[0], place[1], place[2]));
                (lowest, highest) = (Math.Min(lowest, strain), Math.Max(highest, strain));
            }
        }

        double[] extents = [.. most.Zip(least, (high, low) => high - low + scan.VoxelNanometres)];
        Assert.True(extents.Max() > extents.Min() + (3 * scan.VoxelNanometres), string.Join(' ', extents));
        // A corner of a few voxels is not counted.
        Assert.All(
            extents.Zip(scan.ExtentsNanometres),
            pair => Assert.InRange(pair.First - pair.Second, 0, 1.5 * scan.VoxelNanometres)
        );
        Assert.Equal((lowest, highest), scan.Strains);
    }

    [Fact]
    public void Of_SpacingTooSmallForTheEnergy_IsBadInput() =>
        Assert.Contains(
            "cannot diffract",
            Assert.Throws<InputException>(() => Simulate("ID01", Small with { SpacingNanometres = 0.05 })).Message
        );

    [Fact]
    public void StrainAt_AnyPlace_IsTheSlopeOfTheDisplacement()
    {
        Vector3D up = new Vector3D(1, 2, -1).Unit;
        FacetedCrystal crystal = FacetedCrystal.Draw(3 * up, 100, 1e-3, seed: 2);
        Vector3D place = new(10, -20, 15);

        double slope =
            (crystal.DisplacementNanometres(place + (0.01 * up)) - crystal.DisplacementNanometres(place - (0.01 * up)))
            / 0.02;

        Assert.Equal(slope, crystal.StrainAt(place), 1e-9);
        Assert.Equal(1, crystal.Density(new(0, 0, 0), 1));
        Assert.Equal(0, crystal.Density(new(0, 0, 90), 1));
    }

    // What was written is read back as the same scan.
    [Theory]
    [InlineData("34-ID-C")]
    [InlineData("P10")]
    public void Write_SpecAndTiff_AreReadBack(string name)
    {
        using TemporaryFolder folder = new();
        BeamlineDefinition beamline = BeamlineLibrary.Find(name);
        SimulatedScan scan = Simulate(name, Small);
        SpecWriter.Write(folder.File("scan.spec"), beamline, scan.Geometry, Small.Frames, 7);
        TiffFile.WriteCounts(folder.File("frames.tif"), scan.Counts);

        RockingScan read = RockingScan.From(
            beamline,
            SpecFile.Read(folder.File("scan.spec"), 7).Record,
            new GeometryOverrides { PixelMicrometres = 55 }
        );
        RealVolume frames = MeasurementFile
            .ReadVolume(folder.File("frames.tif"), new ReadOptions(), TestContext.Current.CancellationToken)
            .Intensity;

        Assert.Equal(Small.Frames, read.Points);
        double[] wanted = scan.Geometry.At(new(8, 12, 10)).ReciprocalSteps().ToArray();
        double[] found = read.Geometry.At(new(8, 12, 10)).ReciprocalSteps().ToArray();
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(scan.Counts.Values, frames.Values);
        Assert.Equal([16, 24, 20], [frames.Depth, frames.Height, frames.Width]);
    }

    private static SimulatedScan Simulate(string beamline, ScanOptions options) =>
        SimulatedScan.Of(
            BeamlineLibrary.Find(beamline).Diffractometer,
            55e-6,
            options,
            TestContext.Current.CancellationToken
        );

    private static double Sum(ComplexVolume psi, double voxel, BraggPeak peak, (int Frame, int Row, int Column) at)
    {
        Vector3D q = peak.Q(new(at.Frame, at.Row, at.Column)) - peak.ScatteringVector;
        (double real, double imaginary) = (0, 0);
        for (int i = 0; i < psi.Interleaved.Length / 2; i++)
        {
            (double re, double im) = (psi.Interleaved[2 * i], psi.Interleaved[(2 * i) + 1]);
            if (re == 0 && im == 0)
            {
                continue;
            }

            int z = (i / psi.Width / psi.Height) - (psi.Depth / 2);
            int y = (i / psi.Width % psi.Height) - (psi.Height / 2);
            int x = (i % psi.Width) - (psi.Width / 2);
            (double sine, double cosine) = Math.SinCos(-voxel * q.Dot(new(x, y, z)));
            real += (re * cosine) - (im * sine);
            imaginary += (re * sine) + (im * cosine);
        }

        return (real * real) + (imaginary * imaginary);
    }
}
