using System.IO.Compression;
using Fringe.Core;
using Fringe.Formats.Writing;

namespace Fringe.Formats.Npy;

/// <summary>Writes NPZ files, as <c>numpy.savez_compressed</c> does and <c>numpy.load</c> opens.</summary>
public static class NpzFile
{
    /// <summary>The array of a prepared pattern: its photons.</summary>
    public const string Data = "data";

    /// <summary>The array of a prepared pattern that is not 0 where nothing was measured.</summary>
    public const string Mask = "mask";

    /// <summary>The array that shows a prepared pattern: place of its first voxel on the (binned) detector and in the rocking curve.</summary>
    public const string FirstVoxel = "first_voxel";

    // What zip files begin with: the same arrays give the same bytes.
    private static readonly DateTimeOffset Beginning = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a file.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="arrays">In the order to write, each with a name of its own.</param>
    /// <param name="cancellation">Looked at before every few megabytes.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<NpzArray> arrays, CancellationToken cancellation = default)
    {
        using var aside = new AsideFile(path);
        aside.Write(stream => WriteArchive(stream, arrays, cancellation), cancellation);
        aside.Commit();
    }

    private static void WriteArchive(Stream stream, IReadOnlyList<NpzArray> arrays, CancellationToken cancellation)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (NpzArray array in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry($"{array.Name}.npy", CompressionLevel.Fastest);
            entry.LastWriteTime = Beginning;
            using Stream content = entry.Open();
            using WatchedStream watched = new(content, cancellation);
            array.Write(watched);
        }
    }
}
