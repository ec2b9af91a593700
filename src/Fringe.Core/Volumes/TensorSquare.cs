using static TorchSharp.torch;

namespace Fringe.Core.Volumes;

/// <summary>The square of a tensor.</summary>
public static class TensorSquare
{
    /// <summary>
    /// <c>x^2</c> as a product. TorchSharp's own <c>square()</c> passes 2 as a native number that the garbage collector may free while
    /// torch still reads it: on a busy machine it threw twice in an hour.
    /// </summary>
    /// <param name="tensor">Borrowed.</param>
    /// <returns>Belongs to the caller.</returns>
    public static Tensor Squared(this Tensor tensor) => tensor * tensor;
}
