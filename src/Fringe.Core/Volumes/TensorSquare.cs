using static TorchSharp.torch;

namespace Fringe.Core.Volumes;

/// <summary>The square of a tensor.</summary>
public static class TensorSquare
{
    /// <summary>
    /// <c>x^2</c> as a product. TorchSharp's own <c>square()</c> threw twice in an hour on a busy machine, probably because it passes 2 as
    /// a native number that the garbage collector may free while torch still reads it.
    /// </summary>
    /// <param name="tensor">Borrowed.</param>
    /// <returns>Belongs to the caller.</returns>
    public static Tensor Squared(this Tensor tensor) => tensor * tensor;
}
