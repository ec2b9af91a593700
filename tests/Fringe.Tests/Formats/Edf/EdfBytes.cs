using System.Buffers.Binary;
using System.Text;

namespace Fringe.Tests.Formats.Edf;

/// <summary>Writes EDF files, key by key.</summary>
internal static class EdfBytes
{
    /// <summary>An image of 3 rows and 4 columns, uint32, the values 100 n, 100 n + 1 ...</summary>
    public static byte[] Image(int number, params string[] keys) =>
        Block(Pixels(Values(number), 4), [.. Keys(number, "UnsignedLong", 4), .. keys]);

    public static float[] Values(int number) => [.. Enumerable.Range(0, 12).Select(pixel => (100f * number) + pixel)];

    /// <summary>The usual keys of an image of 3 rows and 4 columns; a later line of the same key counts.</summary>
    public static string[] Keys(int number, string type, int size) =>
        [
            $"HeaderID = EH:{number:000000}:000000:000000",
            $"Image = {number}",
            "ByteOrder = LowByteFirst",
            $"DataType = {type}",
            "Dim_1 = 4",
            "Dim_2 = 3",
            $"Size = {12 * size}",
        ];

    /// <summary>A header, padded to a multiple of 512 bytes, and what follows it.</summary>
    public static byte[] Block(byte[] pixels, string[] keys, int multiple = 512)
    {
        string text = "{\n" + string.Concat(keys.Select(key => $"{key} ;\n"));
        int length = (text.Length + 2 + multiple - 1) / multiple * multiple;
        return [.. Encoding.ASCII.GetBytes(text.PadRight(length - 2) + "}\n"), .. pixels];
    }

    /// <summary>Whole numbers of 1, 2, 4 or 8 bytes, low byte first.</summary>
    public static byte[] Pixels(IEnumerable<float> values, int size) =>
        [
            .. values.SelectMany(value =>
            {
                byte[] eight = new byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(eight, (long)value);
                return eight[..size];
            }),
        ];
}
