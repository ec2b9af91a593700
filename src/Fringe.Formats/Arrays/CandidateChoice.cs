using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>Picks the array to read where neither the user nor the file says which.</summary>
internal static class CandidateChoice
{
    private const int ListedNames = 12;

    /// <summary>The largest real array of the wanted rank; an error that lists what is there if two are equally large.</summary>
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

        if (fitting.Count == 0)
        {
            // A single array is worth its own message about what is wrong with it.
            List<Candidate> large = [.. candidates.Where(candidate => candidate.Shape.Count >= 2)];
            if (large.Count == 1)
            {
                return large[0];
            }

            string wanted = isStack ? "3D array of real numbers" : "image of real numbers";
            throw InputException.ForFile(path, $"no {wanted} in it; the file has: {List(candidates)}");
        }

        long largest = fitting.Max(candidate => Shapes.Count(candidate.Shape));
        List<Candidate> best = [.. fitting.Where(candidate => Shapes.Count(candidate.Shape) == largest)];
        if (best.Count > 1)
        {
            string how = isStack ? "`Dataset`" : $"its name after a colon, as in {path}:{best[0].Name}";
            throw InputException.ForFile(path, $"several arrays fit, choose one with {how}: {List(best)}");
        }

        return best[0];
    }

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

    private static bool Says(Candidate candidate, string word) =>
        candidate.Name[(candidate.Name.LastIndexOf('/') + 1)..].Contains(word, StringComparison.OrdinalIgnoreCase);
}
