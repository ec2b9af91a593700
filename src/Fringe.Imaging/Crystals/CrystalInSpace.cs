using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Geometry;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Strain;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Formats.Beamlines;
using static TorchSharp.torch;

namespace Fringe.Imaging.Crystals;

/// <summary>
/// What a scan's geometry makes of a phased object: the crystal on cubic voxels in nm, its displacement and its strain: managed data.
/// </summary>
public sealed class CrystalInSpace
{
    private CrystalInSpace(RockingScan scan, BraggPeak peak, ObjectGrid grid, CubicObject crystal, StrainMap map)
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

    /// <summary>The object on cubic voxels.</summary>
    public CubicObject Crystal { get; }

    public StrainMap Map { get; }

    /// <summary>Which one was measured; null if nobody said.</summary>
    public MillerIndices? Reflection { get; private init; }

    /// <summary>Of the map; null without replicas.</summary>
    public StrainUncertainty? Uncertainty { get; private init; }

    /// <summary>The crystal's extent along the axes of its frame, nm.</summary>
    public Axes3<double> SizeNanometres
    {
        get
        {
            int[] shape = [Crystal.Object.Depth, Crystal.Object.Height, Crystal.Object.Width];
            VoxelExtent extent = VoxelExtent.OfSections([.. Map.Inside], shape);
            return new Axes3<int>(extent.Length(0), extent.Length(1), extent.Length(2)).Select(length =>
                length * Crystal.VoxelNanometres
            );
        }
    }

    /// <summary>Resamples an object and reads its phase.</summary>
    /// <param name="scan">How it was measured.</param>
    /// <param name="measured">The pattern's place, whose centre is the peak.</param>
    /// <param name="canonical">The object, without its phase ramp; borrowed.</param>
    /// <param name="bootstrap">Aligned to it; null leaves the uncertainty out; borrowed.</param>
    /// <param name="shown">The frame to resample to, and the reflection if it is known.</param>
    /// <param name="cancellation">Looked at throughout.</param>
    /// <exception cref="InputException">The object is too large to resample.</exception>
    internal static CrystalInSpace Resample(
        RockingScan scan,
        MeasuredPeak measured,
        CanonicalForm canonical,
        PhotonBootstrap? bootstrap,
        (ObjectFrame Frame, MillerIndices? Reflection) shown,
        CancellationToken cancellation
    )
    {
        (BraggPeak peak, ObjectGrid centred) = measured;
        // The ramp that was taken from the object says where its own peak stands beside the brightest voxel.
        ObjectGrid grid = new(
            centred.ReciprocalSteps,
            centred.Shape,
            centred.ScatteringVectorAt(Axes3.FromList(canonical.Ramp))
        );
        using OrthogonalObject crystal = Resampled(canonical.Object);
        StrainMap map = StrainAnalysis.Analyse(crystal, cancellation: cancellation);
        return new(scan, peak, grid, CubicObject.Of(crystal), map)
        {
            Reflection = shown.Reflection,
            Uncertainty = bootstrap is null
                ? null
                : StrainAnalysis.Uncertainty(
                    crystal,
                    map,
                    InTurn(bootstrap),
                    bootstrap.Uncertainty.Widening ?? 1,
                    cancellation
                ),
        };

        OrthogonalObject Resampled(Tensor psi) =>
            OrthogonalResampler.Resample(psi, canonical.Support, grid, shown.Frame, cancellation: cancellation);

        IEnumerable<OrthogonalObject> InTurn(PhotonBootstrap some)
        {
            foreach (Tensor psi in some.Objects)
            {
                using OrthogonalObject replica = Resampled(psi);
                yield return replica;
            }
        }
    }
}
