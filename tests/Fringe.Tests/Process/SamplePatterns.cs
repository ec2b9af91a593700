using System.Buffers.Binary;
using System.Text;

namespace Fringe.Tests.Process;

/// <summary>Small input files.</summary>
internal static class SamplePatterns
{
    /// <summary>A Bragg peak of a box 5 x 6 x 4 with about 1e6 photons, float32 32^3; gives the path.</summary>
    public static string WritePeak(string path)
    {
        const int Size = 32;
        byte[] data = new byte[4 * Size * Size * Size];
        for (int i = 0; i < data.Length / 4; i++)
        {
            double modulus =
                Fringe(i / (Size * Size), 5, Size) * Fringe(i / Size % Size, 6, Size) * Fringe(i % Size, 4, Size);
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * i), (float)Math.Round(0.25 * modulus * modulus));
        }

        File.WriteAllBytes(path, Npy("<f4", [Size, Size, Size], data));
        return path;
    }

    /// <summary>An NPY file's bytes, version 1.0.</summary>
    public static byte[] Npy(string type, int[] shape, byte[] data)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}), }}";
        header = header.PadRight((((header.Length + 11 + 63) / 64) * 64) - 11) + "\n";
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    // The far field of n voxels in a row: sin(pi n k/N) / sin(pi k/N).
    private static double Fringe(int index, int width, int size)
    {
        double half = Math.PI * (index - (size / 2)) / size;
        return half == 0 ? width : Math.Sin(width * half) / Math.Sin(half);
    }
}
