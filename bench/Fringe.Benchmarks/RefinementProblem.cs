using Fringe.Core.Diffraction;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
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

    /// <summary>The true objects of the examples that <c>fringe simulate --examples</c> wrote; they belong to the caller.</summary>
    /// <param name="folder">The set; its <c>examples</c> folder is read.</param>
    /// <param name="most">How many.</param>
    public static IEnumerable<Tensor> ReadObjects(string folder, int most) =>
        Directory
            .GetFiles(Path.Combine(folder, "examples"), "*.h5")
            .Order(StringComparer.Ordinal)
            .Take(most)
            .Select(path => BraggExampleReader.ReadTruth(path).Object.ToTensor());

    public void Dispose()
    {
        Truth.Dispose();
        Pattern.Dispose();
    }
}
