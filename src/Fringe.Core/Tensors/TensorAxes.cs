using static TorchSharp.torch;

namespace Fringe.Core.Tensors;

/// <summary>Work along one axis of a volume.</summary>
public static class TensorAxes
{
    /// <summary>Applies a matrix along an axis: resampling, a transform, a blur.</summary>
    /// <param name="values">Borrowed.</param>
    /// <param name="axis">Counted from 0.</param>
    /// <param name="matrix"><c>[new length, length]</c>, of the values' type; borrowed.</param>
    /// <returns>A view in the caller's dispose scope, not contiguous.</returns>
    public static Tensor Along(this Tensor values, int axis, Tensor matrix)
    {
        Tensor first = values.transpose(0, axis);
        long[] rest = first.shape[1..];
        Tensor product = mm(matrix, first.reshape(first.shape[0], -1));
        return product.reshape([matrix.shape[0], .. rest]).transpose(0, axis);
    }
}
