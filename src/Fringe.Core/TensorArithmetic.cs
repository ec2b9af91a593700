using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core;

/// <summary>
/// Operations of a tensor and a number. TorchSharp's own take a <c>Scalar</c>, and a number given in its place becomes a temporary one,
/// whose finaliser may free it while torch still reads it ("Unknown scalar type"). These hold it until torch has returned. Tensors are
/// borrowed; a result belongs to the caller.
/// </summary>
public static class TensorArithmetic
{
    /// <summary>0, 1, ... up to <paramref name="count"/> - 1.</summary>
    public static Tensor Indices(long count, ScalarType type)
    {
        using Scalar start = 0L.ToScalar();
        using Scalar stop = count.ToScalar();
        using Scalar step = 1L.ToScalar();
        return arange(start, stop, step, type);
    }

    /// <summary>A tensor of one value.</summary>
    public static Tensor Filled(long[] shape, double value, ScalarType type)
    {
        using Scalar held = value.ToScalar();
        return full(shape, held, type);
    }

    /// <summary>Multiplies the tensor in place and returns it.</summary>
    public static Tensor TimesInPlace(this Tensor tensor, double factor)
    {
        using Scalar held = factor.ToScalar();
        return tensor.mul_(held);
    }

    /// <summary><c>max(x, least)</c>, of the tensor's own type if that is a floating one.</summary>
    public static Tensor AtLeast(this Tensor tensor, double least)
    {
        using Scalar held = least.ToScalar();
        return tensor.clamp_min(held);
    }

    /// <summary><c>x > bound</c></summary>
    public static Tensor IsAbove(this Tensor tensor, double bound)
    {
        using Scalar held = bound.ToScalar();
        return tensor.gt(held);
    }

    /// <summary><c>x >= bound</c></summary>
    public static Tensor IsAtLeast(this Tensor tensor, double bound)
    {
        using Scalar held = bound.ToScalar();
        return tensor.ge(held);
    }

    /// <summary>The tensor with another value wherever the mask is true.</summary>
    public static Tensor Masked(this Tensor tensor, Tensor mask, double value)
    {
        using Scalar held = value.ToScalar();
        return tensor.masked_fill(mask, held);
    }

    /// <summary><c>x^exponent</c></summary>
    public static Tensor ToPower(this Tensor tensor, double exponent)
    {
        using Scalar held = exponent.ToScalar();
        return tensor.pow(held);
    }

    /// <summary>The remainder of a division by <paramref name="divisor"/>, of its sign.</summary>
    public static Tensor Modulo(this Tensor tensor, double divisor)
    {
        using Scalar held = divisor.ToScalar();
        return tensor.remainder(held);
    }
}
