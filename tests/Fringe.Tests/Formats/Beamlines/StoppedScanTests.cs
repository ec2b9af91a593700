using Fringe.Formats.Beamlines;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Formats.Spec;

namespace Fringe.Tests.Formats.Beamlines;

/// <summary>Scans with another number of points than frames.</summary>
public sealed class StoppedScanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(41, 41, null)]
    [InlineData(41, 41, 30)]
    [InlineData(30, 41, 30)]
    [InlineData(30, 41, 25)]
    public void CheckFrames_OneFrameAPoint_Fits(int points, int frames, int? taken) =>
        Scan(points).CheckFrames(frames, taken, "stack.npy");

    [Theory]
    [InlineData(
        30,
        41,
        null,
        "has 41 frames, but the scan has 30 points; if it was stopped after 30, `Preparation.Frames` 30 takes"
    )]
    [InlineData(
        30,
        41,
        35,
        "has 41 frames, but the scan has 30 points; `Preparation.Frames` 30 at most takes those that have a point"
    )]
    [InlineData(
        42,
        41,
        null,
        "has 41 frames, but the scan has 42 points; whether the first or the last point has no frame is not known"
    )]
    [InlineData(42, 41, 30, "whether the first or the last point has no frame is not known")]
    [InlineData(
        50,
        41,
        null,
        "which points have no frame is not known (a detector that stopped early, frames that were lost or left out)"
    )]
    public void CheckFrames_Otherwise_SaysWhatFits(int points, int frames, int? taken, string problem) =>
        Assert.Contains(problem, Reading.Line("stack.npy", () => Scan(points).CheckFrames(frames, taken, "stack.npy")));

    // A scan that was begun again and stopped at once must not cost the one before it its frames.
    [Fact]
    public void CheckFrames_AnotherScanOfThatNumberFits_NamesItFirst()
    {
        string first = SpecText.File();
        string text =
            first + SpecText.File(SpecText.Rows(SpecText.Theta(3)))[first.IndexOf("#S", StringComparison.Ordinal)..];
        RockingScan scan = SpecText.Scan(folder, text);

        Assert.Equal(3, scan.Points);
        string line = Reading.Line("stack.npy", () => scan.CheckFrames(41, null, "stack.npy"));
        Assert.Contains("another scan of that number in the file has 41", line);
        Assert.DoesNotContain("Preparation.Frames", line);
    }

    [Theory]
    [InlineData(42)]
    [InlineData(50)]
    public void CheckFrames_FewerFrames_NamesTheFileToWrite(int points) =>
        Assert.Contains(
            "by hand in a JSON file and give it with `GeometryPath` (docs/geometry.md)",
            Reading.Line("stack.npy", () => Scan(points).CheckFrames(41, null, "stack.npy"))
        );

    [Theory]
    [InlineData("")]
    [InlineData("#C Acquisition aborted after 0 points")]
    public void From_NoPoint_SaysSo(string comment) =>
        Assert.Contains(
            "[scan 3]: 'ascan Theta 0.2 0.4 40 1' has no points: it was stopped before the first, or not begun; choose another with `ScanNumber`",
            SpecText.Refusal(folder, SpecText.File([comment]))
        );

    [Fact]
    public void From_OnePoint_SaysThatARockingScanHasMore() =>
        Assert.Contains(
            "a rocking scan turns one of Theta, Chi, Phi, and has two points at least",
            SpecText.Refusal(folder, SpecText.File(SpecText.Rows(SpecText.Theta(1))))
        );

    private RockingScan Scan(int points) => SpecText.Scan(folder, SpecText.File(SpecText.Rows(SpecText.Theta(points))));
}
