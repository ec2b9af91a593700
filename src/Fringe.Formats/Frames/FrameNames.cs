using System.Numerics;
using System.Text.RegularExpressions;
using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Frames;

/// <summary>Finds and orders the frames of a series by the number in their names, frame2 before frame10.</summary>
internal static partial class FrameNames
{
    private const int NamedMissing = 5;
    private const string Packed = ".gz";
    private static readonly Kind[] Kinds = [new("TIFF", [".tif", ".tiff"]), new("EDF", [".edf"]), new("CBF", [".cbf"])];

    public static bool IsGlob(string path) =>
        Path.GetFileName(path).AsSpan().ContainsAny('*', '?') && !File.Exists(path) && !Directory.Exists(path);

    /// <summary>Full paths in natural order, with no number missing.</summary>
    /// <param name="path">A folder, or a glob with * and ? in its last part.</param>
    /// <exception cref="InputException">No frames, names that do not form one series, or a missing number.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        bool isFolder = Directory.Exists(path);
        string folder =
            isFolder ? path
            : Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent
            : ".";
        string pattern = isFolder ? "*" : Path.GetFileName(path);
        if (!Directory.Exists(folder))
        {
            throw InputException.ForFile(path, $"no such folder: {folder}; check the path");
        }

        List<string> files;
        try
        {
            files =
            [
                .. Directory.EnumerateFiles(
                    folder,
                    pattern,
                    new EnumerationOptions { MatchType = MatchType.Simple, AttributesToSkip = FileAttributes.Hidden }
                ),
            ];
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw InputException.ForFile(
                path,
                $"the folder cannot be read: {Streams.OneLine(error.Message)}",
                inner: error
            );
        }

        List<string> frames = OfOneKind(path, files);
        if (frames.Count == 0)
        {
            throw InputException.ForFile(
                path,
                $"{Found(files, isFolder)}; expected numbered frames (TIFF, EDF or CBF)"
            );
        }

        if (frames.Count == 1)
        {
            string name = Path.GetFileName(frames[0]);
            throw InputException.ForFile(
                path,
                $"holds only one {KindOf(name)} file; a rocking curve needs at least 2 frames. If {name} has them all, give that file instead of the folder"
            );
        }

        return Order(path, frames);
    }

    // What is there in place of frames.
    private static string Found(List<string> files, bool isFolder)
    {
        if (files.Count == 0)
        {
            return isFolder ? "the folder is empty" : "no file matches";
        }

        string most = files.GroupBy(Path.GetExtension).MaxBy(group => group.Count())!.Key!;
        string kind = most.Length == 0 ? "have no ending" : $"end in {most}";
        return $"no file ends in {string.Join(", ", Kinds.SelectMany(one => one.Suffixes))}, most {kind}; "
            + "convert frames of other formats, as with fabio in Python";
    }

    // Other files may lie beside a scan, a dark image of another format too; two scans may not.
    private static List<string> OfOneKind(string path, List<string> files)
    {
        List<IGrouping<string, string>> kinds =
        [
            .. files
                .Where(file => KindOf(file) is not null)
                .GroupBy(file => KindOf(file)!)
                .OrderByDescending(kind => kind.Count())
                .ThenBy(kind => kind.Key, StringComparer.Ordinal),
        ];
        if (kinds.Count > 1 && 2 * kinds[1].Count() >= kinds[0].Count())
        {
            string found = string.Join(" and ", kinds.Select(kind => $"{kind.Count()} {kind.Key} files"));
            throw InputException.ForFile(
                path,
                $"holds {found}; give a glob of one kind, such as scan/*{Suffix(kinds[0].First())}"
            );
        }

        return kinds.Count == 0 ? [] : [.. kinds[0]];
    }

    private static List<string> Order(string path, List<string> frames)
    {
        var parsed = frames.Select(frame => (Frame: frame, Parts: Numbers().Split(Stem(frame)))).ToList();

        // The common pattern is the one most names share: a stray dark.tif must not make all the others strange.
        string common = parsed.GroupBy(item => Pattern(item.Parts)).MaxBy(group => group.Count())!.Key;
        foreach ((string frame, string[] parts) in parsed)
        {
            if (Pattern(parts) != common)
            {
                throw InputException.ForFile(
                    path,
                    $"{Path.GetFileName(frame)} does not fit the names of the other frames; move it away or give a glob"
                );
            }
        }

        // Split keeps the captured digits at the odd places.
        List<int> varying =
        [
            .. Enumerable
                .Range(0, parsed[0].Parts.Length / 2)
                .Select(i => (2 * i) + 1)
                .Where(i => parsed.Select(item => BigInteger.Parse(item.Parts[i])).Distinct().Count() > 1),
        ];
        if (varying.Count != 1)
        {
            throw InputException.ForFile(
                path,
                varying.Count == 0
                    ? "the names of the frames carry no number that counts them; number them"
                    : "the names of the frames count in more than one place; give a glob that fixes all but one (one scan)"
            );
        }

        var numbered = parsed
            .Select(item => (item.Frame, item.Parts, Number: BigInteger.Parse(item.Parts[varying[0]])))
            .OrderBy(item => item.Number)
            .ToList();
        RequireComplete(path, [.. numbered.Select(item => (item.Frame, item.Number))], numbered[0].Parts, varying[0]);
        return [.. numbered.Select(item => item.Frame)];
    }

    private static void RequireComplete(
        string path,
        List<(string Frame, BigInteger Number)> numbered,
        string[] parts,
        int place
    )
    {
        // Some beamlines number every second or tenth: the smallest step counts.
        var steps = numbered.Zip(numbered.Skip(1), (a, b) => b.Number - a.Number).ToList();
        BigInteger step = steps.Min();
        if (step.IsZero)
        {
            int at = steps.IndexOf(step);
            throw InputException.ForFile(
                path,
                $"{Path.GetFileName(numbered[at].Frame)} and {Path.GetFileName(numbered[at + 1].Frame)} carry the same number"
            );
        }

        List<string> missing = [];
        BigInteger missingCount = 0;
        for (int i = 0; i + 1 < numbered.Count; i++)
        {
            BigInteger gap = numbered[i + 1].Number - numbered[i].Number;
            missingCount += ((gap + step - 1) / step) - 1;
            for (
                BigInteger n = numbered[i].Number + step;
                n < numbered[i + 1].Number && missing.Count < NamedMissing;
                n += step
            )
            {
                string digits = n.ToString().PadLeft(parts[place].Length, '0');
                string name = string.Concat(parts.Select((part, index) => index == place ? digits : part));
                missing.Add(name + Suffix(numbered[i].Frame));
            }
        }

        if (missingCount > 0)
        {
            string more = missingCount > missing.Count ? $" and {missingCount - missing.Count} more" : "";
            throw InputException.ForFile(
                path,
                $"{(missingCount == 1 ? "a frame is" : $"{missingCount} frames are")} missing in the numbering: "
                    + $"{string.Join(", ", missing)}{more}; copy them, or give a glob of a complete run"
            );
        }
    }

    // A frame may be packed by gzip.
    private static string? KindOf(string file)
    {
        string suffix = Suffix(file);
        suffix = suffix.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? suffix[..^Packed.Length] : suffix;
        return Kinds.FirstOrDefault(kind => kind.Suffixes.Contains(suffix, StringComparer.OrdinalIgnoreCase))?.Name;
    }

    // ".tif", or ".tif.gz".
    private static string Suffix(string file)
    {
        string last = Path.GetExtension(file);
        return last.Equals(Packed, StringComparison.OrdinalIgnoreCase)
            ? Path.GetExtension(file[..^last.Length]) + last
            : last;
    }

    private static string Stem(string file) => Path.GetFileName(file)[..^Suffix(file).Length];

    private static string Pattern(string[] parts) =>
        string.Join('\0', parts.Select((part, index) => index % 2 == 1 ? "#" : part));

    // Formats that detectors write frame by frame, by how their names end.
    private sealed record Kind(string Name, string[] Suffixes);

    [GeneratedRegex("([0-9]+)")]
    private static partial Regex Numbers();
}
