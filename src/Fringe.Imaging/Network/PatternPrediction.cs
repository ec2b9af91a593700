using Fringe.Core.Diffraction;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Volumes;
using Fringe.Learning.Prediction;
using static TorchSharp.torch;

namespace Fringe.Imaging.Network;

/// <summary>
/// What the network makes of a pattern: of the pattern as it is, or, where the beam blurs it, of its centre sharpened. Owns its tensors.
/// </summary>
internal sealed class PatternPrediction : IDisposable
{
    private readonly NetworkStart start;

    private PatternPrediction(NetworkStart start, IReadOnlyList<Tensor> objects, IReadOnlyList<double>? widths)
    {
        this.start = start;
        Objects = objects;
        CoherenceWidths = widths;
    }

    /// <summary>The network's objects, best first: complex64 of the pattern's shape, centred, any scale.</summary>
    public IReadOnlyList<Tensor> Objects { get; }

    /// <summary>Of the blur that was taken out first: standard deviations along z, y, x, voxels; null = none.</summary>
    public IReadOnlyList<double>? CoherenceWidths { get; }

    /// <summary>Predicts.</summary>
    /// <param name="problem">Borrowed.</param>
    /// <param name="predictor">Borrowed.</param>
    /// <param name="count">How many objects.</param>
    /// <param name="widths">Of the blur along z, y, x, voxels; null = none.</param>
    /// <param name="oversamplingRatio">Of the pattern as it is, along z, y, x.</param>
    /// <param name="cancellation">Looked at while sharpening.</param>
    public static PatternPrediction Of(
        PhasingProblem problem,
        Predictor predictor,
        int count,
        IReadOnlyList<double>? widths,
        IReadOnlyList<double> oversamplingRatio,
        CancellationToken cancellation
    )
    {
        if (widths is null)
        {
            NetworkStart plain = predictor.Start(problem.Pattern, count, oversamplingRatio);
            return new PatternPrediction(plain, plain.Objects, null);
        }

        using var scope = NewDisposeScope();
        using DiffractionPattern centre = ResolutionChange.Centre(
            problem.Pattern,
            CoarseToFine.Shapes(problem.Shape)[0]
        );
        using DiffractionPattern sharp = Sharpening.Of(centre, widths, cancellation);
        NetworkStart found = predictor.Start(sharp, count);
        return new PatternPrediction(
            found,
            [.. found.Objects.Select(psi => ResolutionChange.Resize(psi, problem.Shape).DetachFromDisposeScope())],
            widths
        );
    }

    /// <summary>What it is worth.</summary>
    public NetworkJudgement Judge() => NetworkJudgement.Of(start);

    public void Dispose()
    {
        foreach (Tensor psi in Objects)
        {
            psi.Dispose();
        }

        start.Dispose();
    }
}
