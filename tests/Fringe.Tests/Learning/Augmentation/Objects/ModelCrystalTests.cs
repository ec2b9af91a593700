using Fringe.Core.Values;
using Fringe.Learning.Augmentation.Objects;
using static TorchSharp.torch;

namespace Fringe.Tests.Learning.Augmentation.Objects;

/// <summary>What is drawn has the density and the phase that were asked for, at its place.</summary>
public sealed class ModelCrystalTests
{
    [Fact]
    public void Draw_CoreAndPhase_StandWhereTheyShould()
    {
        using var scope = NewDisposeScope();
        MovedShape core = new(Ellipsoid.Sphere(3), new Vector3D(2, 0, -1));
        GrainPhase ahead = new(core, 1.5, new Vector3D(0, 0, 0));
        ModelCrystal crystal = new(Ellipsoid.Sphere(8), [ahead]) { Core = core, CoreDensity = 0.6 };

        Tensor psi = crystal.Draw(24, 2);

        Assert.Equal([48, 48, 48], psi.shape);
        // Index 24 is the middle, two indices a voxel.
        Assert.Equal(0.6, Amplitude(24 - 2, 24, 24 + 4), 1e-12);
        Assert.Equal(1.5, Phase(24 - 2, 24, 24 + 4), 1e-12);
        Assert.Equal(1, Amplitude(24 + 10, 24, 24), 1e-12);
        Assert.Equal(0, Phase(24 + 10, 24, 24), 1e-12);
        // The middle of the sphere's edge lies on a voxel; the next ones are full and empty.
        Assert.Equal(0.5, Amplitude(24, 24 + 16, 24), 1e-9);
        Assert.Equal(1, Amplitude(24, 24 + 15, 24), 1e-9);
        Assert.Equal(0, Amplitude(24, 24 + 17, 24), 1e-9);

        double Amplitude(int z, int y, int x) => psi[z, y, x].abs().item<double>();
        double Phase(int z, int y, int x) => psi[z, y, x].angle().item<double>();
    }

    [Fact]
    public void Draw_SeveralFields_AddsThem()
    {
        using var scope = NewDisposeScope();
        HalfSpace all = new(new Vector3D(0, 0, 1), 100);
        PhaseField[] fields = [new GrainPhase(all, 0.3, new(0.1, 0, 0)), new GrainPhase(all, 0.2, new(0, 0, 0.05))];

        Tensor psi = new ModelCrystal(Ellipsoid.Sphere(6), fields).Draw(16, 1);

        // 2 voxels along x, -3 along z.
        Assert.Equal(0.5 + 0.2 - 0.15, psi[8 - 3, 8, 8 + 2].angle().item<double>(), 1e-12);
    }
}
