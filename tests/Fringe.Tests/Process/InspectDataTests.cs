using System.Text.Json;
using Fringe.Tests.Formats.OddFiles;

namespace Fringe.Tests.Process;

/// <summary><c>fringe inspect</c>: what would be done to the data, as a process.</summary>
public sealed class InspectDataTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Inspect_StackWithAGap_SaysSoAndDrawsIt()
    {
        files.Make("d = stack('f4'); d[:, :, 36:40] = 2 ** 32 - 1; d[21] = 0; np.save('scan.npy', d)");

        JsonElement facts = FringeProgram
            .Run(["inspect", files["scan.npy"], "--picture", files["p.png"], "--json"])
            .Json();

        Assert.Contains(
            "gaps and defects 192 pixels that hold one number in every frame; masked",
            facts.GetProperty("Account").EnumerateArray().Select(Line)
        );
        Assert.Contains(
            facts.GetProperty("Notes").EnumerateArray(),
            note => note.GetString()!.Contains("frame 21", StringComparison.Ordinal)
        );
        byte[] png = File.ReadAllBytes(files["p.png"]);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
        Assert.InRange(png.Length, 10_000, 1_000_000);
    }

    [Fact]
    public void Inspect_DetectorNamed_CountsItsPixelsOrSaysWhatDoesNotFit()
    {
        files.Make("d = np.zeros((6, 195, 487), 'u4'); d[:, 60:108, 90:138] = stack()[18:24]; np.save('scan.npy', d)");

        JsonElement facts = FringeProgram
            .Run(["inspect", files["scan.npy"], "--detector", "pilatus-300k", "--roi-origin", "20,0", "--json"])
            .Json();
        string[] wrong = ["phase", files["scan.npy"], "-o", files["result"], "--detector"];

        Assert.Contains(
            $"pilatus-300k {17 * 487} pixels between its modules or larger than others; masked",
            facts.GetProperty("Account").EnumerateArray().Select(Line)
        );
        Assert.Contains(
            "pilatus-300k has 619 x 487 pixels, the frames have 195 x 487; if they are a region of it, say where it starts with --roi-origin ROW,COLUMN",
            FringeProgram.Run([.. wrong, "pilatus-300k"]).BadInputLine()
        );
        Assert.Contains(
            "no detector 'rayonix' is known (--detector); known are ",
            FringeProgram.Run([.. wrong, "rayonix"]).BadInputLine()
        );
    }

    [Fact]
    public void Inspect_FileThatCannotBePhasedAsItIs_ListsItAndSaysWhy()
    {
        files.Make("np.savez('scan.npz', a=stack(), b=stack(seed=2))");

        JsonElement facts = FringeProgram.Run(["inspect", files["scan.npz"], "--json"]).Json();

        Assert.Equal(2, facts.GetProperty("Arrays").GetArrayLength());
        Assert.Contains("--dataset", facts.GetProperty("Notes")[0].GetString());
        Assert.Contains(
            "--dataset",
            FringeProgram.Run(["inspect", files["scan.npz"], "--picture", files["p.png"]]).BadInputLine()
        );
        Assert.False(File.Exists(files["p.png"]));
    }

    private static string Line(JsonElement line) =>
        $"{line.GetProperty("What").GetString()} {line.GetProperty("Text").GetString()}";
}
