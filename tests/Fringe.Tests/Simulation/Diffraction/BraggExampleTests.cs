using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Simulation.Diffraction;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Simulation.Diffraction;

[Collection(TensorTests.Name)]
public sealed class BraggExampleTests
{
    private const int Size = 32;
    private const double Photons = 1e7;

    [Fact, LeakCheck]
    public void Of_AtomsDisplacedByU_PhaseIsMinusGDotU()
    {
        // A bump of 0.1 lattice units along x, in the middle: G.u = 2 pi 0.1 there for (111).
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(
            SimulatedCrystals.Facetted(),
            (x, y, z) => [0.1 * Math.Exp(-((x * x) + (y * y) + (z * z)) / 8), 0, 0]
        );

        using var scope = NewDisposeScope();
        double box = 1.8 * FieldBuilder.Extent(atoms.Positions).Max();
        Tensor field = StructureFactor.About(atoms, new MillerIndices(1, 1, 1), Size, box);
        Tensor psi = ForwardModel.PropagateBack(field.to(ScalarType.ComplexFloat32));

        (double re, double im) = TestTensors.At(psi, 16, 16, 16);
        (double edgeRe, double edgeIm) = TestTensors.At(psi, 16, 16, 10);
        double contrast = Math.Atan2(im, re) - Math.Atan2(edgeIm, edgeRe);
        // Blurred by a voxel of 0.6 lattice units, and without the mean: most of -0.63 rad is left, and its sign.
        Assert.InRange(contrast, -0.66, -0.4);
    }

    [Theory, LeakCheck]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 0)]
    [InlineData(2, 2, 0)]
    public void Of_StrainedCrystal_PatternAndObjectBelongTogether(int h, int k, int l)
    {
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(SimulatedCrystals.Facetted(), SimulatedCrystals.Wavy);

        using var scope = NewDisposeScope();
        using BraggExample example = BraggExample.Of(atoms, new MillerIndices(h, k, l), Size, 1.6, Photons);

        Assert.Equal(Photons, example.Intensity.sum(ScalarType.Float64).item<double>(), Photons * 1e-5);
        // The brightest voxel stands at N/2.
        Assert.Equal((((Size / 2 * Size) + (Size / 2)) * Size) + (Size / 2), example.Intensity.argmax().item<long>());
        // The canonical object is the pattern's own, up to what a pattern cannot see.
        Tensor psi = ForwardModel.PropagateBack(example.Intensity.sqrt().to(ScalarType.ComplexFloat32));
        Assert.Equal(TestTensors.Norm(psi), TestTensors.Norm(example.Object), TestTensors.Norm(psi) * 1e-4);
        using CanonicalForm again = CanonicalForm.Of(example.Object, example.Object.abs() > 0);
        Assert.InRange(TestTensors.Difference(again.Object, example.Object), 0, 0.01);
        Assert.Equal(1.6 * FieldBuilder.Extent(atoms.Positions).Max() / Size, example.VoxelLatticeUnits, 1e-9);
    }

    [Fact, LeakCheck]
    public void Of_Oversampling_SpreadsTheFringes()
    {
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(SimulatedCrystals.Facetted(), (_, _, _) => [0, 0, 0]);
        using var scope = NewDisposeScope();
        using BraggExample fine = BraggExample.Of(atoms, new MillerIndices(1, 1, 1), Size, 3, Photons);
        using BraggExample coarse = BraggExample.Of(atoms, new MillerIndices(1, 1, 1), Size, 1.5, Photons);

        // At twice the oversampling every second voxel is one of the coarse pattern.
        int[] steps = [-3, -2, -1, 0, 1, 2, 3];
        double[] ratios =
        [
            .. steps.Select(step =>
                fine.Intensity[16, 16, 16 + (2 * step)].item<float>()
                / coarse.Intensity[16, 16, 16 + step].item<float>()
                / (double)(fine.Intensity[16, 16, 16] / coarse.Intensity[16, 16, 16]).item<float>()
            ),
        ];
        Assert.All(ratios, ratio => Assert.Equal(1, ratio, 1e-3));
    }

    [Fact, LeakCheck]
    public void Count_Seeded_IsPoisson()
    {
        AtomicDisplacement atoms = SimulatedCrystals.Displaced(SimulatedCrystals.Facetted(), SimulatedCrystals.Wavy);
        using var scope = NewDisposeScope();
        using BraggExample example = BraggExample.Of(atoms, new MillerIndices(1, 1, 1), Size, 1.6, Photons);
        using Generator first = new(5);
        using Generator second = new(5);
        Tensor counts = example.Count(first);

        Assert.True(counts.equal(example.Count(second)).all().item<bool>());
        Tensor bright = example.Intensity > 50;
        Tensor deviation = (counts - example.Intensity).square() / example.Intensity;
        // Variance = mean; about 2 000 voxels, so the mean is known to a few percent.
        Assert.Equal(1, deviation.masked_select(bright).mean().item<float>(), 0.15);
    }
}
