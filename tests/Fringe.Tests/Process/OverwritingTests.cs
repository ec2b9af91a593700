using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Process;

/// <summary>What is read is never written over, whatever the command line asks for.</summary>
public sealed class OverwritingTests : IDisposable
{
    private readonly TemporaryFolder files = new();

    public OverwritingTests() => SamplePatterns.WritePeak(files.File("scan.npy"));

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("convert", "-o", "scan.npy")]
    [InlineData("convert", "-o", "link.npy")]
    [InlineData("convert", "-o", "up/scan.npy")]
    [InlineData("convert", "-o", "*.npy")]
    [InlineData("inspect", "--picture", "scan.npy")]
    [InlineData("inspect", "--picture", "link.png")]
    [InlineData("phase", "--save-config", "scan.npy")]
    public void Output_ThatIsTheInput_IsRefusedDespiteForce(string command, string option, string output)
    {
        File.CreateSymbolicLink(files.File("link.npy"), "scan.npy");
        File.CreateSymbolicLink(files.File("link.png"), files.File("scan.npy"));
        Directory.CreateSymbolicLink(files.File("up"), ".");
        byte[] before = File.ReadAllBytes(files.File("scan.npy"));

        string line = FringeProgram
            .Run([command, files.File("scan.npy"), option, files.File(output), "--force"])
            .BadInputLine();

        Assert.Contains("is what is read", line);
        Assert.Equal(before, File.ReadAllBytes(files.File("scan.npy")));
        Assert.NotNull(new FileInfo(files.File("link.npy")).LinkTarget);
    }

    [Fact]
    public void Output_ThatIsTheMask_IsRefusedDespiteForce()
    {
        File.Copy(files.File("scan.npy"), files.File("m.npy"));
        string[] words = ["convert", files.File("scan.npy"), "--mask", files.File("m.npy"), "-o", files.File("m.npy")];

        Assert.Contains("is what is read", FringeProgram.Run([.. words, "--force"]).BadInputLine());
    }

    [Fact]
    public void Picture_ThatIsThere_NeedsForce()
    {
        File.WriteAllText(files.File("p.png"), "mine");
        string[] words = ["inspect", files.File("scan.npy"), "--picture", files.File("p.png")];

        Assert.Contains("--force", FringeProgram.Run(words).BadInputLine());
        Assert.Equal("mine", File.ReadAllText(files.File("p.png")));
        Assert.Equal(0, FringeProgram.Run([.. words, "--force"]).Code);
        Assert.Equal(0x89, File.ReadAllBytes(files.File("p.png"))[0]);
    }

    [Fact]
    public void Picture_InAFolderThatIsNotThere_MakesIt()
    {
        string[] words = ["inspect", files.File("scan.npy"), "--picture", files.File("a/b/p.png")];

        Assert.Equal(0, FringeProgram.Run(words).Code);
        Assert.True(File.Exists(files.File("a/b/p.png")));
    }

    [Fact]
    public void Picture_OfAnotherEnding_IsRefused() =>
        Assert.Contains(
            "PNG",
            FringeProgram.Run(["inspect", files.File("scan.npy"), "--picture", files.File("p.jpg")]).BadInputLine()
        );
}
