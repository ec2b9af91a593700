using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors;

/// <summary>
/// Arithmetic of tensors. TorchSharp's own makes a temporary <c>Scalar</c> of each number, and of the factor 1 in a sum of two tensors,
/// whose finaliser may free it while torch still reads it ("Unknown scalar type"). These hold it until torch has returned. Tensors are
/// borrowed; a result belongs to the caller.
/// </summary>
public static class TensorArithmetic
{
    /// <summary>0, 1, ... up to <paramref name="count"/> - 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="type">Of the tensor.</param>
    /// <param name="device">Where it lives; null = on the CPU.</param>
    public static Tensor Indices(long count, ScalarType type, Device? device = null)
    {
        using Scalar start = 0L.ToScalar();
        using Scalar stop = count.ToScalar();
        using Scalar step = 1L.ToScalar();
        return arange(start, stop, step, type, device);
    }

    /// <summary>A tensor of one value.</summary>
    /// <param name="shape">Of the tensor; empty for a scalar.</param>
    /// <param name="value">Of each element.</param>
    /// <param name="type">Of the tensor.</param>
    /// <param name="device">Where it lives; null = on the CPU.</param>
    public static Tensor Filled(long[] shape, double value, ScalarType type, Device? device = null)
    {
        using Scalar held = value.ToScalar();
        return full(shape, held, type, device);
    }

    /// <summary><c>a + b</c></summary>
    public static Tensor Plus(this Tensor tensor, Tensor other)
    {
        using Scalar factor = 1L.ToScalar();
        return tensor.add(other, factor);
    }

    /// <summary><c>x + number</c></summary>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using Scalar held = number.ToScalar();
        using Scalar factor = 1L.ToScalar();
        return tensor.add(held, factor);
    }

    /// <summary><c>x - number</c></summary>
    public static Tensor Minus(this Tensor tensor, double number)
    {
        using Scalar held = number.ToScalar();
        return tensor.sub(held);
    }

    /// <summary><c>1 - x</c></summary>
    public static Tensor OneMinus(this Tensor tensor)
    {
        using Tensor negative = tensor.negative();
        return negative.Plus(1);
    }

    /// <summary><c>x number</c></summary>
    public static Tensor Times(this Tensor tensor, double factor)
    {
        using Scalar held = factor.ToScalar();
        return tensor.mul(held);
    }

    /// <summary><c>x / number</c></summary>
    public static Tensor Over(this Tensor tensor, double divisor)
    {
        using Scalar held = divisor.ToScalar();
        return tensor.div(held);
    }

    /// <summary><c>x^2</c></summary>
    public static Tensor Squared(this Tensor tensor) => tensor * tensor;

    /// <summary>Adds <c>factor b</c> in place and returns the tensor.</summary>
    public static Tensor PlusInPlace(this Tensor tensor, Tensor other, double factor = 1)
    {
        using Scalar held = factor.ToScalar();
        return tensor.add_(other, held);
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

    /// <summary>The smaller of each element and a bound.</summary>
    public static Tensor AtMost(this Tensor tensor, double most)
    {
        using Scalar held = most.ToScalar();
        return tensor.clamp_max(held);
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
