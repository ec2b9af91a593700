using System.Buffers;
using System.Runtime.InteropServices;

namespace Fringe.Formats.Hdf5;

/// <summary>Shows interleaved float32 pairs as complex numbers without a copy, in the form that PureHDF writes.</summary>
internal sealed class ComplexMemory(float[] interleaved) : MemoryManager<Complex64>
{
    public override Span<Complex64> GetSpan() => MemoryMarshal.Cast<float, Complex64>(interleaved.AsSpan());

    public override MemoryHandle Pin(int elementIndex = 0) =>
        throw new NotSupportedException("the pairs are read through their span");

    public override void Unpin() { }

    protected override void Dispose(bool disposing) { }
}
