using Fringe.Imaging;

namespace Fringe.App.Terminal;

/// <summary>What became of one scan that was to be converted, as <c>fringe convert --json</c> prints it.</summary>
/// <param name="Input">The scan, as the user gave it.</param>
/// <param name="Output">The file.</param>
internal sealed record ConvertedScan(string Input, string Output)
{
    /// <summary>Lengths of rocking, row, column; null where nothing was written.</summary>
    public IReadOnlyList<int>? Shape { get; private init; }

    public double? Photons { get; private init; }

    /// <summary>Share of the voxels that were not measured.</summary>
    public double? MaskedFraction { get; private init; }

    public IReadOnlyList<AccountLine> Account { get; private init; } = [];

    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>The command that phases the file; empty where nothing was written.</summary>
    public string PhaseIt { get; private init; } = "";

    /// <summary>Why nothing was written.</summary>
    public string? Problem { get; init; }

    /// <summary>The problem is the program's, not the input's.</summary>
    internal bool IsFault { get; init; }

    /// <summary>With what was written.</summary>
    /// <param name="prepared">It.</param>
    /// <param name="notes">As the terminal prints them.</param>
    /// <param name="phaseIt">The command that phases the file.</param>
    public ConvertedScan With(PreparedMeasurement prepared, IReadOnlyList<string> notes, string phaseIt) =>
        this with
        {
            Shape = prepared.Shape.ToArray(),
            Photons = prepared.Preparation.Photons,
            MaskedFraction = prepared.Preparation.MaskedFraction,
            Account = prepared.Account,
            Notes = notes,
            PhaseIt = phaseIt,
        };
}
