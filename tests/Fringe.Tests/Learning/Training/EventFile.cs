using System.Buffers.Binary;
using System.Text;

namespace Fringe.Tests.Learning.Training;

/// <summary>
/// Reads TensorBoard's event files: records of length, checksum, data, checksum (TFRecord, masked CRC-32C), each an Event in protobuf.
/// </summary>
internal static class EventFile
{
    /// <summary>The scalars of a folder's files in TensorBoard's order; a record that was cut off ends its file.</summary>
    public static IReadOnlyList<Scalar> ReadFolder(string folder) => [.. Paths(folder).SelectMany(Read)];

    /// <summary>The event files of a folder by name, which is by time.</summary>
    public static IReadOnlyList<string> Paths(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*tfevents*").Order(StringComparer.Ordinal)];

    /// <summary>The scalars of a file, which must begin with its version.</summary>
    public static IReadOnlyList<Scalar> Read(string path)
    {
        List<byte[]> events = [.. Records(File.ReadAllBytes(path))];
        Assert.Equal(
            "brain.Event:2",
            Encoding.UTF8.GetString(Fields(events[0]).Single(field => field.Number == 3).Bytes)
        );
        return [.. events.Skip(1).Select(Parse)];
    }

    private static IEnumerable<byte[]> Records(byte[] file)
    {
        int at = 0;
        while (file.Length - at >= 12)
        {
            byte[] head = file[at..(at + 8)];
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(head);
            Assert.Equal(Masked(head), BitConverter.ToUInt32(file, at + 8));
            if (file.Length - at < length + 16)
            {
                yield break;
            }

            byte[] data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(data), BitConverter.ToUInt32(file, at + 12 + length));
            yield return data;
            at += length + 16;
        }
    }

    // Event: 1 wall time, 2 step, 5 summary; Summary: 1 value; Value: 1 tag, 2 simple value.
    private static Scalar Parse(byte[] data)
    {
        List<Field> fields = [.. Fields(data)];
        List<Field> value = [.. Fields(Fields(fields.Single(field => field.Number == 5).Bytes).Single().Bytes)];
        return new Scalar(
            Encoding.UTF8.GetString(value.Single(field => field.Number == 1).Bytes),
            (int)fields.Single(field => field.Number == 2).Value,
            BitConverter.ToSingle(value.Single(field => field.Number == 2).Bytes),
            BitConverter.ToDouble(fields.Single(field => field.Number == 1).Bytes)
        );
    }

    private static IEnumerable<Field> Fields(byte[] data)
    {
        int at = 0;
        while (at < data.Length)
        {
            ulong key = Varint(data, ref at);
            int length = (key & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(data, ref at),
                5 => 4,
                _ => throw new InvalidDataException($"wire type {key & 7}"),
            };
            ulong value = (key & 7) == 0 ? Varint(data, ref at) : 0;
            yield return new Field((int)(key >> 3), value, data[at..(at + length)]);
            at += length;
        }
    }

    private static ulong Varint(byte[] data, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = data[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    // CRC-32C (Castagnoli), bit by bit, masked as TFRecord does.
    private static uint Masked(byte[] data)
    {
        uint crc = ~0u;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    /// <summary>A point of a curve.</summary>
    internal sealed record Scalar(string Tag, int Step, float Value, double WallTime);

    private sealed record Field(int Number, ulong Value, byte[] Bytes);
}
