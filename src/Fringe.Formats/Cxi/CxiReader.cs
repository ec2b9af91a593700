using System.Runtime.InteropServices;
using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Cxi;

/// <summary>Reads the reconstructions that <see cref="CxiFile"/> wrote.</summary>
public static class CxiReader
{
    /// <summary>Name of the file in a result's folder.</summary>
    public const string ResultName = "reconstruction.cxi";

    private const string Image = "/entry_1/image_1/";
    private const string Process = Image + "process_1/";

    /// <summary>Reads a result.</summary>
    /// <param name="path">A folder that <c>fringe phase</c> wrote, or the CXI file in it.</param>
    /// <exception cref="InputException">No result there, a damaged one, one without a support, or with values that are no
    /// numbers.</exception>
    public static PhasedResult ReadResult(string path)
    {
        string file = Directory.Exists(path) ? System.IO.Path.Combine(path, ResultName) : path;
        if (!File.Exists(file))
        {
            throw InputException.ForFile(
                path,
                Directory.Exists(path)
                    ? $"holds no result of fringe phase ({ResultName})"
                    : "no such file or folder; expected a result of fringe phase"
            );
        }

        return Hdf5Reading.Read(
            file,
            $"expected {ResultName} of fringe phase",
            said => $"no result of fringe phase, or a damaged one ({said})",
            opened => Read(opened, file)
        );
    }

    private static PhasedResult Read(NativeFile file, string path)
    {
        NativeDataset data = (NativeDataset)file.Dataset(Image + "data");
        long[] shape = [.. Hdf5Values.Shape(data)];
        if (shape.Length != 3 || Shapes.Bytes(shape, 2 * sizeof(float)) > int.MaxValue)
        {
            throw InputException.ForFile(path, "expected a volume of three axes, 2 GB at most", Image + "data");
        }

        if (!file.LinkExists(Image + "support"))
        {
            throw InputException.ForFile(path, "holds no support; phase it again with fringe phase");
        }

        Complex64[] values = data.Read<Complex64[]>();
        ComplexVolume image = new(
            MemoryMarshal.Cast<Complex64, float>(values).ToArray(),
            (int)shape[0],
            (int)shape[1],
            (int)shape[2]
        );
        if (!image.Interleaved.All(float.IsFinite))
        {
            throw InputException.ForFile(path, "the object holds values that are no numbers; phase it again");
        }

        bool[] support = [.. file.Dataset(Image + "support").Read<byte[]>().Select(value => value != 0)];
        if (support.Length != values.Length || !support.Contains(true))
        {
            throw InputException.ForFile(path, "its support is empty or does not fit the object; phase it again");
        }

        return new PhasedResult(
            path,
            image,
            support,
            file.Dataset(Process + "results/chi").Read<double>(),
            file.Dataset(Process + "configuration/data_sha256").Read<string>(),
            file.Dataset(Process + "version").Read<string>()
        );
    }
}
