using System.Buffers.Binary;
using System.Text;
using Fringe.Core;

namespace Fringe.Formats.Tiff;

/// <summary>
/// Walks the directories of a TIFF file before LibTiff does, which allocates whatever a tag claims: every value must lie in
/// the file, and the image must not have more strips or tiles than the file has bytes.
/// </summary>
internal sealed class TiffStructure
{
    private const int MaximumTags = 4096;
    private const int MaximumPages = 1 << 20;
    private const int MaximumText = 1 << 20;
    private const int Description = 270;
    private static readonly int[] TypeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    // LibTiff builds tables of 2^bits entries for some tags, so odd depths stop here.
    private static readonly long[] Depths = [1, 2, 4, 8, 12, 16, 24, 32, 64, 128];

    private readonly Stream stream;
    private readonly string path;
    private readonly byte[] bytes = new byte[20];
    private readonly List<TiffDirectory> directories = [];
    private readonly bool bigEndian;
    private readonly bool isBig;

    private TiffStructure(Stream stream, string path)
    {
        this.stream = stream;
        this.path = path;
        ReadOnlySpan<byte> start = Take(0, 4);
        bigEndian = start[0] == 'M';
        isBig = start[bigEndian ? 3 : 2] == 43;
    }

    /// <exception cref="InputException">A directory or value lies outside the file, or the chain of pages is a circle.</exception>
    /// <returns>The directories of the frames, in file order, at least one; previews are none.</returns>
    public static IReadOnlyList<TiffDirectory> Check(Stream stream, string path)
    {
        var structure = new TiffStructure(stream, path);
        structure.CheckPages();
        stream.Position = 0;
        List<TiffDirectory> frames = [.. structure.directories.Where(directory => !directory.IsPreview)];
        // Whoever calls every page a preview means none.
        frames = frames.Count > 0 ? frames : structure.directories;
        int odd = frames.FindIndex(frame => frame.Problem is not null);
        return odd < 0
            ? frames
            : throw InputException.ForFile(path, frames[odd].Problem!, odd == 0 ? null : $"page {odd}");
    }

    private void CheckPages()
    {
        HashSet<long> seen = [];
        long next = isBig ? Number(8, 8) : Number(4, 4);
        if (next == 0)
        {
            throw Damaged("it has no page");
        }

        while (next != 0)
        {
            if (!seen.Add(next) || seen.Count > MaximumPages)
            {
                throw Damaged("its chain of pages runs in circles");
            }

            next = CheckPage(next);
        }
    }

    private long CheckPage(long offset)
    {
        (int countBytes, int entryBytes) = isBig ? (8, 20) : (2, 12);
        long tags = Number(offset, countBytes);
        if (tags is < 1 or > MaximumTags)
        {
            throw Damaged($"a page with {tags} tags");
        }

        Dictionary<long, long> values = [];
        long? textAt = null;
        for (long i = 0; i < tags; i++)
        {
            long at = offset + countBytes + (i * entryBytes);
            CheckTag(at, values);
            textAt = Number(at, 2) == Description ? at : textAt;
        }

        CheckSize(values);
        // Bit 0 of the new kind of subfile: a smaller copy, bit 2: a transparency mask; the old kind's 2: a smaller copy.
        bool isPreview = (values.GetValueOrDefault(254) & 5) != 0 || values.GetValueOrDefault(255) == 2;
        PlainTiffPage? plain = PlainTiffPage.Find(values, bigEndian, stream.Length);
        // Only the first frame's text speaks of the stack.
        bool isFirst = !isPreview && directories.All(directory => directory.IsPreview);
        string text = isFirst && textAt is { } place ? Text(place) : "";
        directories.Add(
            new TiffDirectory(offset, isPreview, plain, ProblemOf(values), text)
            {
                Orientation = values.GetValueOrDefault(274, 1),
            }
        );
        return Number(offset + countBytes + (tags * entryBytes), isBig ? 8 : 4);
    }

    private static string? ProblemOf(Dictionary<long, long> values) =>
        values.GetValueOrDefault(262) == 3
            ? "a palette image: its pixels are numbers of colours; save grey values (in ImageJ: Image > Lookup Tables > Grays)"
        : values.GetValueOrDefault(258, 1) == 1 && values.GetValueOrDefault(277, 1) == 1
            ? "a bilevel image (1 bit a pixel); save it with 8 bits a pixel, or as NPY"
        : null;

    private void CheckTag(long at, Dictionary<long, long> values)
    {
        long tag = Number(at, 2);
        long type = Number(at + 2, 2);
        long count = Number(at + 4, isBig ? 8 : 4);
        int inline = isBig ? 8 : 4;
        long valueAt = at + 4 + inline;
        int size = type < TypeBytes.Length ? TypeBytes[type] : 0;
        Int128 bytes = (Int128)count * size;
        if (count < 0 || (bytes > inline && Number(valueAt, inline) > stream.Length - bytes))
        {
            throw Damaged($"tag {tag} claims {count} values, which end behind the file");
        }

        if (count == 1 && size is 1 or 2 or 4 or 8 && size <= inline)
        {
            values[tag] = Number(valueAt, size);
        }
    }

    // The tag at a place that was checked; all its values have one byte.
    private string Text(long at)
    {
        int inline = isBig ? 8 : 4;
        long count = Number(at + 4, inline);
        long valueAt = count > inline ? Number(at + 4 + inline, inline) : at + 4 + inline;
        if (count > MaximumText || valueAt > stream.Length - count)
        {
            return "";
        }

        byte[] text = new byte[count];
        stream.Position = valueAt;
        stream.ReadExactly(text);
        return Encoding.UTF8.GetString(text).TrimEnd('\0');
    }

    private void CheckSize(Dictionary<long, long> values)
    {
        long width = values.GetValueOrDefault(256);
        long height = values.GetValueOrDefault(257);
        long bits = values.GetValueOrDefault(258, 1);
        if (!Depths.Contains(bits))
        {
            throw InputException.ForFile(path, $"pixels of {bits} bits cannot be read; expected 8, 16, 32 or 64");
        }

        if (width is < 1 or > int.MaxValue || height is < 1 or > int.MaxValue)
        {
            throw Damaged($"an image of {height} x {width} pixels");
        }

        long rows = values.GetValueOrDefault(278, height);
        long parts = Parts(height, rows);
        if (values.ContainsKey(322) || values.ContainsKey(323))
        {
            long tileWidth = values.GetValueOrDefault(322, width);
            long tileHeight = values.GetValueOrDefault(323, height);
            if (tileWidth is < 1 or > 1 << 20 || tileHeight is < 1 or > 1 << 20 || tileWidth * tileHeight > 1 << 28)
            {
                throw Damaged($"tiles of {tileHeight} x {tileWidth} pixels");
            }

            parts = Parts(width, tileWidth) * Parts(height, tileHeight);
        }

        if (parts < 0 || parts > stream.Length)
        {
            throw Damaged($"{parts} strips or tiles in a file of {stream.Length} bytes");
        }
    }

    private static long Parts(long length, long part) => part < 1 ? length : ((length - 1) / part) + 1;

    private long Number(long at, int count)
    {
        ReadOnlySpan<byte> bytes = Take(at, count);
        ulong value = (count, bigEndian) switch
        {
            (1, _) => bytes[0],
            (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            (_, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
        return value > long.MaxValue ? long.MaxValue : (long)value;
    }

    private ReadOnlySpan<byte> Take(long at, int count)
    {
        if (at < 0 || at > stream.Length - count)
        {
            throw Damaged($"it points to byte {at} of {stream.Length}");
        }

        stream.Position = at;
        Span<byte> bytes = this.bytes.AsSpan(0, count);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private InputException Damaged(string detail) =>
        InputException.ForFile(path, $"truncated or damaged TIFF ({detail}); copy or save the file again");
}
