using System.Text;
using Fringe.Core;
using Fringe.Formats.SafeTensors;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.SafeTensors;

/// <summary>safetensors as Fringe and as Python reads it, and damaged ones.</summary>
public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_Tensors_ReadBack()
    {
        string file = Write();

        SafeTensorsContent read = SafeTensorsFile.Read(file);

        Assert.Equal("two lines\nand \"quotes\"", read.Metadata["note"]);
        Assert.Equal([2, 3], read.Tensors["b.weight"].Shape);
        Assert.Equal(Content().Tensors["b.weight"].Data, read.Tensors["b.weight"].Data);
        Assert.Equal(Content().Tensors["a"].Data, read.Tensors["a"].Data);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    // By the format's own description, with Python's standard library: the header is JSON, the data lie at their offsets.
    [Fact]
    public void Write_Tensors_PythonReadsThem()
    {
        string text = ExternalTool.RunPython(
            """
            import json, struct, sys
            data = open(sys.argv[1], 'rb').read()
            length = struct.unpack('<Q', data[:8])[0]
            header = json.loads(data[8:8 + length])
            start, end = header['b.weight']['data_offsets']
            values = struct.unpack('<6f', data[8 + length + start:8 + length + end])
            last = max(entry['data_offsets'][1] for name, entry in header.items() if name != '__metadata__')
            print(length % 8, header['a']['dtype'], header['b.weight']['shape'], values, len(data) - 8 - length - last)
            """,
            [Write()]
        );

        Assert.Equal("0 F16 [2, 3] (0.0, 0.5, 1.0, 1.5, 2.0, 2.5) 0", text);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(60)]
    [InlineData(-3)]
    public void Read_Truncated_NamesTheFile(int keep)
    {
        string file = Write();
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, keep < 0 ? bytes[..^-keep] : bytes[..keep]);

        InputException error = Assert.Throws<InputException>(() => SafeTensorsFile.Read(file));

        Assert.StartsWith(file, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9000000000000000000,9000000000000000000],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"X1","shape":[8],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""")]
    [InlineData("""{"a":[1,2]}""")]
    [InlineData("""{"a":""")]
    public void Read_HeaderThatContradictsItself_NamesTheFile(string header)
    {
        string file = folder.File("a.safetensors");
        File.WriteAllBytes(
            file,
            [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[8]]
        );

        Assert.StartsWith(file, Assert.Throws<InputException>(() => SafeTensorsFile.Read(file)).Message);
    }

    private static SafeTensorsContent Content() =>
        new(
            new Dictionary<string, string> { ["note"] = "two lines\nand \"quotes\"" },
            new Dictionary<string, StoredTensor>
            {
                ["b.weight"] = new(
                    "F32",
                    [2, 3],
                    [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes(0.5f * i))]
                ),
                ["a"] = new("F16", [1], BitConverter.GetBytes((Half)1.5)),
            }
        );

    private string Write()
    {
        string file = folder.File("weights.safetensors");
        SafeTensorsFile.Write(file, Content());
        return file;
    }
}
