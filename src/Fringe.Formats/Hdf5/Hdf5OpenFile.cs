using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>One open HDF5 file, behind a stream that runs out of budget.</summary>
internal sealed class Hdf5OpenFile : IDisposable
{
    // A damaged file may walk in circles; honest work between two refills stays far below these.
    private const long BaseBudgetCalls = 50_000;
    private const long MaximumBudgetCalls = 2_000_000;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For errors and files that links lead to.</param>
    public Hdf5OpenFile(Stream stream, string path)
    {
        Path = path;
        Hdf5Filters.EnsureRegistered();
        IsJulia = Hdf5Superblock.UserBlock(stream, path).Contains("Julia", StringComparison.Ordinal);
        long calls = Math.Min(BaseBudgetCalls + (4 * stream.Length), MaximumBudgetCalls);
        Stream = new BudgetedStream(stream, calls, Hdf5Reading.BudgetBytes(stream));
        try
        {
            Hdf5Superblock.RequireComplete(stream, path);
            File = H5File.Open(Stream, leaveOpen: true);
        }
        catch
        {
            Stream.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>Its first bytes say that Julia wrote it (JLD, JLD2).</summary>
    public bool IsJulia { get; }

    public BudgetedStream Stream { get; }

    public NativeFile File { get; }

    public void Dispose()
    {
        File.Dispose();
        Stream.Dispose();
    }
}
