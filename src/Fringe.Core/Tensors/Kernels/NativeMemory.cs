using TorchSharp;
using static TorchSharp.torch;

namespace Fringe.Core.Tensors.Kernels;

/// <summary>Direct access to the memory of contiguous CPU tensors, for the fused kernels.</summary>
internal static unsafe class NativeMemory
{
    /// <summary>True when every tensor is on the CPU, contiguous and under 2 GiB (a span's limit).</summary>
    public static bool IsReachable(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            bool small = tensor.numel() * tensor.element_size() <= int.MaxValue;
            if (tensor.device_type != DeviceType.CPU || !tensor.is_contiguous() || !small)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first float; valid while the tensor lives. A complex64 tensor is seen as pairs.</summary>
    public static float* Floats(Tensor tensor)
    {
        fixed (byte* first = tensor.bytes)
        {
            return (float*)first;
        }
    }
}
