using Fringe.Core.Diffraction;
using Fringe.Core.Volumes;
using PureHDF;
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
        double power = psi.abs().square().sum(ScalarType.Float64).item<double>();
        Tensor truth = (psi * Math.Sqrt(photons / power)).to(ScalarType.ComplexFloat32).contiguous();
        using Generator generator = new((ulong)seed);
        Tensor counts = poisson(ForwardModel.Propagate(truth).abs().square(), generator).contiguous();
        DiffractionPattern pattern = new(counts.clone(), zeros(counts.shape, ScalarType.Bool));
        return new RefinementProblem(truth.DetachFromDisposeScope(), pattern);
    }

    /// <summary>The true objects of a folder that <c>fringe simulate --examples</c> wrote; they belong to the caller.</summary>
    public static IEnumerable<Tensor> ReadObjects(string folder)
    {
        foreach (string path in Directory.GetFiles(folder, "*.h5", SearchOption.AllDirectories).Order())
        {
            using var file = H5File.OpenRead(path);
            if (file.LinkExists("entry_1/truth_1/object"))
            {
                IH5Dataset dataset = file.Dataset("entry_1/truth_1/object");
                int[] shape = [.. dataset.Space.Dimensions.Select(length => (int)length)];
                Pair[] values = dataset.Read<Pair[]>();
                float[] interleaved = [.. values.SelectMany(value => new[] { value.Re, value.Im })];
                yield return new ComplexVolume(interleaved, shape[0], shape[1], shape[2]).ToTensor();
            }
        }
    }

    public void Dispose()
    {
        Truth.Dispose();
        Pattern.Dispose();
    }

    private readonly record struct Pair(float Re, float Im);
}
