using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Imaging;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.OddFiles;

/// <summary>
/// Files as users have them, made by numpy and h5py: a rocking curve of 41 x 48 x 48 Poisson counts of a smooth peak, some 2000 counts at (20, 22, 26) and 8.6e5 photons in all,
/// in whatever disguise a test gives it; and what is made of them.
/// </summary>
internal sealed class OddFile : IDisposable
{
    /// <summary>Photons of the whole stack.</summary>
    public const double Photons = 8.6e5;

    private const string Prelude = """
        import numpy as np, os, sys
        os.chdir(sys.argv[1])
        def curve(peak=2000):
            z, y, x = np.ogrid[:41, :48, :48]
            return peak * np.exp(-((z - 20) ** 2 / 24.5 + (y - 22) ** 2 / 18 + (x - 26) ** 2 / 13.5))
        def stack(dtype="u4", peak=2000, seed=1):
            return np.random.default_rng(seed).poisson(curve(peak)).astype(dtype)

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Path of a file.</summary>
    public string this[string name] => folder.File(name);

    /// <summary>Runs Python in the folder.</summary>
    public void Make(string script) => ExternalTool.RunPython(Prelude + script, [folder.Path], "h5py", "numpy");

    /// <summary>Reads and prepares a measurement, with what would be said of it.</summary>
    /// <param name="name">File in the folder.</param>
    /// <param name="source">What is given beside it.</param>
    /// <param name="options">How it is prepared.</param>
    public Outcome Read(string name, MeasurementSource? source = null, PreparationOptions? options = null)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Measurement measurement = ((source ?? new()) with { Input = this[name] }).Read(cancellation: cancellation);
        using PreparedPattern prepared = measurement.Prepare(options ?? new(), cancellation);
        return new Outcome(
            measurement,
            prepared.Summary,
            [.. measurement.Reading.Remarks, .. RunNotes.OfPreparation(prepared.Summary)]
        );
    }

    /// <summary>The one line of a refusal.</summary>
    public string Refusal(string name, MeasurementSource? source = null)
    {
        InputException error = Assert.Throws<InputException>(() => Read(name, source));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    /// <summary>What came of it.</summary>
    /// <param name="Measurement">As read.</param>
    /// <param name="Summary">What preparation did.</param>
    /// <param name="Notes">What the user is told.</param>
    public sealed record Outcome(Measurement Measurement, PreparationSummary Summary, IReadOnlyList<string> Notes)
    {
        /// <summary>Sees that the peak is where it is, and its photons are there.</summary>
        public Outcome IsRight(int frame = 20, int row = 22, int column = 26, double share = 1)
        {
            Assert.Equal([frame, row, column], Summary.Peak);
            Assert.InRange(Summary.Photons / (share * Photons), 0.97, 1.03);
            return this;
        }

        /// <summary>Sees that a note says something.</summary>
        public Outcome Says(string text)
        {
            Assert.Contains(Notes, note => note.Contains(text, StringComparison.Ordinal));
            return this;
        }
    }
}
