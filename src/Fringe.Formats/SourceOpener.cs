using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Cbf;
using Fringe.Formats.Crystals;
using Fringe.Formats.Edf;
using Fringe.Formats.Frames;
using Fringe.Formats.Hdf5;
using Fringe.Formats.Npy;
using Fringe.Formats.Tiff;

namespace Fringe.Formats;

/// <summary>Tells the format of a path by what it is and by its first bytes.</summary>
internal static class SourceOpener
{
    // The first key of an EDF header stands in them.
    private const int StartBytes = 1024;

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
        stream = GzipPacked.Unpack(stream, path);
        try
        {
            byte[] start = StartOf(stream);
            if (NpyHeader.HasMagic(start))
            {
                return new NpySource(stream, path);
            }

            if (start.AsSpan().StartsWith("PK\x03\x04"u8) || start.AsSpan().StartsWith("PK\x05\x06"u8))
            {
                return new NpzSource(stream, path);
            }

            if (FramesOf(stream, start, path) is { } frames)
            {
                return new FrameFileSource(frames, path);
            }

            return Hdf5Superblock.IsPresent(stream)
                ? new Hdf5Source(stream, path, kinds: CrystalFileKinds.All)
                : throw InputException.ForFile(path, ForeignFormat.Explain(start, path, stream.Length));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // One of a series.
    private static FrameFile OpenFrames(string path)
    {
        Stream stream = GzipPacked.Unpack(Streams.OpenRead(path), path);
        try
        {
            byte[] start = StartOf(stream);
            return FramesOf(stream, start, path)
                ?? throw InputException.ForFile(path, ForeignFormat.Explain(start, path, stream.Length));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FrameFile? FramesOf(Stream stream, ReadOnlySpan<byte> start, string path) =>
        TiffReader.HasMagic(start) ? new TiffReader(stream, path)
        : CbfHeader.HasMagic(start) ? new CbfFile(stream, path)
        : EdfHeader.HasMagic(start) ? new EdfFile(stream, path)
        : null;

    private static byte[] StartOf(Stream stream)
    {
        byte[] start = new byte[Math.Min(StartBytes, stream.Length)];
        stream.ReadExactly(start);
        stream.Position = 0;
        return start;
    }
}
