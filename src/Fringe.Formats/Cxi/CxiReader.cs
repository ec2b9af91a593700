using System.Globalization;
using System.Runtime.InteropServices;
using Fringe.Core;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Hdf5;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Cxi;

/// <summary>Reads the reconstructions that <see cref="CxiFile"/> wrote.</summary>
public static class CxiReader
{
    /// <summary>Name of the file in a result's folder.</summary>
    public const string ResultName = "reconstruction.cxi";

    private const string Entry = "/entry_1/";
    private const string Image = Entry + "image_1/";
    private const string CrystalImage = Entry + "image_2/";
    private const string Process = Image + "process_1/";

    /// <summary>Reads what training needs of a result.</summary>
    /// <param name="path">A folder that <c>fringe phase</c> wrote, or the CXI file in it.</param>
    /// <exception cref="InputException">No result there, a damaged one, one without a support, or with values that are no
    /// numbers.</exception>
    public static PhasedResult ReadResult(string path) =>
        Open(
            path,
            (file, name) =>
            {
                (ComplexVolume image, bool[] support) = ReadObject(file, name);
                return new PhasedResult(
                    name,
                    image,
                    support,
                    file.Dataset(Process + "results/chi").Read<double>(),
                    Text(file, Process + "configuration/data_sha256"),
                    Text(file, Process + "version")
                );
            }
        );

    /// <summary>Reads all that was written. Lengths and energies, which a CXI file has in other units, may differ in the last digit.</summary>
    /// <param name="path">A folder that <c>fringe phase</c> wrote, or the CXI file in it.</param>
    /// <exception cref="InputException">No result there, a damaged one, one without a support, or with values that are no
    /// numbers.</exception>
    public static CxiReconstruction Read(string path) => Open(path, ReadAll);

    private static T Open<T>(string path, Func<NativeFile, string, T> read)
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
            opened => read(opened, file)
        );
    }

    private static CxiReconstruction ReadAll(NativeFile file, string path)
    {
        (ComplexVolume image, bool[] support) = ReadObject(file, path);
        const string detector = Entry + "instrument_1/detector_1/";
        return new CxiReconstruction(
            image,
            support,
            Text(file, Process + "program"),
            Text(file, Process + "version"),
            Text(file, Process + "command"),
            DateTimeOffset.Parse(Text(file, Process + "date"), CultureInfo.InvariantCulture)
        )
        {
            Title = Text(file, Entry + "title"),
            EnergyElectronvolts =
                Number(file, Entry + "instrument_1/beam_1/incident_energy") / PhotonEnergy.JoulesPerElectronvolt,
            DetectorDistanceMetres = Number(file, detector + "distance"),
            PixelSizeXMetres = Number(file, detector + "x_pixel_size"),
            PixelSizeYMetres = Number(file, detector + "y_pixel_size"),
            Configuration = Values(file, Process + "configuration"),
            Results = Values(file, Process + "results"),
            Uncertainty = ReadUncertainty(file, path, Image, image),
            Crystal = file.LinkExists(CrystalImage.TrimEnd('/')) ? ReadCrystal(file, path) : null,
        };
    }

    private static (ComplexVolume Image, bool[] Support) ReadObject(NativeFile file, string path)
    {
        ComplexVolume image = ReadImage(file, path, Image);
        if (!file.LinkExists(Image + "support"))
        {
            throw InputException.ForFile(path, "holds no support; phase it again with fringe phase");
        }

        bool[] support = [.. file.Dataset(Image + "support").Read<byte[]>().Select(value => value != 0)];
        return 2 * support.Length == image.Interleaved.Length && support.Contains(true)
            ? (image, support)
            : throw InputException.ForFile(path, "its support is empty or does not fit the object; phase it again");
    }

    private static CxiCrystal ReadCrystal(NativeFile file, string path)
    {
        const string geometry = CrystalImage + "geometry/";
        ComplexVolume image = ReadImage(file, path, CrystalImage);
        double[] q = file.Dataset(geometry + "scattering_vector").Read<double[]>();
        return new CxiCrystal
        {
            Beamline = Text(file, CrystalImage + "beamline"),
            ReciprocalSteps = Matrix("reciprocal_steps").Scaled(1e-9),
            DirectSteps = Matrix("direct_steps").Scaled(1e9),
            ScatteringVector = 1e-9 * new Vector3D(q[0], q[1], q[2]),
            Frame = Text(file, CrystalImage + "frame"),
            FromLaboratory = Matrix("from_laboratory"),
            VoxelNanometres = 1e9 * file.Dataset(CrystalImage + "voxel_size").Read<double[]>()[0],
            Image = image,
            Support = Flags("support"),
            Inside = Flags("crystal"),
            DisplacementNanometres = Volume(file, path, CrystalImage + "displacement", image),
            Strain = Volume(file, path, CrystalImage + "strain", image),
            Uncertainty = ReadUncertainty(file, path, CrystalImage, image),
        };

        Matrix3 Matrix(string name)
        {
            double[,] elements = file.Dataset(geometry + name).Read<double[,]>();
            return Matrix3.FromRows([.. elements.Cast<double>()]);
        }

        bool[] Flags(string name)
        {
            bool[] flags = [.. file.Dataset(CrystalImage + name).Read<byte[]>().Select(value => value != 0)];
            return 2 * flags.Length == image.Interleaved.Length ? flags : throw Unfit(path, CrystalImage + name);
        }
    }

    private static ComplexVolume ReadImage(NativeFile file, string path, string group)
    {
        NativeDataset data = (NativeDataset)file.Dataset(group + "data");
        long[] shape = [.. Hdf5Values.Shape(data)];
        if (shape.Length != 3 || Shapes.Bytes(shape, 2 * sizeof(float)) > int.MaxValue)
        {
            throw InputException.ForFile(path, "expected a volume of three axes, 2 GB at most", group + "data");
        }

        Complex64[] values = data.Read<Complex64[]>();
        ComplexVolume image = new(
            MemoryMarshal.Cast<Complex64, float>(values).ToArray(),
            (int)shape[0],
            (int)shape[1],
            (int)shape[2]
        );
        return image.Interleaved.All(float.IsFinite)
            ? image
            : throw InputException.ForFile(path, "the object holds values that are no numbers; phase it again");
    }

    private static CxiUncertainty? ReadUncertainty(NativeFile file, string path, string group, ComplexVolume image)
    {
        return file.LinkExists(group + "amplitude_uncertainty")
            ? new CxiUncertainty
            {
                Amplitude = Of("amplitude")!,
                PhaseRadians = Of("phase")!,
                DisplacementNanometres = Of("displacement"),
                Strain = Of("strain"),
            }
            : null;

        RealVolume? Of(string name)
        {
            string dataset = $"{group}{name}_uncertainty";
            bool isOptional = name is "displacement" or "strain";
            return isOptional && !file.LinkExists(dataset) ? null : Volume(file, path, dataset, image);
        }
    }

    private static RealVolume Volume(NativeFile file, string path, string dataset, ComplexVolume image)
    {
        NativeDataset data = (NativeDataset)file.Dataset(dataset);
        return Hdf5Values.Shape(data).SequenceEqual([image.Depth, image.Height, image.Width])
            ? new RealVolume(data.Read<float[]>(), image.Depth, image.Height, image.Width)
            : throw Unfit(path, dataset);
    }

    private static InputException Unfit(string path, string dataset) =>
        InputException.ForFile(path, "has another shape than the object; phase it again", dataset);

    private static CxiValue[] Values(NativeFile file, string group) =>
        [
            .. file.Group(group)
                .Children()
                .OfType<NativeDataset>()
                .Select(dataset =>
                    dataset.Type.Class switch
                    {
                        H5DataTypeClass.FixedPoint => CxiValue.Of(dataset.Name, dataset.Read<long>(), Unit(dataset)),
                        H5DataTypeClass.FloatingPoint => CxiValue.Of(
                            dataset.Name,
                            dataset.Read<double>(),
                            Unit(dataset)
                        ),
                        _ => CxiValue.Of(dataset.Name, dataset.Read<string>()),
                    }
                ),
        ];

    private static string? Unit(NativeDataset dataset) => Hdf5Values.Text(dataset, "units");

    private static string Text(NativeFile file, string dataset) => file.Dataset(dataset).Read<string>();

    private static double? Number(NativeFile file, string dataset) =>
        file.LinkExists(dataset) ? file.Dataset(dataset).Read<double>() : null;
}
