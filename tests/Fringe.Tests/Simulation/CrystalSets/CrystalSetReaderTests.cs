using Fringe.Simulation.CrystalSets;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Simulation.CrystalSets;

public sealed class CrystalSetReaderTests
{
    [Theory]
    [InlineData(3, 24, "0 1 2")]
    [InlineData(10, 4, "0 3 6 9")]
    [InlineData(10, 1, "0")]
    public void Evenly_AnyNumbers_GoesFromFirstToLast(int count, int wanted, string places) =>
        Assert.Equal(places, string.Join(' ', CrystalSetReader.Evenly(count, wanted)));

    [Fact]
    public void Read_Set_KeepsFieldsOfTheShownOnly()
    {
        using TemporaryFolder folder = new();
        SampleSets.Write(folder.Path, 7);

        CrystalSetData data = CrystalSetReader.Read(
            folder.Path,
            3,
            new Progress<double>(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(Enumerable.Range(0, 7), data.Crystals.Select(crystal => crystal.Index));
        Assert.All(data.Crystals, crystal => Assert.Empty(crystal.Density));
        Assert.Equal([0, 3, 6], data.Shown.Select(crystal => crystal.Index));
        Assert.All(data.Shown, crystal => Assert.NotEmpty(crystal.Density));
        Assert.True(data.IsOfOneKind);
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        using TemporaryFolder folder = new();
        SampleSets.Write(folder.Path, 1);

        Assert.Throws<OperationCanceledException>(() =>
            CrystalSetReader.Read(folder.Path, 3, new Progress<double>(), new CancellationToken(true))
        );
    }
}
