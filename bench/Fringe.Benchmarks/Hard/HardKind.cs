using Fringe.Learning.Augmentation.Instrument;
using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Benchmarks.Hard;

/// <summary>A kind of crystal or measurement that is hard to phase.</summary>
/// <param name="Name">One word, as it is asked for: its family before the first dash.</param>
/// <param name="Words">For tables.</param>
/// <param name="Crystal">Draws one.</param>
internal sealed record HardKind(string Name, string Words, Func<HardStreams, ModelCrystal> Crystal)
{
    /// <summary>How it is measured: by default well, 1e7 photons.</summary>
    public Func<HardStreams, Exposure> Exposure { get; init; } = _ => new Exposure();

    public override string ToString() => Name;
}
