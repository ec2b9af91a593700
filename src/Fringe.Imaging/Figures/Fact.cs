namespace Fringe.Imaging.Figures;

/// <summary>
/// What a text (or a yes or no) of a result is: its name in files and for people, and its meaning. All of them are in
/// <see cref="Facts"/>.
/// </summary>
public sealed class Fact
{
    /// <param name="jsonName">See <see cref="JsonName"/>.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="meaning">See <see cref="Meaning"/>.</param>
    internal Fact(string jsonName, string name, string meaning)
    {
        JsonName = jsonName;
        Name = name;
        Meaning = meaning;
    }

    /// <summary>Name in JSON and CXI files, on which scripts rely: "data_sha256".</summary>
    public string JsonName { get; }

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>What it is, in a sentence that needs no other to be understood.</summary>
    public string Meaning { get; }

    /// <summary>A text of it.</summary>
    public FactValue Of(string text) => new(this, text);

    /// <summary>The name for files.</summary>
    public override string ToString() => JsonName;
}
