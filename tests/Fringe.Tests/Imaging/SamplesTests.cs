using Fringe.Core.Volumes;
using Fringe.Formats.Npy;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Imaging;

/// <summary>The README's samples of the library, as they stand there.</summary>
[Collection(TensorTests.Name)]
public sealed class SamplesTests
{
    [Fact]
    public void PhaseAFile_Pattern_LeavesTheFiles()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write(folder.File("scan.npy"), Stack());

        PhaseAFile(folder.File("scan.npy"), folder.File("result"));

        Assert.All(
            (string[])[ResultFiles.Cxi, ResultFiles.Object, ResultFiles.Vti, ResultFiles.Metrics],
            name => Assert.True(File.Exists(folder.File($"result/{name}")), name)
        );
    }

    [Fact]
    public void FeedFrames_Pattern_ComesToAResult()
    {
        RealVolume stack = Stack();
        float[][] frames = [.. stack.Values.Chunk(stack.Height * stack.Width)];

        Assert.True(FeedFrames(frames, stack.Height, stack.Width).Fit.Chi < 0.05);
    }

    [Fact]
    public void Readme_Samples_AreThese()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests/Fringe.Tests/Imaging/SamplesTests.cs"));
        string[] starts = [.. lines.Where(line => line.StartsWith("        // sample:", StringComparison.Ordinal))];

        Assert.Equal(2, starts.Length);
        foreach (string start in starts)
        {
            string[] body =
            [
                .. lines
                    .SkipWhile(line => line != start)
                    .Skip(1)
                    .TakeWhile(line => !line.Contains("// end", StringComparison.Ordinal)),
            ];
            Assert.True(body.Length > 3);
            Assert.Contains(string.Join('\n', body.Select(line => line.Trim().Length == 0 ? "" : line[4..])), readme);
        }
    }

    private static void PhaseAFile(string path, string folder)
    {
        // sample: phase a file
        using Imager imager = Imager.Create(new ImagerOptions());
        Measurement measurement = new MeasurementSource { Input = path }.Read();
        ImagingResult result = imager.Image(measurement, new ImagingOptions());
        ResultFiles.Write(result, folder);
        // end
    }

    private static ImagingResult FeedFrames(float[][] frames, int height, int width)
    {
        // sample: frames one by one
        using Imager imager = Imager.Create(new ImagerOptions());
        ScanHeader scan = new()
        {
            Name = "scan 54",
            Frames = frames.Length,
            Height = height,
            Width = width,
        };
        using ImagingSession session = imager.Open(scan, new ImagingOptions());
        for (int i = 0; i < frames.Length; i++)
        {
            session.Add(new DetectorFrame(i, frames[i]));
            SessionUpdate update = session.Advance(TimeSpan.FromMilliseconds(50));
            Console.WriteLine($"{update.Frames} frames: {update.Stage}, chi {update.Fit?.Chi:G3}");
        }

        ImagingResult result = session.Finish();
        // end
        return result;
    }

    private static RealVolume Stack()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("sample") { Size = 32, Photons = 1e7 });
        return problem.Pattern.Intensity.ToRealVolume();
    }

    // A test has no console of its own.
    private static class Console
    {
        public static void WriteLine(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
    }
}
