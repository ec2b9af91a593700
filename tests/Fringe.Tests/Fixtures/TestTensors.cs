using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

/// <summary>Random volumes and comparisons for tensor tests; what they give lives in the caller's dispose scope.</summary>
internal static class TestTensors
{
    /// <summary>complex64, real and imaginary part normal, from a seed.</summary>
    public static Tensor RandomComplex(int seed, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new((ulong)seed);
        Tensor pairs = randn([.. shape, 2], ScalarType.Float32, generator: generator);
        return view_as_complex(pairs).clone().MoveToOuterDisposeScope();
    }

    /// <summary>float32, uniform 0 to 1, from a seed.</summary>
    public static Tensor RandomReal(int seed, params long[] shape)
    {
        using Generator generator = new((ulong)seed);
        return rand(shape, ScalarType.Float32, generator: generator);
    }

    /// <summary>bool, true with a given chance, from a seed.</summary>
    public static Tensor RandomFlags(int seed, double chance, params long[] shape)
    {
        using Tensor values = RandomReal(seed, shape);
        return values.lt(chance);
    }

    /// <summary><c>|a - b| / |b|</c> in the Euclidean norm.</summary>
    public static double Difference(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        Tensor wanted = b.to(ScalarType.ComplexFloat64);
        Tensor distance = (a.to(ScalarType.ComplexFloat64) - wanted).abs().square().sum().sqrt();
        return distance.item<double>() / wanted.abs().square().sum().sqrt().item<double>();
    }

    /// <summary>
    /// An object without the sharp edges that ring when it is moved by a fraction of a voxel: convolved with a Gaussian.
    /// </summary>
    public static Tensor Blurred(Tensor psi, double sigma = 1)
    {
        using var scope = NewDisposeScope();
        Tensor field = Fringe.Core.Diffraction.ForwardModel.Propagate(psi);
        for (int axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = psi.shape[axis];
            Tensor frequency = (arange(along[axis], ScalarType.Float32) - (along[axis] / 2)) / along[axis];
            field = field * exp(frequency.square() * (-2 * Math.PI * Math.PI * sigma * sigma)).reshape(along);
        }

        return Fringe.Core.Diffraction.ForwardModel.PropagateBack(field).MoveToOuterDisposeScope();
    }

    /// <summary>Real and imaginary part of one element.</summary>
    public static (double Real, double Imaginary) At(Tensor psi, params long[] place)
    {
        using var scope = NewDisposeScope();
        Tensor element = view_as_real(psi.to(ScalarType.ComplexFloat64).resolve_conj());
        foreach (long index in place)
        {
            element = element[index];
        }

        return (element[0].item<double>(), element[1].item<double>());
    }

    /// <summary>Euclidean norm.</summary>
    public static double Norm(Tensor psi)
    {
        using var scope = NewDisposeScope();
        return Math.Sqrt(psi.abs().square().sum(ScalarType.Float64).item<double>());
    }
}
