using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>Picks the array to read where neither the user nor the file says which.</summary>
internal static class CandidateChoice
{
    private const int ListedNames = 12;

    /// <summary>
    /// The largest real array of the wanted rank; an error that lists what is there if two are equally large, or for a stack if another has frames of equal size: half
    /// of a scan, or another scan.
    /// </summary>
    /// <param name="path">For errors.</param>
    /// <param name="candidates">Every array of the file.</param>
    /// <param name="role">A stack wants 3D; for an image 2D is preferred and 3D accepted.</param>
    public static Candidate Choose(string path, IReadOnlyList<Candidate> candidates, ArrayRole role)
    {
        if (ByName(candidates, role) is { } named)
        {
            return named;
        }

        bool isStack = role == ArrayRole.Stack;
        List<Candidate> fitting = [.. candidates.Where(candidate => candidate.IsReal && candidate.Shape.Count == 3)];
        if (!isStack && candidates.Any(candidate => candidate.IsReal && candidate.Shape.Count == 2))
        {
            fitting = [.. candidates.Where(candidate => candidate.IsReal && candidate.Shape.Count == 2)];
        }

        // Unless nothing else is there, what is called a mask is none of the measurements.
        if (isStack && fitting.Exists(candidate => !ArrayNames.IsNoMeasurement(candidate.Name)))
        {
            fitting.RemoveAll(candidate => ArrayNames.IsNoMeasurement(candidate.Name));
        }

        if (fitting.Count == 0)
        {
            // A single array is worth its own message about what is wrong with it.
            List<Candidate> large = [.. candidates.Where(candidate => candidate.Shape.Count >= 2)];
            if (large.Count == 1)
            {
                return large[0];
            }

            string wanted = isStack ? "3D array of real numbers" : "image of real numbers";
            throw InputException.ForFile(
                path,
                $"no {wanted} in it; the file has: {List(candidates)}{SingleImages(candidates, isStack)}"
            );
        }

        long largest = fitting.Max(candidate => Shapes.Count(candidate.Shape));
        List<Candidate> best = [.. fitting.Where(candidate => Shapes.Count(candidate.Shape) == largest)];
        if (isStack)
        {
            best.AddRange(fitting.Except(best).Where(candidate => IsRival(candidate, best[0])));
        }

        if (best.Count > 1)
        {
            string how = isStack ? "`Dataset`" : $"its name after a colon, as in {path}:{best[0].Name}";
            throw InputException.ForFile(path, $"several arrays fit, choose one with {how}: {List(best)}");
        }

        return best[0];
    }

    /// <summary>What a user should know of the stacks that were not taken, one sentence; none where there is no other.</summary>
    /// <param name="candidates">Every array of the file, or of the part that was looked through.</param>
    /// <param name="taken">The name of the stack that is read.</param>
    /// <param name="because">Why it is: "the largest".</param>
    public static IEnumerable<string> LeftRemark(
        IReadOnlyList<Candidate> candidates,
        string taken,
        string because = "the largest"
    )
    {
        Candidate[] left =
        [
            .. candidates.Where(candidate =>
                candidate.Name != taken
                && candidate.IsReal
                && candidate.Shape is [> 1, > 1, > 1]
                && !ArrayNames.IsMask(candidate.Name)
            ),
        ];
        if (left.Length > 0)
        {
            yield return $"{taken} is read, {because} of {left.Length + 1} stacks of frames. Not read: {List(left)}; `Dataset` chooses another.";
        }
    }

    // Two scans, or two parts of one; an image a frame in datasets of their own are often something else.
    private static bool IsRival(Candidate candidate, Candidate best) =>
        candidate.Shape[0] > 1
        && !candidate.IsOneAFrame
        && !best.IsOneAFrame
        && candidate.Shape.Skip(1).SequenceEqual(best.Shape.Skip(1));

    /// <summary>The one image whose name, or type, says that it is for that role; null where none does, or several do.</summary>
    /// <param name="candidates">Every array of the file.</param>
    /// <param name="role">What it is wanted for.</param>
    public static Candidate? ByName(IReadOnlyList<Candidate> candidates, ArrayRole role)
    {
        string[] words = role switch
        {
            ArrayRole.Mask => ["mask"],
            ArrayRole.Flat => ["flat", "white"],
            ArrayRole.Dark => ["dark", "background"],
            _ => [],
        };
        Candidate[] images = [.. candidates.Where(candidate => candidate.IsReal && candidate.Shape.Count is 2 or 3)];
        Candidate[] named = [.. images.Where(candidate => words.Any(word => Says(candidate, word)))];
        if (role == ArrayRole.Mask)
        {
            // Bad pixels' before good ones'.
            named = [.. images.Where(candidate => ArrayNames.IsMask(candidate.Name) || named.Contains(candidate))];
            named = named.Any(IsOfBad) ? [.. named.Where(IsOfBad)] : named;
        }

        if (named.Length == 0 && role == ArrayRole.Mask)
        {
            named = [.. images.Where(candidate => candidate.TypeName == "bool")];
        }

        return named is [var only] ? only : null;
    }

    /// <summary>"/a (2 x 3, uint16), /b (4, float32)"; long lists are cut.</summary>
    public static string List(IReadOnlyList<Candidate> candidates)
    {
        if (candidates.Count == 0)
        {
            return "no arrays";
        }

        IEnumerable<string> names = candidates
            .Take(ListedNames)
            .Select(candidate => $"{candidate.Name} ({Shapes.Text(candidate.Shape)}, {candidate.TypeName})");
        string list = Streams.OneLine(string.Join(", ", names));
        int more = candidates.Count - ListedNames;
        return more > 0 ? $"{list} and {more} more" : list;
    }

    // Frames without numbers that would order them.
    private static string SingleImages(IReadOnlyList<Candidate> candidates, bool isStack)
    {
        Candidate[] images =
        [
            .. candidates
                .Where(candidate => candidate.IsReal && candidate.Shape is [> 1, > 1])
                .GroupBy(candidate => Shapes.Text(candidate.Shape))
                .MaxBy(group => group.Count())
                ?? Enumerable.Empty<Candidate>(),
        ];
        // The arrays of a MATLAB cell lie in this group, under names that say no order.
        string matlab = images.Any(image => image.Name.StartsWith("/#refs#/", StringComparison.Ordinal))
            ? ", in MATLAB with cat(3, c{:})"
            : "";
        return isStack && images.Length > 1
            ? $"; {images.Length} of them are single images of {Shapes.Text(images[0].Shape)} in no known order: save them as one 3D array{matlab}"
            : "";
    }

    private static bool IsOfBad(Candidate candidate) => !ArrayNames.IsOfGoodPixels(candidate.Name);

    private static bool Says(Candidate candidate, string word) =>
        candidate.Name[(candidate.Name.LastIndexOf('/') + 1)..].Contains(word, StringComparison.OrdinalIgnoreCase);
}
