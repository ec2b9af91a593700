using Fringe.Core;
using Fringe.Formats.Lammps;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Lammps;

public sealed class LammpsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WriteData_TwoAtoms_IsWhatLammpsReads()
    {
        LammpsDataFile.Write(folder.File("a.data"), [0, 1, 2, -3, 4.25, 5], [1, 2], [1, 1], 10);

        string text = File.ReadAllText(folder.File("a.data"));
        Assert.Contains("2 atoms\n2 atom types\n", text);
        Assert.Contains("-13.0000000000 10.0000000000 xlo xhi\n", text);
        Assert.Contains("0 0 0 xy xz yz\n", text);
        Assert.Contains(
            "1 1 0.0000000000 1.0000000000 2.0000000000\n2 2 -3.0000000000 4.2500000000 5.0000000000\n",
            text
        );
    }

    [Fact]
    public void ReadPositions_AnyOrderOfAtomsAndColumns_GivesThemById()
    {
        string file = Dump("ITEM: ATOMS type yu id xu zu", "1 1.5 2 -1 3e-1", "1 0 1 4 5");

        Assert.Equal([4, 0, 5, -1, 1.5, 0.3], LammpsDumpFile.ReadPositions(file, 2));
    }

    [Theory]
    [InlineData("lost", "ITEM: ATOMS id x y z", "1 0 0 0")]
    [InlineData("damaged", "ITEM: ATOMS id x y z", "1 0 0 0", "2 0 nan 0")]
    [InlineData("damaged", "ITEM: ATOMS id x y z", "1 0 0 0", "2 0 1")]
    [InlineData("damaged", "ITEM: ATOMS id x y z", "1 0 0 0", "3 0 0 0")]
    [InlineData("columns", "ITEM: ATOMS id vx vy vz", "1 0 0 0")]
    [InlineData("ITEM: ATOMS", "nothing")]
    public void ReadPositions_BadDump_SaysWhat(string problem, params string[] lines) =>
        Assert.Contains(
            problem,
            Assert.Throws<InputException>(() => LammpsDumpFile.ReadPositions(Dump(lines), 2)).Message
        );

    [Fact]
    public void ReadPositions_NoFile_SaysSo() =>
        Assert.Throws<InputException>(() => LammpsDumpFile.ReadPositions(folder.File("none"), 2));

    private string Dump(params string[] lines)
    {
        string file = folder.File("final.dump");
        File.WriteAllLines(file, ["ITEM: TIMESTEP", "12", .. lines]);
        return file;
    }
}
