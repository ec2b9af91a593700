using BitMiracle.LibTiff.Classic;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Cbf;
using Fringe.Formats.Frames;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Fringe.Formats.Tiff;

/// <summary>One open TIFF file: its pages and their pixels. Whatever LibTiff throws comes out as one clear line.</summary>
internal sealed class TiffReader : FrameFile
{
    private readonly string path;
    private readonly BudgetedStream stream;
    private readonly IReadOnlyList<PlainTiffPage>? plain;
    private readonly LibTiff tiff = null!;
    private readonly List<(FrameLayout Page, long Offset)> pages = [];
    private readonly TiffCalibration calibration = null!;
    private readonly List<string> remarks = [];
    private byte[] buffer = [];

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For errors.</param>
    public TiffReader(Stream stream, string path)
    {
        this.path = path;
        // A page is a few dozen tags; a frame is read in strips: both far below this, circles are not.
        this.stream = new BudgetedStream(stream, 4_000_000, Math.Max(1L << 28, 8 * stream.Length));
        SilentTiffErrors.Install();
        try
        {
            IReadOnlyList<TiffDirectory> directories = TiffStructure.Check(stream, path);
            calibration = TiffCalibration.Of(directories[0].Description);
            Metadata = CbfMetadata.Of(directories[0].Description);
            remarks.AddRange(calibration.Remarks);
            if (directories[0].Orientation is > 1 and <= 8 and var orientation)
            {
                remarks.Add(
                    $"The TIFF file says that its rows or columns are to be shown flipped or turned (orientation {orientation}); they are read as they lie in it, as programs at beamlines do."
                );
            }

            plain = TiffStack.Plain(directories, stream.Length, path);
            if (plain is not null)
            {
                return;
            }

            tiff =
                Guard(() => LibTiff.ClientOpen(path, "r", this.stream, new TiffStream()), page: 0)
                ?? throw Unread(directories[0].Offset);
            ReadPages(directories);
        }
        catch
        {
            tiff?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    public static bool HasMagic(ReadOnlySpan<byte> start) =>
        start.Length >= 4
        && (
            (start[0] == 'I' && start[1] == 'I' && start[2] is 42 or 43 && start[3] == 0)
            || (start[0] == 'M' && start[1] == 'M' && start[2] == 0 && start[3] is 42 or 43)
        );

    public override string Format => "TIFF";

    public override string FrameWord => "page";

    public override int Count => plain?.Count ?? pages.Count;

    public override IReadOnlyList<MetadataItem> Metadata { get; } = [];

    public override IReadOnlyList<string> Remarks => remarks;

    public override FrameLayout Layout(int frame) =>
        (plain?[frame].Layout ?? pages[frame].Page) with
        {
            Values = calibration.Values,
        };

    protected override void ReadPixels(int frame, float[] destination, int offset)
    {
        stream.Refill();
        if (plain is not null)
        {
            Guard(() => ReadPlain(plain[frame], destination, offset), frame);
            return;
        }

        Guard(
            () =>
            {
                if (!tiff.SetSubDirectory(pages[frame].Offset))
                {
                    throw Damaged("its directory cannot be read again", frame);
                }

                RequireStripsInFile(frame);
                if (tiff.IsTiled())
                {
                    ReadTiles(frame, destination, offset);
                }
                else
                {
                    ReadStrips(frame, destination, offset);
                }

                return true;
            },
            frame
        );
    }

    public override void Dispose()
    {
        tiff?.Dispose();
        stream.Dispose();
    }

    // What the walk through the file has found sound.
    private InputException Unread(long directory) =>
        InputException.ForFile(
            path,
            "its directories are sound, but LibTiff cannot read this kind of TIFF (a BigTIFF file of the other byte order with several strips, as a rule); "
                + "save it with one strip a page, as NPY or as a plain TIFF file",
            $"directory at byte {directory}"
        );

    private void ReadPages(IReadOnlyList<TiffDirectory> directories)
    {
        foreach (TiffDirectory directory in directories)
        {
            stream.Refill();
            FrameLayout layout = Guard(
                () =>
                    tiff.SetSubDirectory(directory.Offset)
                        ? TiffPage.Read(tiff, path, pages.Count, stream.Length)
                        : throw Damaged("its directory cannot be read", pages.Count),
                pages.Count
            );
            pages.Add((layout, directory.Offset));
        }
    }

    // LibTiff allocates what the tag says before it looks at the file.
    private void RequireStripsInFile(int page)
    {
        bool tiled = tiff.IsTiled();
        long[] counts = LongArray(tiled ? TiffTag.TILEBYTECOUNTS : TiffTag.STRIPBYTECOUNTS);
        long[] offsets = LongArray(tiled ? TiffTag.TILEOFFSETS : TiffTag.STRIPOFFSETS);
        int expected = tiled ? tiff.NumberOfTiles() : tiff.NumberOfStrips();
        if (counts.Length < expected || offsets.Length < expected)
        {
            throw Damaged("the list of its strips is incomplete", page);
        }

        for (int i = 0; i < expected; i++)
        {
            if (counts[i] < 0 || offsets[i] < 0 || counts[i] > stream.Length - offsets[i])
            {
                throw Damaged(
                    $"truncated: strip {i} ends at byte {(Int128)offsets[i] + counts[i]} of {stream.Length}",
                    page
                );
            }
        }
    }

    private long[] LongArray(TiffTag tag)
    {
        object? value = tiff.GetField(tag)?[0].Value;
        return value switch
        {
            long[] longs => longs,
            ulong[] unsigned => Array.ConvertAll(unsigned, item => unchecked((long)item)),
            int[] ints => Array.ConvertAll(ints, item => (long)item),
            uint[] unsigned => Array.ConvertAll(unsigned, item => (long)item),
            _ => [],
        };
    }

    private bool ReadPlain(PlainTiffPage page, float[] destination, int offset)
    {
        long end = page.Offset + page.Layout.Bytes;
        if (end > stream.Length)
        {
            throw new InvalidDataException($"truncated: its pixels end at byte {end} of {stream.Length}");
        }

        byte[] buffer = Buffer(page.Layout.Bytes);
        stream.Position = page.Offset;
        stream.ReadExactly(buffer.AsSpan(0, (int)page.Layout.Bytes));
        int pixels = page.Layout.Width * page.Layout.Height;
        page.Layout.Type.Decode(buffer, destination.AsSpan(offset, pixels));
        return true;
    }

    private void ReadStrips(int page, float[] destination, int offset)
    {
        FrameLayout layout = Layout(page);
        FieldValue[]? tag = tiff.GetField(TiffTag.ROWSPERSTRIP);
        int rowsPerStrip = tag is null ? layout.Height : tag[0].ToInt();
        rowsPerStrip = rowsPerStrip <= 0 ? layout.Height : Math.Min(rowsPerStrip, layout.Height);
        byte[] buffer = Buffer((long)rowsPerStrip * layout.Width * layout.Type.Size);
        for (int row = 0, strip = 0; row < layout.Height; row += rowsPerStrip, strip++)
        {
            int pixels = Math.Min(rowsPerStrip, layout.Height - row) * layout.Width;
            int bytes = pixels * layout.Type.Size;
            int found = tiff.ReadEncodedStrip(strip, buffer, 0, bytes);
            if (found < bytes)
            {
                throw Damaged($"truncated: strip {strip} gives {Math.Max(found, 0)} of {bytes} bytes", page);
            }

            layout.Type.Decode(buffer, destination.AsSpan(offset + (row * layout.Width), pixels));
        }
    }

    private void ReadTiles(int page, float[] destination, int offset)
    {
        FrameLayout layout = Layout(page);
        int tileWidth = tiff.GetField(TiffTag.TILEWIDTH)[0].ToInt();
        int tileHeight = tiff.GetField(TiffTag.TILELENGTH)[0].ToInt();
        if (tileWidth <= 0 || tileHeight <= 0 || (long)tileWidth * tileHeight > 4L * (layout.Bytes + (1 << 20)))
        {
            throw Damaged($"its tiles are {tileHeight} x {tileWidth} pixels", page);
        }

        byte[] buffer = Buffer((long)tileWidth * tileHeight * layout.Type.Size);
        float[] tile = new float[tileWidth * tileHeight];
        int index = 0;
        for (int top = 0; top < layout.Height; top += tileHeight)
        {
            for (int left = 0; left < layout.Width; left += tileWidth, index++)
            {
                int found = tiff.ReadEncodedTile(index, buffer, 0, tile.Length * layout.Type.Size);
                if (found < tile.Length * layout.Type.Size)
                {
                    throw Damaged($"truncated: tile {index} is short", page);
                }

                layout.Type.Decode(buffer, tile);
                int columns = Math.Min(tileWidth, layout.Width - left);
                for (int row = top; row < Math.Min(top + tileHeight, layout.Height); row++)
                {
                    tile.AsSpan((row - top) * tileWidth, columns)
                        .CopyTo(destination.AsSpan(offset + (row * layout.Width) + left, columns));
                }
            }
        }
    }

    private byte[] Buffer(long bytes)
    {
        if (bytes > buffer.Length)
        {
            buffer = new byte[checked((int)bytes)];
        }

        return buffer;
    }

    private T Guard<T>(Func<T> action, int page)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is not (InputException or OperationCanceledException))
        {
            // A parser that meets damage fails in many ways (null, index, overflow, cast): all mean the same to the reader.
            throw Damaged(error is InvalidDataException ? error.Message : error.GetType().Name, page);
        }
    }

    private InputException Damaged(string detail, int page) =>
        InputException.ForFile(
            path,
            $"truncated or damaged TIFF ({Streams.OneLine(detail)}); copy or save the file again",
            page == 0 ? null : $"page {page}"
        );
}
