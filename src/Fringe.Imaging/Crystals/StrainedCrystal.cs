using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Geometry;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Strain;
using Fringe.Core.Volumes;
using Fringe.Formats.Beamlines;
using static TorchSharp.torch;

namespace Fringe.Imaging.Crystals;

/// <summary>
/// What a scan's geometry makes of a phased object: the crystal on cubic voxels in nm, its displacement and its strain. Owns its parts.
/// </summary>
internal sealed class StrainedCrystal : IDisposable
{
    private StrainedCrystal(RockingScan scan, BraggPeak peak, ObjectGrid grid, OrthogonalObject crystal, StrainMap map)
    {
        Scan = scan;
        Peak = peak;
        Grid = grid;
        Crystal = crystal;
        Map = map;
    }

    public RockingScan Scan { get; }

    /// <summary>Reciprocal space round the peak's voxel.</summary>
    public BraggPeak Peak { get; }

    /// <summary>Where the voxels of the phased object lie.</summary>
    public ObjectGrid Grid { get; }

    public OrthogonalObject Crystal { get; }

    public StrainMap Map { get; }

    /// <summary>Which one was measured; null if nobody said.</summary>
    public MillerIndices? Reflection { get; private init; }

    /// <summary>Of the map; null without replicas.</summary>
    public StrainUncertainty? Uncertainty { get; private init; }

    /// <summary>The crystal's extent along x, y, z of its frame, nm.</summary>
    public IReadOnlyList<double> SizeNanometres
    {
        get
        {
            int[] shape = [.. Crystal.Support.shape.Select(length => (int)length)];
            VoxelExtent extent = VoxelExtent.OfSections([.. Map.Inside], shape);
            return [.. new[] { 2, 1, 0 }.Select(axis => extent.Length(axis) * Crystal.VoxelNanometres)];
        }
    }

    /// <summary>Resamples an object and reads its phase.</summary>
    /// <param name="request">Asked for with a scan.</param>
    /// <param name="measured">The pattern's place, whose centre is the peak.</param>
    /// <param name="canonical">The object, without its phase ramp.</param>
    /// <param name="replicas">Aligned to it; null leaves the uncertainty out; borrowed.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">The object is too large to resample.</exception>
    public static StrainedCrystal Of(
        PhaseRequest request,
        MeasuredPeak measured,
        CanonicalForm canonical,
        Replicas? replicas,
        CancellationToken cancellation
    )
    {
        RockingScan scan = request.Scan!;
        (BraggPeak peak, ObjectGrid centred) = measured;
        // The ramp that was taken from the object says where its own peak stands beside the brightest voxel.
        ObjectGrid grid = new([.. centred.ReciprocalSteps], centred.Shape, centred.ScatteringVectorAt(canonical.Ramp));
        OrthogonalObject crystal = Resampled(canonical.Object);
        try
        {
            StrainMap map = StrainAnalysis.Of(crystal, cancellation: cancellation);
            return new(scan, peak, grid, crystal, map)
            {
                Reflection = request.Reflection,
                Uncertainty = replicas is null
                    ? null
                    : StrainAnalysis.Uncertainty(
                        crystal,
                        map,
                        InTurn(replicas),
                        replicas.Uncertainty.Widening ?? 1,
                        cancellation
                    ),
            };
        }
        catch
        {
            crystal.Dispose();
            throw;
        }

        OrthogonalObject Resampled(Tensor psi) =>
            OrthogonalResampler.Resample(psi, canonical.Support, grid, request.Frame, cancellation: cancellation);

        IEnumerable<OrthogonalObject> InTurn(Replicas some)
        {
            foreach (Tensor psi in some.Objects)
            {
                using OrthogonalObject replica = Resampled(psi);
                yield return replica;
            }
        }
    }

    public void Dispose() => Crystal.Dispose();
}
