using System.Text;
using Fringe.Formats.Arrays;

namespace Fringe.Formats;

/// <summary>Names what cannot be read, and the way out: users know formats by name, not by bytes.</summary>
internal static class ForeignFormat
{
    private const string Readable = "expected NPY, NPZ, TIFF, EDF, CBF or HDF5 (.h5, .nxs, .cxi)";
    private const string ByFabio =
        "convert it with fabio in Python, numpy.save('scan.npy', numpy.stack([fabio.open(f).data for f in files])), or to TIFF";
    private const string AsSpec =
        "is a SPEC file, which has angles but no frames; give the frames, and this one as their SPEC file";
    private const string Picture = "is a picture, no measurement; give the detector's own frames";
    private const int ShownLetters = 40;

    // By the first bytes.
    private static readonly (string Start, string Problem)[] Starts =
    [
        ("FORMAT :", $"is a Bruker frame (.sfrm, .gfrm), which cannot be read; {ByFabio}"),
        ("{\nHEADER_BYTES", $"is an SMV image (.img of ADSC or Rigaku), which cannot be read; {ByFabio}"),
        ("\u00D2\x04\0\0", $"is a mar345 image, which cannot be read; {ByFabio}"),
        ("OD SAPPHIRE", $"is an Oxford Diffraction image (.img), which cannot be read; {ByFabio}"),
        ("ESPERANTO FORMAT", $"is a CrysAlis image (.esperanto), which cannot be read; {ByFabio}"),
        ("M\0\0\0A\0\0\0S\0\0\0K\0\0\0", $"is a mask of Fit2D (.msk), which cannot be read; {ByFabio}"),
        ("MQ1,", "is a Merlin file (.mib), which cannot be read; convert it with pyxem or LiberTEM in Python to NPY"),
        ("SIMPLE  =", "is a FITS file, which cannot be read; convert it with astropy in Python to NPY"),
        (
            "CDF",
            "is a NetCDF 3 file, which cannot be read; convert it with nccopy -k nc4 or xarray to NetCDF 4, which is HDF5"
        ),
        ("\x0E\x03\x13\x01", "is an HDF4 file, which cannot be read; convert it with h4toh5 to HDF5"),
        (
            "MATLAB 5.0 MAT",
            "is a MATLAB file of version 5, which cannot be read; save it with save(..., '-v7.3'), or with scipy.io.loadmat and numpy.save"
        ),
        ("#F ", AsSpec),
        ("#S ", AsSpec),
        ("\u0089PNG", Picture),
        ("\u00FF\u00D8\u00FF", Picture),
        ("GIF8", Picture),
        ("%PDF", "is a PDF document, no measurement"),
        ("BZh", "is packed by bzip2; unpack it with bunzip2"),
        ("\u00FD7zXZ", "is packed by xz; unpack it with unxz"),
        ("\u0028\u00B5\u002F\u00FD", "is packed by zstd; unpack it with unzstd"),
        ("7z\u00BC\u00AF", "is a 7-Zip archive; unpack it"),
        ("Rar!", "is a RAR archive; unpack it"),
        ("\x1F\u008B", "is packed by gzip twice; unpack it with gunzip"),
    ];

    // By the name, where nothing in the bytes tells.
    private static readonly (string Suffix, string Problem)[] Suffixes =
    [
        (".spe", $"looks like a Princeton Instruments file (.spe), which cannot be read; {ByFabio}"),
        (".mccd", $"looks like a MarCCD image (.mccd), but is damaged: it is no TIFF; {ByFabio}"),
        (".sfrm", $"looks like a Bruker frame (.sfrm), which cannot be read; {ByFabio}"),
        (".img", $"looks like a detector's image (.img), of which there are several formats; {ByFabio}"),
        (
            ".mat",
            "looks like a MATLAB file of an old version; save it with save(..., '-v7.3'), or with scipy.io.loadmat and numpy.save"
        ),
        (
            ".mib",
            "looks like a Merlin file (.mib), which cannot be read; convert it with pyxem or LiberTEM in Python to NPY"
        ),
        (".edf", "looks like an EDF file by its name, but has no EDF header; copy it again"),
        (".cbf", "looks like a CBF file by its name, but has no CBF header; copy it again"),
        (".h5", "looks like an HDF5 file by its name, but has no HDF5 header; copy it again"),
        (".nxs", "looks like an HDF5 file by its name, but has no HDF5 header; copy it again"),
        (".cxi", "looks like an HDF5 file by its name, but has no HDF5 header; copy it again"),
        (".tif", "looks like a TIFF file by its name, but has no TIFF header; copy it again"),
        (".tiff", "looks like a TIFF file by its name, but has no TIFF header; copy it again"),
        (".npy", "looks like an NPY file by its name, but has no NPY header; copy it again"),
        (".npz", "looks like an NPZ file by its name, but is no zip archive; copy it again"),
    ];

    // Pixels without a header: nobody can tell their shape.
    private static readonly string[] Headerless = [".raw", ".bin", ".dat"];

    /// <summary>One sentence: what the file is, if that can be told, and what to do.</summary>
    /// <param name="start">The first bytes of the file, some hundred.</param>
    /// <param name="path">Its name may tell where its bytes do not.</param>
    /// <param name="length">Bytes in the file.</param>
    public static string Explain(ReadOnlySpan<byte> start, string path, long length)
    {
        // A byte a letter.
        string text = Encoding.Latin1.GetString(start);
        string? known = Starts.FirstOrDefault(entry => text.StartsWith(entry.Start, StringComparison.Ordinal)).Problem;
        if (known is not null)
        {
            return known;
        }

        if (start is [0x80, >= 2 and <= 5, ..])
        {
            return "is a Python pickle, which cannot be read (it may hold a program); save the array with numpy.save";
        }

        if (IsText(text))
        {
            string line = Streams.OneLine(text.Trim());
            return line[0] switch
            {
                '{' or '[' => $"is JSON text, no measurement; {Readable}",
                '<' => $"is XML or HTML text, no measurement; {Readable}",
                _ =>
                    $"is text that begins '{line[..Math.Min(ShownLetters, line.Length)]}', of no known format; {Readable}",
            };
        }

        string suffix = Path.GetExtension(path);
        string? named = Suffixes
            .FirstOrDefault(entry => entry.Suffix.Equals(suffix, StringComparison.OrdinalIgnoreCase))
            .Problem;
        return named
            ?? (
                Headerless.Contains(suffix, StringComparer.OrdinalIgnoreCase)
                    ? $"{length} bytes without a known header, so that nothing tells their shape and type; read them with numpy.fromfile(...).reshape(...) in Python and save them with numpy.save"
                    : $"of no known format ({length} bytes, no text); {Readable}; other detectors' files: {ByFabio}"
            );
    }

    private static bool IsText(string text) =>
        text.Trim().Length > 0
        && text.All(letter => letter is >= ' ' and <= '~' or '\t' or '\r' or '\n' or >= '\u00A0');
}
