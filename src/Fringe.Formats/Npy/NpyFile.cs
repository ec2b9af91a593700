using System.Runtime.InteropServices;
using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;
using Fringe.Formats.Writing;

namespace Fringe.Formats.Npy;

/// <summary>Writes, and reads back, NPY files (format version 1, little endian, C order), which <c>numpy.load</c> opens.</summary>
public static class NpyFile
{
    /// <summary>float32 <c>[z, y, x]</c>.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, RealVolume volume) =>
        Write(path, "<f4", volume.Depth, volume.Height, volume.Width, MemoryMarshal.AsBytes(volume.Values.AsSpan()));

    /// <summary>float32 <c>[z, y, x]</c>, which can be stopped while it is written.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="volume">C order.</param>
    /// <param name="cancellation">Looked at before every few megabytes.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void WriteLarge(string path, RealVolume volume, CancellationToken cancellation)
    {
        using var aside = new AsideFile(path);
        aside.Write(
            stream =>
            {
                stream.Write(NpyHeader.Bytes("<f4", [volume.Depth, volume.Height, volume.Width]));
                stream.Write(MemoryMarshal.AsBytes(volume.Values.AsSpan()));
            },
            cancellation
        );
        aside.Commit();
    }

    /// <summary>complex64 <c>[z, y, x]</c>.</summary>
    /// <inheritdoc cref="Write(string, RealVolume)"/>
    public static void Write(string path, ComplexVolume volume) =>
        Write(
            path,
            "<c8",
            volume.Depth,
            volume.Height,
            volume.Width,
            MemoryMarshal.AsBytes(volume.Interleaved.AsSpan())
        );

    /// <summary>bool <c>[z, y, x]</c>, a support: true is inside.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="values">C order, <c>depth * height * width</c> values.</param>
    /// <param name="depth">Length of axis z.</param>
    /// <param name="height">Length of axis y.</param>
    /// <param name="width">Length of axis x.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The number of values is not the product of the axes.</exception>
    public static void Write(string path, bool[] values, int depth, int height, int width)
    {
        if (values.LongLength != (long)depth * height * width)
        {
            throw new ArgumentException($"{values.LongLength} values do not fill {depth} x {height} x {width}");
        }

        Write(path, "|b1", depth, height, width, MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>Reads complex64 <c>[z, y, x]</c> in C order, as <see cref="Write(string, ComplexVolume)"/> and numpy write it.</summary>
    /// <exception cref="InputException">The file cannot be read, is no NPY file, or holds something else.</exception>
    public static ComplexVolume ReadComplex(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            NpyHeader header = NpyHeader.Read(stream, path, dataset: null);
            if (header.Descr != "<c8" || header.FortranOrder || header.Shape.Count != 3)
            {
                throw InputException.ForFile(path, "expected a complex64 array of three axes in C order");
            }

            int[] shape = [.. header.Shape.Select(length => (int)Math.Min(length, int.MaxValue))];
            long bytes = Shapes.Bytes(header.Shape, 2 * sizeof(float));
            if (stream.Length - header.HeaderBytes < bytes || bytes > int.MaxValue)
            {
                throw InputException.ForFile(path, $"holds less or more than its {string.Join(" x ", shape)} numbers");
            }

            float[] interleaved = new float[bytes / sizeof(float)];
            stream.Position = header.HeaderBytes;
            stream.ReadExactly(MemoryMarshal.AsBytes(interleaved.AsSpan()));
            return new ComplexVolume(interleaved, shape[0], shape[1], shape[2]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw InputException.ForFile(path, failure.Message, inner: failure);
        }
    }

    private static void Write(string path, string type, int depth, int height, int width, ReadOnlySpan<byte> data)
    {
        using var aside = new AsideFile(path);
        aside.Write(NpyHeader.Bytes(type, [depth, height, width]));
        aside.Write(data);
        aside.Commit();
    }
}
