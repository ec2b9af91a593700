using System.Buffers.Binary;
using System.Text.Json;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Writing;

namespace Fringe.Formats.SafeTensors;

/// <summary>
/// Reads and writes safetensors, the format in which networks' weights are exchanged (https://github.com/huggingface/safetensors): 8 bytes
/// length of the header, a JSON header, the tensors one after another.
/// </summary>
public static class SafeTensorsFile
{
    private const string MetadataKey = "__metadata__";

    // The format's own limit.
    private const long LongestHeader = 100_000_000;

    /// <summary>Writes aside and renames.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, SafeTensorsContent content)
    {
        byte[] header = Header(content);
        using var aside = new AsideFile(path);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        aside.Write(length);
        aside.Write(header);
        foreach ((_, StoredTensor tensor) in InOrder(content))
        {
            aside.Write(tensor.Data);
        }

        aside.Commit();
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">Missing, damaged or of another format.</exception>
    public static SafeTensorsContent Read(string path)
    {
        using FileStream stream = Streams.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream that can tell its length.</summary>
    /// <param name="stream">At its beginning.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <exception cref="InputException">Damaged or of another format.</exception>
    public static SafeTensorsContent Read(Stream stream, string name)
    {
        try
        {
            byte[] length = new byte[8];
            stream.ReadExactly(length);
            long header = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (header is < 2 or > LongestHeader || header > stream.Length - 8)
            {
                throw InputException.ForFile(name, "is no safetensors file, or is damaged at its beginning");
            }

            byte[] text = new byte[header];
            stream.ReadExactly(text);
            using JsonDocument json = JsonDocument.Parse(text);
            return ReadContent(json.RootElement, stream, name);
        }
        catch (Exception error)
            when (error is EndOfStreamException or JsonException or InvalidOperationException or FormatException)
        {
            throw InputException.ForFile(
                name,
                "truncated or damaged safetensors file; get or make it again",
                inner: error
            );
        }
    }

    private static SafeTensorsContent ReadContent(JsonElement header, Stream stream, string name)
    {
        Dictionary<string, string> metadata = [];
        Dictionary<string, StoredTensor> tensors = [];
        long start = stream.Position;
        foreach (JsonProperty entry in header.EnumerateObject())
        {
            if (entry.Name == MetadataKey)
            {
                foreach (JsonProperty item in entry.Value.EnumerateObject())
                {
                    metadata[item.Name] = item.Value.GetString() ?? "";
                }

                continue;
            }

            if (
                !TryDescribe(
                    entry.Value,
                    stream.Length - start,
                    out string type,
                    out long[] shape,
                    out long from,
                    out int bytes
                )
            )
            {
                throw InputException.ForFile(
                    name,
                    "its header contradicts itself; get or make the file again",
                    entry.Name
                );
            }

            byte[] data = new byte[bytes];
            stream.Position = start + from;
            stream.ReadExactly(data);
            tensors[entry.Name] = new StoredTensor(type, shape, data);
        }

        return new SafeTensorsContent(metadata, tensors);
    }

    private static bool TryDescribe(
        JsonElement entry,
        long available,
        out string type,
        out long[] shape,
        out long from,
        out int bytes
    )
    {
        (type, shape, from, bytes) = ("", [], 0, 0);
        if (
            entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("dtype", out JsonElement dtype)
            || !entry.TryGetProperty("shape", out JsonElement axes)
            || !entry.TryGetProperty("data_offsets", out JsonElement offsets)
            || offsets.GetArrayLength() != 2
        )
        {
            return false;
        }

        type = dtype.GetString() ?? "";
        shape = [.. axes.EnumerateArray().Select(axis => axis.GetInt64())];
        from = offsets[0].GetInt64();
        long to = offsets[1].GetInt64();
        // A double: the product of absurd lengths must not wrap around.
        double wanted = shape.Aggregate((double)StoredTensor.SizeOf(type), (product, axis) => product * axis);
        bool good =
            wanted > 0
            && shape.All(axis => axis > 0)
            && from >= 0
            && to <= available
            && to - from == wanted
            && wanted <= int.MaxValue;
        bytes = good ? (int)wanted : 0;
        return good;
    }

    private static byte[] Header(SafeTensorsContent content)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in content.Metadata.OrderBy(item => item.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, StoredTensor tensor) in InOrder(content))
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type);
                json.WriteStartArray("shape");
                foreach (long axis in tensor.Shape)
                {
                    json.WriteNumberValue(axis);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += tensor.Data.Length;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The data start at a multiple of 8.
        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static IEnumerable<KeyValuePair<string, StoredTensor>> InOrder(SafeTensorsContent content) =>
        content.Tensors.OrderBy(item => item.Key, StringComparer.Ordinal);
}
