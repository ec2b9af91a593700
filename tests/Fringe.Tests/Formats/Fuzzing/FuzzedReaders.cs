using System.Text;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Fio;
using Fringe.Formats.Spec;

namespace Fringe.Tests.Formats.Fuzzing;

/// <summary>The readers of what users give, each with the fixtures that it reads.</summary>
/// <param name="fixtures">Folder of the fixtures.</param>
/// <param name="scratch">File to write for what is read by its path alone; the caller deletes it.</param>
internal sealed class FuzzedReaders(string fixtures, string scratch)
{
    private const string Damaged = "damaged";
    private static readonly ReadOptions Options = new() { MemoryLimitBytes = 64 << 20 };

    // As docs/geometry.md shows one.
    private const string Geometry = """
        { // written by hand
          "angles_deg": {"Theta": [-0.28, 0.72], "Chi": 90, "Phi": -5, "Delta": 32.174, "Gamma": 12.6346},
          "points": 201, "energy_kev": 9, "distance_m": 0.5, "pixel_um": 55, "direct_beam": [120, 30],
        }
        """;

    public static IReadOnlyList<string> Names =>
        ["NPY", "NPZ", "TIFF", "EDF", "CBF", "HDF5", "mask", "SPEC", "fio", "scan", "beamline", "geometry"];

    /// <summary>A reader by its name.</summary>
    public FuzzedReader Find(string name) =>
        name switch
        {
            "NPY" => new(
                name,
                128,
                Files("big-endian.npy", "fortran.npy", "float16.npy", "int64.npy", "bool.npy"),
                ReadStackAndImage
            ),
            "NPZ" => new(name, 400, Files("named.npz", "two-equal.npz"), ReadStackAndImage),
            "TIFF" => new(
                name,
                300,
                Files(
                    "pages-uint16.tif",
                    "pages-big-endian.tif",
                    "pages-bigtiff.tif",
                    "pages-deflate.tif",
                    "pages-lzw.tif",
                    "pages-tiled.tif",
                    "pages-float32.tif",
                    "one-page-imagej.tif"
                ),
                ReadStackAndImage
            ),
            "EDF" => new(name, 512, Files("fabio.edf", "fabio.edf.gz"), ReadStackAndImage),
            // The checksum would keep all damage from the unpacking.
            "CBF" => new(name, 700, [.. Files("fabio.cbf"), WithoutChecksum(File("fabio.cbf"))], ReadImage),
            "HDF5" => new(
                name,
                4000,
                Files(
                    "gzip-shuffle.h5",
                    "lz4-uint16.h5",
                    "bitshuffle-lz4-uint32.h5",
                    "bitshuffle-uint16.h5",
                    "nexus.nxs",
                    "input.cxi",
                    "chunk-beyond.h5",
                    "fletcher32.h5",
                    "several.h5",
                    "virtual.h5"
                ),
                ReadStackAndImage
            ),
            "mask" => new(
                name,
                600,
                Files("bool.npy", "named.npz", "pages-uint16.tif", "fabio.edf", "fabio.cbf", "fletcher32.h5"),
                ReadImage
            ),
            "SPEC" => new(
                name,
                400,
                Files("scans.spec"),
                (content, _) => SpecFile.Read(new MemoryStream(content), Damaged, 2)
            ),
            "fio" => new(
                name,
                400,
                Files("p10.fio"),
                (content, _) =>
                    RockingScan.From(
                        BeamlineLibrary.Find("P10"),
                        FioFile.Read(new MemoryStream(content), Damaged).Record,
                        new()
                    )
            ),
            "scan" => new(name, 4000, Files("bliss.h5"), ReadScan),
            "beamline" => new(
                name,
                200,
                [Definition()],
                (content, _) => BeamlineFile.Read(new MemoryStream(content), Damaged)
            ),
            "geometry" => new(
                name,
                200,
                [Encoding.UTF8.GetBytes(Geometry)],
                (content, _) =>
                {
                    System.IO.File.WriteAllBytes(scratch, content);
                    GeometryFile.Read(scratch);
                }
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such reader"),
        };

    private void ReadScan(byte[] content, CancellationToken cancellation)
    {
        System.IO.File.WriteAllBytes(scratch, content);
        BeamlineDefinition beamline = BeamlineLibrary.Find("ID01");
        RockingScan.From(beamline, ScanFile.Read(scratch, null, beamline), new());
    }

    private static void ReadStackAndImage(byte[] content, CancellationToken cancellation)
    {
        using (ArraySource source = SourceOpener.Open(new MemoryStream(content), Damaged))
        {
            SourceReading.ReadStack(source, Damaged, Options, cancellation);
        }

        ReadImage(content, cancellation);
    }

    private static void ReadImage(byte[] content, CancellationToken cancellation)
    {
        using ArraySource source = SourceOpener.Open(new MemoryStream(content), Damaged);
        source.Describe();
        SourceReading.ReadImage(source, Damaged, Options, ArrayRole.Mask, cancellation);
    }

    private static byte[] WithoutChecksum(byte[] cbf) =>
        Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(cbf).Replace("Content-MD5", "Content-Old", StringComparison.Ordinal)
        );

    private static byte[] Definition()
    {
        using Stream resource = typeof(BeamlineLibrary).Assembly.GetManifestResourceStream("Beamlines.34-ID-C.json")!;
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }

    private byte[][] Files(params string[] names) => [.. names.Select(File)];

    private byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(fixtures, name));
}
