using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Crystals;
using Fringe.Formats.Frames;
using Fringe.Formats.Hdf5;
using Fringe.Formats.Npy;
using Fringe.Formats.Tiff;

namespace Fringe.Formats;

/// <summary>Tells the format of a path by what it is and by its first bytes.</summary>
internal static class SourceOpener
{
    /// <exception cref="InputException">Missing, empty, unreadable, damaged or of no known format.</exception>
    public static ArraySource Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InputException("no input file is given");
        }

        if (CrystalSetFolder.IsSet(path))
        {
            return new CrystalSetSource(path);
        }

        if (PhasedCrystalFile.IsSet(path))
        {
            string file = PhasedCrystalFile.PathOf(path);
            return Open(Streams.OpenRead(file), file);
        }

        if (Directory.Exists(path) || FrameNames.IsGlob(path))
        {
            return new FrameSeriesSource(path, OpenFrames);
        }

        return Open(Streams.OpenRead(path), path);
    }

    /// <param name="stream">Seekable; owned by the result, disposed on error.</param>
    /// <param name="path">For descriptions and errors.</param>
    public static ArraySource Open(Stream stream, string path)
    {
        try
        {
            byte[] start = new byte[16];
            int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            ReadOnlySpan<byte> found = start.AsSpan(0, count);
            if (NpyHeader.HasMagic(found))
            {
                return new NpySource(stream, path);
            }

            if (found.StartsWith("PK\x03\x04"u8) || found.StartsWith("PK\x05\x06"u8))
            {
                return new NpzSource(stream, path);
            }

            if (TiffReader.HasMagic(found))
            {
                return new FrameFileSource(new TiffReader(stream, path), path);
            }

            if (Hdf5Superblock.IsPresent(stream))
            {
                return new Hdf5Source(stream, path, kinds: CrystalFileKinds.All);
            }

            throw InputException.ForFile(
                path,
                $"of no known format (first bytes {Convert.ToHexString(found[..Math.Min(count, 8)])}); "
                    + "expected NPY, NPZ, TIFF or HDF5 (.h5, .nxs, .cxi)"
            );
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // One of a series.
    private static TiffReader OpenFrames(string path)
    {
        FileStream stream = Streams.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        int count = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        stream.Position = 0;
        if (TiffReader.HasMagic(start[..count]))
        {
            return new TiffReader(stream, path);
        }

        stream.Dispose();
        throw InputException.ForFile(path, "not a TIFF file: its first bytes are neither II* nor MM*");
    }
}
