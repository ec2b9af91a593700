using Fringe.Core.PhaseRetrieval;
using static TorchSharp.torch;

namespace Fringe.Core.Refinement;

/// <summary>
/// The smallest box around a support: what a pass over the object has to visit, since everything beyond is 0. A tenth of the volume at an
/// oversampling ratio of 2. First index along each axis and one past the last; empty where the support is.
/// </summary>
internal readonly record struct SupportBox(int Z0, int Z1, int Y0, int Y1, int X0, int X1)
{
    /// <param name="support">float32 <c>[z, y, x]</c>, contiguous, on the CPU; borrowed.</param>
    public static unsafe SupportBox Of(Tensor support)
    {
        (int depth, int height, int width) = ((int)support.shape[0], (int)support.shape[1], (int)support.shape[2]);
        float* s = NativeMemory.Floats(support);
        SupportBox box = new(depth, 0, height, 0, width, 0);
        for (int z = 0; z < depth; z++)
        {
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<float> row = new(s + (((long)z * height) + y) * width, width);
                int first = row.IndexOfAnyExcept(0f);
                if (first >= 0)
                {
                    int last = row.LastIndexOfAnyExcept(0f);
                    box = new(
                        Math.Min(box.Z0, z),
                        z + 1,
                        Math.Min(box.Y0, y),
                        Math.Max(box.Y1, y + 1),
                        Math.Min(box.X0, first),
                        Math.Max(box.X1, last + 1)
                    );
                }
            }
        }

        return box.Z1 == 0 ? default : box;
    }
}
