using Fringe.Core;
using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>Opens an HDF5 file for as long as something is read from it.</summary>
internal static class Hdf5Reading
{
    /// <summary>The bytes that honest work between two refills of a <see cref="BudgetedStream"/> stays below.</summary>
    public static long BudgetBytes(Stream stream) => Math.Max(1L << 30, 4 * stream.Length);

    /// <summary>Reads a file; whatever a damaged one makes a parser do ends in one clear line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What to say of a file that is no HDF5: "expected ...".</param>
    /// <param name="damaged">What to say of a damaged one, given what the parser said.</param>
    /// <param name="read">Reads what is wanted.</param>
    /// <exception cref="InputException">Missing, no HDF5 or damaged.</exception>
    public static T Read<T>(string path, string expected, Func<string, string> damaged, Func<NativeFile, T> read) =>
        Open(
            path,
            expected,
            damaged,
            stream =>
            {
                Hdf5Superblock.RequireComplete(stream, path);
                Hdf5Filters.EnsureRegistered();
                using NativeFile file = H5File.Open(stream, leaveOpen: true);
                return read(file);
            }
        );

    /// <summary>Does with a file's bytes what is wanted; whatever a damaged one makes a parser do ends in one clear line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What to say of a file that is no HDF5: "expected ...".</param>
    /// <param name="damaged">What to say of a damaged one, given what the parser said.</param>
    /// <param name="read">Gets a stream that it may dispose.</param>
    /// <exception cref="InputException">Missing, no HDF5 or damaged.</exception>
    public static T Open<T>(string path, string expected, Func<string, string> damaged, Func<FileStream, T> read)
    {
        using FileStream stream = Streams.OpenRead(path);
        if (!Hdf5Superblock.IsPresent(stream))
        {
            throw InputException.ForFile(path, $"is no HDF5 file; {expected}");
        }

        try
        {
            return read(stream);
        }
        catch (Exception error) when (error is not InputException)
        {
            // A parser that meets damage fails in many ways: all mean the same to the reader.
            string reason = Streams.OneLine(error.GetBaseException().Message);
            throw InputException.ForFile(path, damaged(reason), inner: error);
        }
    }
}
