using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Combining;

/// <summary>
/// <see cref="RefinedPhasing"/> of large patterns: first of their centre alone, whose object has the same extent with larger voxels, then of
/// more and more of them, each time from the object before. A pattern of ordinary size is phased at once.
/// </summary>
public sealed class CoarseToFine : IPhasingMethod
{
    private const int LeastLength = 64;

    // A coarser grid that saves less than this is not worth its own run.
    private const double LeastSaving = 3;
    private readonly PhasingOptions phasing;
    private readonly RefinementOptions refinement;
    private readonly Device device;
    private readonly Tensor? given;
    private readonly RefinedPhasing finest;

    /// <param name="phasing">Valid options of the iterations on the coarsest grid.</param>
    /// <param name="refinement">Valid options, of every grid.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="given">complex64 of the pattern's shape, centred: every start begins with it; null = random starts; borrowed.</param>
    public CoarseToFine(PhasingOptions phasing, RefinementOptions refinement, Device device, Tensor? given = null)
    {
        this.phasing = phasing;
        this.refinement = refinement;
        this.device = device;
        this.given = given;
        finest = new RefinedPhasing(phasing, refinement, device, given);
    }

    /// <summary>The shapes that a pattern is phased at, from coarse to its own.</summary>
    public static IReadOnlyList<IReadOnlyList<long>> Shapes(IReadOnlyList<long> shape)
    {
        List<IReadOnlyList<long>> shapes =
        [
            [.. shape],
        ];
        while (true)
        {
            IReadOnlyList<long> finer = shapes[0];
            long[] coarser =
            [
                .. finer.Select(length =>
                    Math.Min(length, Math.Max(LeastLength, FastFftSize.AtLeast((int)(length / 2))))
                ),
            ];
            if (Product(finer) < LeastSaving * Product(coarser))
            {
                return shapes;
            }

            shapes.Insert(0, coarser);
        }
    }

    /// <inheritdoc/>
    public Reconstruction Run(
        DiffractionPattern pattern,
        Tensor held,
        int start,
        IProgress<PhasingProgress>? progress,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<IReadOnlyList<long>> shapes = Shapes(pattern.Shape);
        if (shapes.Count == 1)
        {
            return finest.Run(pattern, held, start, progress, cancellation);
        }

        using var scope = NewDisposeScope();
        Tensor? psi = given is null ? null : ResolutionChange.Resize(given, shapes[0]);
        Reconstruction? found = null;
        foreach (IReadOnlyList<long> shape in shapes)
        {
            bool isFirst = found is null;
            psi = isFirst ? psi : ResolutionChange.Resize(found!.Object, shape);
            found?.Dispose();
            using DiffractionPattern part = ResolutionChange.Centre(pattern, shape);
            using Tensor free = ResolutionChange.Centre(held, shape);
            PhasingOptions options = isFirst
                ? phasing
                : RefinedPhasing.OptionsFromGiven with
                {
                    Seed = phasing.Seed,
                    Starts = phasing.Starts,
                };
            // The voxels of all grids are as large in reciprocal space, and so is the blur.
            RefinedPhasing method = new(options, refinement, device, psi, found?.CoherenceWidths);
            found = method.Run(part, free, start, progress, cancellation);
            if (found.Stop == StopReason.NonFinite)
            {
                Tensor unusable = ResolutionChange.Resize(found.Object, shapes[^1]);
                found.Dispose();
                return new Reconstruction(unusable, zeros_like(pattern.Mask), found.ChiHistory, double.NaN, found.Stop);
            }
        }

        return found!;
    }

    /// <inheritdoc/>
    public Tensor Polish(
        DiffractionPattern pattern,
        Tensor psi,
        Tensor support,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    ) => finest.Polish(pattern, psi, support, coherence, cancellation);

    /// <inheritdoc/>
    public Reconstruction Repeat(
        DiffractionPattern pattern,
        Tensor held,
        PhasedObject known,
        IReadOnlyList<double>? coherence,
        CancellationToken cancellation
    ) => finest.Repeat(pattern, held, known, coherence, cancellation);

    private static double Product(IReadOnlyList<long> shape) =>
        shape.Aggregate(1.0, (product, length) => product * length);
}
