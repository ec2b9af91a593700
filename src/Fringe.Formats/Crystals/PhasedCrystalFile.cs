using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;
using Fringe.Formats.Writing;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Crystals;

/// <summary>
/// Crystals of measurements as HDF5: one dataset a property, first axis the crystal, so that <c>f["object"][i]</c> is crystal i. The
/// same crystals give the same bytes.
/// </summary>
public static class PhasedCrystalFile
{
    /// <summary>Name of the file in a set's folder.</summary>
    public const string Name = "phased-crystals.h5";

    /// <summary>Why a set cannot be phased.</summary>
    internal const string NoMeasurement =
        "holds phased crystals (made by fringe train dataset), not a measurement; give a diffraction pattern";

    private const string FormatAttribute = "format";
    private const string Format = "fringe-phased-crystals";
    private const string VersionAttribute = "format_version";
    private const int Version = 1;
    private const string Expected = "expected a set made by fringe train dataset";

    /// <summary>Where a folder's set stands; a file itself.</summary>
    public static string PathOf(string path) => Directory.Exists(path) ? Path.Combine(path, Name) : path;

    /// <summary>Whether a path leads to a set: a folder with one, or its file.</summary>
    public static bool IsSet(string path) => Path.GetFileName(PathOf(path)) == Name && File.Exists(PathOf(path));

    /// <summary>Whether an HDF5 file says that it holds phased crystals.</summary>
    internal static bool IsSet(NativeFile file) =>
        file.AttributeExists(FormatAttribute) && file.Attribute(FormatAttribute).Read<string>() == Format;

    /// <param name="path">Where to; an older file is replaced when the new one is whole.</param>
    /// <param name="set">What to write.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, PhasedCrystalSet set)
    {
        Hdf5Filters.EnsureRegistered();
        IReadOnlyList<PhasedCrystal> crystals = set.Crystals;
        uint[] chunk = [1, PhasedCrystal.Voxels, PhasedCrystal.Voxels, PhasedCrystal.Voxels];
        H5Dataset objects = new H5Dataset<Memory<Complex64>>(
            new ComplexMemory([.. crystals.SelectMany(crystal => crystal.Interleaved)]).Memory,
            chunks: chunk,
            fileDims: [(ulong)crystals.Count, PhasedCrystal.Voxels, PhasedCrystal.Voxels, PhasedCrystal.Voxels],
            datasetCreation: new H5DatasetCreation(Filters: [Hdf5Filters.Shuffle, Hdf5Filters.Deflate])
        );
        H5Dataset step = new(
            crystals.SelectMany(crystal => crystal.Step).ToArray(),
            fileDims: [(ulong)crystals.Count, 3]
        );
        H5File file = new()
        {
            ["object"] = Described(objects, "[crystal, z, y, x], |psi| about 1 inside, 0 outside; phase = -G.u"),
            ["source"] = Described(new(Texts(crystal => crystal.Source)), "file of the reconstruction"),
            ["data_sha256"] = Described(new(Texts(crystal => crystal.DataHash)), "of the measured stack"),
            ["phased_by"] = Described(new(Texts(crystal => crystal.ProgramVersion)), "version of fringe"),
            ["chi"] = Described(new(crystals.Select(crystal => crystal.Chi).ToArray()), "of the reconstruction"),
            ["split"] = Described(
                new(crystals.Select(crystal => (int)crystal.Split).ToArray()),
                "0 = train, 1 = validation"
            ),
            ["step"] = Described(step, "voxels of the reconstruction a voxel of the object, along z, y, x"),
        };
        file.Attributes[FormatAttribute] = Format;
        file.Attributes[VersionAttribute] = Version;
        file.Attributes["program_version"] = set.ProgramVersion;
        using AsideFile aside = new(path);
        aside.Write(stream => file.Write(stream));
        aside.Commit();

        string[] Texts(Func<PhasedCrystal, string> text) => [.. crystals.Select(text)];
    }

    /// <summary>Reads a set and the SHA-256 of its file, hexadecimal.</summary>
    /// <param name="path">Its folder or its file.</param>
    /// <exception cref="InputException">Missing, damaged, of another format or version, or with values that are no
    /// numbers.</exception>
    public static (PhasedCrystalSet Set, string Hash) Read(string path)
    {
        string name = PathOf(path);
        PhasedCrystalSet set = Hdf5Reading.Read(
            name,
            Expected,
            said => $"truncated or damaged HDF5 ({said}); make it again with fringe train dataset",
            file =>
            {
                RequireVersion(file, name);
                return new PhasedCrystalSet(file.Attribute("program_version").Read<string>(), Crystals(file, name));
            }
        );
        using FileStream stream = Streams.OpenRead(name);
        return (set, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>What <c>fringe inspect</c> tells of a set.</summary>
    /// <param name="file">One that <see cref="IsSet(NativeFile)"/> accepts.</param>
    internal static IEnumerable<MetadataItem> Metadata(NativeFile file)
    {
        CrystalSplit[] splits = [.. file.Dataset("split").Read<int[]>().Select(split => (CrystalSplit)split)];
        string[] sources = file.Dataset("source").Read<string[]>();
        double[] chi = file.Dataset("chi").Read<double[]>();
        return
        [
            CrystalMetadata.Count("crystals", splits.Length),
            CrystalMetadata.Count("for training", splits.Count(split => split == CrystalSplit.Train)),
            CrystalMetadata.Count("for validation", splits.Count(split => split == CrystalSplit.Validation)),
            new("program version", Streams.OneLine(file.Attribute("program_version").Read<string>()), null),
            .. sources.Zip(
                chi,
                (source, misfit) =>
                    new MetadataItem(
                        $"chi of {Streams.OneLine(source)}",
                        FormattableString.Invariant($"{misfit:G4}"),
                        null
                    )
            ),
        ];
    }

    private static void RequireVersion(NativeFile file, string path)
    {
        if (!IsSet(file))
        {
            throw InputException.ForFile(path, $"holds no phased crystals; {Expected}");
        }

        int version = file.Attribute(VersionAttribute).Read<int>();
        if (version != Version)
        {
            throw InputException.ForFile(
                path,
                $"has version {version} of the set's format; this program reads {Version}: make it again with fringe train dataset"
            );
        }
    }

    private static PhasedCrystal[] Crystals(NativeFile file, string path)
    {
        float[] pairs = MemoryMarshal.Cast<Complex64, float>(file.Dataset("object").Read<Complex64[]>()).ToArray();
        string[] sources = file.Dataset("source").Read<string[]>();
        string[] hashes = file.Dataset("data_sha256").Read<string[]>();
        string[] versions = file.Dataset("phased_by").Read<string[]>();
        double[] chi = file.Dataset("chi").Read<double[]>();
        int[] splits = file.Dataset("split").Read<int[]>();
        double[] step = file.Dataset("step").Read<double[]>();
        const int length = 2 * PhasedCrystal.Voxels * PhasedCrystal.Voxels * PhasedCrystal.Voxels;
        if (pairs.Length != sources.Length * length || pairs.Length == 0 || !pairs.All(float.IsFinite))
        {
            throw InputException.ForFile(
                path,
                "its objects are missing or hold values that are no numbers; make it again with fringe train dataset"
            );
        }

        return
        [
            .. sources.Select(
                (source, i) =>
                    new PhasedCrystal
                    {
                        Source = source,
                        DataHash = hashes[i],
                        ProgramVersion = versions[i],
                        Chi = chi[i],
                        Split = (CrystalSplit)splits[i],
                        Step = step[(3 * i)..(3 * (i + 1))],
                        Interleaved = pairs[(i * length)..((i + 1) * length)],
                    }
            ),
        ];
    }

    private static H5Dataset Described(H5Dataset dataset, string meaning)
    {
        dataset.Attributes["description"] = meaning;
        return dataset;
    }
}
