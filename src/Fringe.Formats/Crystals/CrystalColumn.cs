namespace Fringe.Formats.Crystals;

/// <summary>One property of each crystal in a shard.</summary>
/// <param name="Name">Name of the dataset.</param>
/// <param name="Unit">Its unit, "" for a number.</param>
/// <param name="Meaning">One line for the file's reader.</param>
/// <param name="Width">Values a crystal.</param>
/// <param name="IsWhole">Stored as int32 instead of float64.</param>
/// <param name="Values">What a crystal has.</param>
internal sealed record CrystalColumn(
    string Name,
    string Unit,
    string Meaning,
    int Width,
    bool IsWhole,
    Func<CrystalRecord, IReadOnlyList<double>> Values
)
{
    public static CrystalColumn Whole(string name, string unit, string meaning, Func<CrystalRecord, int> value) =>
        new(name, unit, meaning, 1, true, crystal => [value(crystal)]);

    public static CrystalColumn Number(string name, string unit, string meaning, Func<CrystalRecord, double> value) =>
        new(name, unit, meaning, 1, false, crystal => [value(crystal)]);

    public static CrystalColumn Vector(
        string name,
        string unit,
        string meaning,
        int width,
        Func<CrystalRecord, IReadOnlyList<double>> values
    ) => new(name, unit, meaning, width, false, values);
}
