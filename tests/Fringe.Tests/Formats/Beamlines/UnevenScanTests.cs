using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Formats.Spec;

namespace Fringe.Tests.Formats.Beamlines;

/// <summary>Motors that do not step as they should, and scans that do not rock.</summary>
public sealed class UnevenScanTests : IDisposable
{
    private const double Step = 0.005;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void From_Jitter_IsTheMeanStep(int seed)
    {
        Random random = new(seed);
        double[] angles = [.. SpecText.Theta().Select(angle => angle + (0.3 * Step * ((2 * random.NextDouble()) - 1)))];

        RockingScan scan = Scan(angles);

        Assert.Equal((angles[^1] - angles[0]) / 40, Degrees(scan.Geometry.RockingStepRadians), 1e-7);
        Assert.Empty(scan.OffPoints);
        Assert.Empty(scan.Remarks);
    }

    // The line is that of the others: the first angle, too.
    [Theory]
    [InlineData(-0.8)]
    [InlineData(0.8)]
    public void From_TheFirstFiveOff_AreLeftOutAndTold(double steps)
    {
        double[] angles = SpecText.Theta();
        for (int i = 0; i < 5; i++)
        {
            angles[i] += steps * Step;
        }

        RockingScan scan = Scan(angles);

        Assert.Equal([0, 1, 2, 3, 4], scan.OffPoints);
        Assert.Equal(Step, Degrees(scan.Geometry.RockingStepRadians), 1e-9);
        Assert.Equal(0.2, Degrees(scan.Geometry.SampleAnglesRadians[0]), 1e-9);
        Assert.Equal(
            "Theta does not step evenly: points 0-4 of 41, counted from 0, stand up to 0.8 steps off their places. Their frames count as not measured.",
            Assert.Single(scan.Remarks)
        );
    }

    [Fact]
    public void From_OffAndJitter_KeepsTheStep()
    {
        Random random = new(4);
        double[] angles = [.. SpecText.Theta().Select(angle => angle + (0.1 * Step * ((2 * random.NextDouble()) - 1)))];
        angles[20] += 3 * Step;
        angles[40] -= 2 * Step;

        RockingScan scan = Scan(angles);

        Assert.Equal([20, 40], scan.OffPoints);
        // 39 angles spread evenly over 0.2 steps: the slope's standard error is 0.06 / (12 sqrt 39) steps, 8e-4; five of them.
        Assert.Equal(Step, Degrees(scan.Geometry.RockingStepRadians), 4e-3 * Step);
    }

    // The motor hung for more than a quarter of the points: the others are a scan of their own.
    [Fact]
    public void From_HungAtTheEnd_SaysHowManyFramesStep()
    {
        double[] angles = SpecText.Theta();
        Array.Fill(angles, angles[24], 25, 16);
        string text = SpecText.File(SpecText.Rows(angles));

        Assert.EndsWith(
            "; the first 25 points do: `Preparation.Frames` 25 takes their frames alone",
            SpecText.Refusal(folder, text)
        );
        RockingScan scan = SpecText.Scan(folder, text, new() { Frames = 25 });
        Assert.Equal(Step, Degrees(scan.Geometry.RockingStepRadians), 1e-9);
        Assert.Empty(scan.OffPoints);
        scan.CheckFrames(41, 25, "stack.npy");
    }

    [Fact]
    public void From_StepsThatGrow_SaysWhatFramesCannotDo()
    {
        double[] angles = [.. Enumerable.Range(0, 41).Select(i => 0.2 + (0.0005 * i * i))];

        string line = SpecText.Refusal(folder, SpecText.File(SpecText.Rows(angles)));

        Assert.Contains("does not step evenly: point ", line);
        Assert.Contains("`Preparation.Frames` can leave out frames at the end alone", line);
        Assert.Contains("`GeometryPath`", line);
    }

    [Fact]
    public void From_TwoCirclesMove_AreBothNamed()
    {
        string[] rows =
        [
            .. SpecText.Theta().Select(angle => FormattableString.Invariant($"{angle:F6} {30 + angle:F6}")),
        ];

        Assert.Contains(
            "turns Theta, Delta of the circles; a rocking scan turns one of Theta, Chi, Phi",
            SpecText.Refusal(folder, SpecText.File(rows, labels: "#L Theta  Delta"))
        );
    }

    // An encoder that is read at every point is never twice the same.
    [Fact]
    public void From_NoiseOfACircleThatStands_IsNoScanOfIt()
    {
        Random random = new(2);
        string[] rows =
        [
            .. SpecText
                .Theta()
                .Select(angle => FormattableString.Invariant($"{angle:F6} {32.174 + (2e-4 * random.NextDouble()):F6}")),
        ];

        RockingScan scan = SpecText.Scan(folder, SpecText.File(rows, labels: "#L Theta  Delta"));

        Assert.Equal(0, scan.Geometry.RockingCircle);
        Assert.Equal(32.174, Degrees(scan.Geometry.DetectorAnglesRadians[0]), 2e-4);
    }

    [Theory]
    [InlineData("#L Energy  Monitor", "turns none of the circles and scans the energy, Energy from 8.9 to 9.1")]
    [InlineData("#L Energy  Theta", "turns Theta of the circles and scans the energy")]
    public void From_EnergyScan_SaysThatTheEnergyIsScanned(string labels, string problem)
    {
        string[] rows =
        [
            .. Enumerable
                .Range(0, 41)
                .Select(i => FormattableString.Invariant($"{8.9 + (0.005 * i):F4} {0.2 + (0.01 * i):F4}")),
        ];

        string line = SpecText.Refusal(
            folder,
            SpecText.File(rows, labels: labels, command: "ascan Energy 8.9 9.1 40 1")
        );

        Assert.Contains(problem, line);
        Assert.Contains("a rocking scan turns one of Theta, Chi, Phi", line);
    }

    [Fact]
    public void From_AnglesInMillionthsOfADegree_AreNoAngles() =>
        Assert.Contains(
            "Chi at 9e+07 is no angle in degrees",
            SpecText.Refusal(folder, SpecText.File(values: SpecText.Values.Replace(" 90 ", " 90000000 ")))
        );

    private RockingScan Scan(double[] angles) => SpecText.Scan(folder, SpecText.File(SpecText.Rows(angles)));

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
