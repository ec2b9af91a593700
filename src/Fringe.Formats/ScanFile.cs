using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Fio;
using Fringe.Formats.Spec;

namespace Fringe.Formats;

/// <summary>What a file says of a rocking scan, whatever format it has: HDF5, SPEC, .fio, or JSON that a person wrote.</summary>
public static class ScanFile
{
    /// <summary>Reads a scan; the format is known by the file's content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scan">The scan's number in a SPEC or HDF5 file, or in the name of one that holds one scan; null where it holds one.</param>
    /// <param name="beamline">Whose motors are looked for.</param>
    /// <exception cref="InputException">
    /// Missing or damaged; no such scan (lists those there are), or several and none chosen; a number of a file that has but one scan.
    /// </exception>
    public static ScanRecord Read(string path, int? scan, BeamlineDefinition beamline)
    {
        if (Hdf5ScanFile.IsHdf5(path))
        {
            return Hdf5ScanFile.Read(path, scan, beamline);
        }

        if (IsSpec(path))
        {
            return SpecFile.Read(path, scan).Record;
        }

        // DESY's files have one scan each, and its number in their name.
        if (scan is { } number && !(FioFile.IsFio(path) && ScanNumbers.IsInName(path, number)))
        {
            throw InputException.ForFile(
                path,
                "`ScanNumber` chooses a scan of a SPEC or HDF5 file, and this is neither; leave it out"
            );
        }

        return FioFile.IsFio(path) ? FioFile.Read(path).Record : GeometryFile.Read(path);
    }

    // JSON cannot begin so.
    private static bool IsSpec(string path)
    {
        using FileStream stream = Streams.OpenRead(path);
        using StreamReader reader = new(stream);
        char[] start = new char[4096];
        int read = reader.ReadBlock(start, 0, start.Length);
        return start.AsSpan(0, read).TrimStart(" \t\r\n\0\uFEFF") is ['#', ..];
    }
}
