using System.Buffers.Binary;
using System.Text;

namespace Fringe.Tests.Formats.Tiff;

/// <summary>Writes TIFF files tag by tag, so that a test can make those that no library writes.</summary>
/// <param name="bigEndian">Byte order.</param>
internal sealed class TiffBytes(bool bigEndian = false)
{
    private readonly List<byte> bytes = [.. bigEndian ? "MM\0*\0\0\0\0"u8 : "II*\0\0\0\0\0"u8];
    private int link = 4;

    /// <summary>A whole stack, a page a frame.</summary>
    public static byte[] Stack(int frames, int rows, int columns, string description = "") =>
        Enumerable
            .Range(0, frames)
            .Aggregate(
                new TiffBytes(),
                (file, frame) =>
                    file.Page(
                        rows,
                        columns,
                        file.Pixels(2, Values(frame, rows, columns)),
                        frame == 0 ? description : ""
                    )
            )
            .ToArray();

    /// <summary>Frame f has the values 100 f, 100 f + 1 ...</summary>
    public static float[] Values(int frame, int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(pixel => (100f * frame) + pixel)];

    /// <summary>Values as unsigned integers of 1 or 2 bytes, or floats of 4, in the file's byte order.</summary>
    public byte[] Pixels(int size, IEnumerable<float> values) =>
        [
            .. values.SelectMany(value =>
            {
                byte[] one = size switch
                {
                    1 => [(byte)value],
                    2 => BitConverter.GetBytes((ushort)value),
                    _ => BitConverter.GetBytes(value),
                };
                return bigEndian ? one.Reverse() : one;
            }),
        ];

    /// <summary>Adds a page with its pixels in one strip behind its tags; more pixels than it counts may follow.</summary>
    /// <param name="rows">Of the page.</param>
    /// <param name="columns">Of the page.</param>
    /// <param name="pixels">Of the page, and of what lies behind.</param>
    /// <param name="description">Tag 270; none if empty.</param>
    /// <param name="tags">Further ones, or others than a grey image has.</param>
    public TiffBytes Page(
        int rows,
        int columns,
        byte[] pixels,
        string description = "",
        params (int Tag, long Value)[] tags
    )
    {
        long Given(int tag, long usual) =>
            tags.FirstOrDefault(given => given.Tag == tag) is { Tag: > 0 } found ? found.Value : usual;

        long bits = Given(258, 16);
        SortedDictionary<int, long> all = new()
        {
            [256] = columns,
            [257] = rows,
            [258] = bits,
            [259] = 1,
            [262] = 1,
            [273] = 0,
            [277] = 1,
            [278] = rows,
            [279] = (long)rows * columns * bits / 8,
        };
        foreach ((int tag, long value) in tags)
        {
            all[tag] = value;
        }

        byte[] text = description.Length == 0 ? [] : [.. Encoding.UTF8.GetBytes(description), 0];
        if (text.Length > 0)
        {
            all[270] = 0;
        }

        int start = bytes.Count;
        int behind = start + 2 + (12 * all.Count) + 4;
        Put(link, 4, start);
        Add(2, all.Count);
        foreach ((int tag, long value) in all)
        {
            Add(2, tag);
            Add(2, tag == 270 ? 2 : 4);
            Add(4, tag == 270 ? text.Length : 1);
            Add(
                4,
                tag switch
                {
                    270 => behind,
                    273 => behind + text.Length,
                    _ => value,
                }
            );
        }

        link = bytes.Count;
        Add(4, 0);
        bytes.AddRange(text);
        bytes.AddRange(pixels);
        if (bytes.Count % 2 == 1)
        {
            bytes.Add(0);
        }

        return this;
    }

    public byte[] ToArray() => [.. bytes];

    private void Add(int size, long value)
    {
        bytes.AddRange(new byte[size]);
        Put(bytes.Count - size, size, value);
    }

    private void Put(int at, int size, long value)
    {
        byte[] eight = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, value);
        byte[] big = eight[(8 - size)..];
        for (int i = 0; i < size; i++)
        {
            bytes[at + i] = bigEndian ? big[i] : big[size - 1 - i];
        }
    }
}
