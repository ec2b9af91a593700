using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Fringe.Core.Volumes;

/// <summary>Copies between tensors and the managed volumes that files and pictures use.</summary>
public static class TensorTransfer
{
    /// <summary>Copies a complex64 <c>[z, y, x]</c> tensor of any device.</summary>
    public static ComplexVolume ToComplexVolume(this Tensor complex)
    {
        using var scope = NewDisposeScope();
        Tensor pairs = view_as_real(complex.to(ScalarType.ComplexFloat32).resolve_conj()).contiguous().cpu();
        return new ComplexVolume(
            CopyFloats(pairs),
            (int)complex.shape[0],
            (int)complex.shape[1],
            (int)complex.shape[2]
        );
    }

    /// <summary>Copies a real <c>[z, y, x]</c> tensor of any device as float32.</summary>
    public static RealVolume ToRealVolume(this Tensor real)
    {
        using var scope = NewDisposeScope();
        Tensor values = real.to(ScalarType.Float32).contiguous().cpu();
        return new RealVolume(CopyFloats(values), (int)real.shape[0], (int)real.shape[1], (int)real.shape[2]);
    }

    /// <summary>Copies a bool tensor of any device, flattened in C order.</summary>
    public static bool[] ToBooleans(this Tensor flags)
    {
        using var scope = NewDisposeScope();
        Tensor values = flags.to(ScalarType.Bool).contiguous().cpu();
        return MemoryMarshal.Cast<byte, bool>(values.bytes).ToArray();
    }

    /// <summary>A complex64 <c>[z, y, x]</c> tensor with a copy of the volume; belongs to the caller.</summary>
    public static Tensor ToTensor(this ComplexVolume volume)
    {
        using var scope = NewDisposeScope();
        Tensor pairs = tensor(volume.Interleaved, dtype: ScalarType.Float32);
        Tensor shaped = pairs.reshape(volume.Depth, volume.Height, volume.Width, 2);
        return view_as_complex(shaped).clone().MoveToOuterDisposeScope();
    }

    private static float[] CopyFloats(Tensor contiguous) => MemoryMarshal.Cast<byte, float>(contiguous.bytes).ToArray();
}
