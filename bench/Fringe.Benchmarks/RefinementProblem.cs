using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using Fringe.Formats;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>A counted pattern and the object it came from. Owns its tensors.</summary>
/// <param name="Truth">complex64 <c>[z, y, x]</c>, centred; |psi|^2 sums to the photons.</param>
/// <param name="Pattern">Counts with Poisson noise.</param>
internal sealed record RefinementProblem(Tensor Truth, DiffractionPattern Pattern) : IDisposable
{
    /// <summary>Counts photons of an object's far field.</summary>
    /// <param name="psi">complex64, centred, of any scale; borrowed.</param>
    /// <param name="photons">In the whole pattern.</param>
    /// <param name="seed">Of the noise.</param>
    public static RefinementProblem Of(Tensor psi, double photons, int seed)
    {
        using var scope = NewDisposeScope();
        double power = psi.abs().Squared().sum(ScalarType.Float64).item<double>();
        Tensor truth = (psi * Math.Sqrt(photons / power)).to(ScalarType.ComplexFloat32).contiguous();
        using Generator generator = new((ulong)seed);
        Tensor counts = poisson(ForwardModel.Propagate(truth).abs().Squared(), generator).contiguous();
        DiffractionPattern pattern = new(counts.clone(), zeros(counts.shape, ScalarType.Bool));
        return new RefinementProblem(truth.DetachFromDisposeScope(), pattern);
    }

    /// <summary>
    /// The objects about (111) of the crystals that <c>fringe simulate</c> wrote: their fields, <c>density exp(-i G.u)</c>, between
    /// zeros, with the peak in the centre. They belong to the caller.
    /// </summary>
    /// <param name="folder">Holds shards.</param>
    /// <param name="size">Edge of the volume, voxels, at least that of the fields.</param>
    /// <param name="most">How many.</param>
    public static IEnumerable<Tensor> ReadObjects(string folder, int size, int most) =>
        Directory
            .GetFiles(folder, "crystals-*.h5")
            .Order()
            .SelectMany(path => CrystalShardReader.Read(path).Crystals)
            .Take(most)
            .Select(crystal => ObjectOf(crystal.ToFields(), size));

    private static Tensor ObjectOf(CrystalFields fields, int size)
    {
        using var scope = NewDisposeScope();
        int voxels = fields.Density.Length;
        float[] pairs = new float[2 * voxels];
        for (int i = 0; i < voxels; i++)
        {
            // G = 2 pi (1, 1, 1) over the lattice constant; phi = -G.u.
            double along =
                fields.Displacement[i] + fields.Displacement[voxels + i] + fields.Displacement[(2 * voxels) + i];
            double phase = -2 * Math.PI * along;
            pairs[2 * i] = (float)(fields.Density[i] * Math.Cos(phase));
            pairs[(2 * i) + 1] = (float)(fields.Density[i] * Math.Sin(phase));
        }

        Tensor psi = zeros([size, size, size], ScalarType.ComplexFloat32);
        int edge = (size / 2) - (fields.Size / 2);
        Tensor middle = psi.narrow(0, edge, fields.Size).narrow(1, edge, fields.Size).narrow(2, edge, fields.Size);
        middle.copy_(new ComplexVolume(pairs, fields.Size, fields.Size, fields.Size).ToTensor());
        Tensor field = ForwardModel.Propagate(psi);
        long peak = field.abs().argmax().item<long>();
        long[] shift =
        [
            (size / 2) - (peak / size / size),
            (size / 2) - (peak / size % size),
            (size / 2) - (peak % size),
        ];
        return ForwardModel
            .PropagateBack(field.roll(shift, new long[] { 0, 1, 2 }))
            .contiguous()
            .MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        Truth.Dispose();
        Pattern.Dispose();
    }
}
