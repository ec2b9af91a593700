using System.IO.Compression;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Npy;

/// <summary>A .npz file: a zip archive of named NPY arrays, stored or deflated.</summary>
internal sealed class NpzSource : ArraySource
{
    // Deflate cannot shrink by more than this; a larger claim is a damaged or hostile directory.
    private const long MaximumDeflateRatio = 1040;

    private const string MaskName = "mask";
    private const int NamedEntries = 3;

    private readonly string path;
    private readonly Stream stream;
    private readonly ZipArchive archive;
    private readonly List<(string Name, ZipArchiveEntry Entry)> entries = [];
    private bool isLargest;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For descriptions and errors.</param>
    public NpzSource(Stream stream, string path)
    {
        this.path = path;
        this.stream = stream;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                {
                    entries.Add((entry.FullName[..^4], entry));
                }
            }
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Damaged(error, dataset: null);
        }

        if (entries.Count == 0)
        {
            throw InputException.ForFile(
                path,
                $"a zip archive without .npy arrays{Holding()}; unpack it, or save an NPZ file with numpy.savez"
            );
        }
    }

    public override FileDescription Describe()
    {
        List<ArrayDescription> arrays = [];
        foreach ((string name, ZipArchiveEntry entry) in entries)
        {
            NpyHeader header = Header(name, entry);
            bool packed = entry.CompressedLength != entry.Length;
            arrays.Add(NpyData.Describe(header, name, packed ? "deflate" : "none"));
        }

        return new FileDescription(path, "NPZ", arrays, []);
    }

    public override StoredArray Select(string? dataset, ArrayRole role)
    {
        (string name, ZipArchiveEntry entry) = dataset is null ? Choose(role) : Find(dataset);
        isLargest |= dataset is null && role == ArrayRole.Stack;
        NpyHeader header = Header(name, entry);
        StoredArray array = NpyData.Require(header, path, name);
        long length = Guard(name, () => entry.Length);
        if (length / MaximumDeflateRatio > Guard(name, () => entry.CompressedLength))
        {
            throw InputException.ForFile(path, "damaged NPZ: it claims more data than its bytes can hold", name);
        }

        NpyData.RequireBytes(path, array, length - header.HeaderBytes);
        return array;
    }

    /// <summary>A mask may lie beside the stack under one of the names that HDF5 files have, as numpy users and PyNX save it.</summary>
    public override ArrayCompanions CompanionsOf(StoredArray array)
    {
        if (ArrayNames.IsMask(array.Name))
        {
            return new ArrayCompanions();
        }

        IReadOnlyList<long> frames = Shapes.AsStack(array.Shape);
        string[] masks = [.. entries.Select(entry => entry.Name).Where(ArrayNames.IsMask)];
        StoredArray[] fitting =
        [
            .. masks
                .Select(name => Select(name, ArrayRole.Mask))
                .Where(mask => Shapes.OfFrames(mask.Shape, frames) is not null)
                .Select(mask => mask with { Shape = Shapes.OfFrames(mask.Shape, frames)! }),
        ];
        return new ArrayCompanions
        {
            Mask = TakenOf(fitting),
            PreparedOrigin = array.Name == NpzFile.Data && Has(NpzFile.FirstVoxel) ? ReadFirstVoxel() : null,
            Remarks = [.. Left(array), .. MaskRemarks(masks, fitting, frames), .. NumberedFile.Remarks(path)],
        };
    }

    // The only one, or the only one of a usual name.
    private static StoredArray? TakenOf(StoredArray[] fitting)
    {
        StoredArray[] usual = [.. fitting.Where(mask => ArrayNames.IsUsualMask(mask.Name))];
        return fitting is [var only] ? only
            : usual is [var named] ? named
            : Array.Find(usual, mask => mask.Name == MaskName);
    }

    private IEnumerable<string> Left(StoredArray array) =>
        isLargest ? CandidateChoice.LeftRemark(Candidates(ArrayRole.Stack), array.Name) : [];

    private IEnumerable<string> MaskRemarks(string[] masks, StoredArray[] fitting, IReadOnlyList<long> frames)
    {
        if (fitting.Length == 0)
        {
            foreach (string name in masks)
            {
                string misfit = Shapes.MaskMisfit(Select(name, ArrayRole.Mask).Shape, frames, $"{path}:{name}");
                yield return $"The file's mask {name} is not applied: {misfit}.";
            }
        }
        else if (fitting.Length > 1)
        {
            string taken = TakenOf(fitting) is { } mask ? $"{mask.Name} alone" : "none";
            yield return $"The file has {fitting.Length} masks that fit the frames ({string.Join(", ", fitting.Select(one => one.Name))}), and {taken} is applied: "
                + $"give another one as `Mask` {path}:{fitting[^1].Name}.";
        }
    }

    private bool Has(string name) => entries.Exists(entry => entry.Name == name);

    private int[]? ReadFirstVoxel()
    {
        StoredArray array = Select(NpzFile.FirstVoxel, ArrayRole.Flat);
        if (array.Shape is not [3])
        {
            return null;
        }

        float[] voxel = new float[3];
        Read(array, voxel, progress: null, CancellationToken.None);
        return [.. voxel.Select(index => (int)index)];
    }

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        ZipArchiveEntry entry = Find(array.Name).Entry;
        Guard(
            array.Name,
            () =>
            {
                using Stream stream = entry.Open();
                NpyHeader header = NpyHeader.Read(stream, path, array.Name);
                NpyData.Read(stream, header, array, destination, path, progress, cancellation);
                return true;
            }
        );
    }

    public override void Dispose()
    {
        archive.Dispose();
        stream.Dispose();
    }

    private string Holding()
    {
        string names = string.Join(", ", archive.Entries.Take(NamedEntries).Select(entry => entry.FullName));
        return names.Length == 0 ? "" : $" (it has {Streams.OneLine(names)})";
    }

    private (string Name, ZipArchiveEntry Entry) Find(string dataset)
    {
        foreach ((string Name, ZipArchiveEntry Entry) candidate in entries)
        {
            if (candidate.Name == dataset)
            {
                return candidate;
            }
        }

        string names = string.Join(", ", entries.Select(entry => entry.Name));
        throw InputException.ForFile(path, $"no such array; the file has: {names}", dataset);
    }

    private (string Name, ZipArchiveEntry Entry) Choose(ArrayRole role)
    {
        if (entries.Count == 1)
        {
            return entries[0];
        }

        return Find(CandidateChoice.Choose(path, Candidates(role), role).Name);
    }

    private List<Candidate> Candidates(ArrayRole role)
    {
        List<Candidate> candidates = [];
        foreach ((string name, ZipArchiveEntry entry) in entries)
        {
            // Of the shape of the frames, if it has one for each.
            if (role == ArrayRole.Stack && name == MaskName)
            {
                continue;
            }

            NpyHeader header = Header(name, entry);
            candidates.Add(
                new Candidate(name, Shapes.Squeezed(header.Shape), header.TypeName, header.Element is not null)
            );
        }

        return candidates;
    }

    private NpyHeader Header(string name, ZipArchiveEntry entry) =>
        Guard(
            name,
            () =>
            {
                using Stream stream = entry.Open();
                return NpyHeader.Read(stream, path, name);
            }
        );

    private T Guard<T>(string name, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Damaged(error, name);
        }
    }

    private static bool IsDamage(Exception error) =>
        error
            is InvalidDataException
                or IOException
                or NotSupportedException
                or ArgumentException
                or OverflowException
                or IndexOutOfRangeException;

    private InputException Damaged(Exception error, string? dataset) =>
        InputException.ForFile(
            path,
            $"truncated or damaged NPZ ({Streams.OneLine(error.Message)}); copy or save the file again",
            dataset,
            error
        );
}
