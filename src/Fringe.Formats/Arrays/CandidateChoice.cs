using Fringe.Core;

namespace Fringe.Formats.Arrays;

/// <summary>Picks the array to read where neither the user nor the file says which.</summary>
internal static class CandidateChoice
{
    private const int ListedNames = 12;

    /// <summary>The largest real array of the wanted rank; an error that lists what is there if two are equally large.</summary>
    /// <param name="path">For errors.</param>
    /// <param name="candidates">Every array of the file.</param>
    /// <param name="preferStack">3D wanted; otherwise 2D is preferred and 3D accepted.</param>
    public static Candidate Choose(string path, IReadOnlyList<Candidate> candidates, bool preferStack)
    {
        List<Candidate> fitting = [.. candidates.Where(candidate => candidate.IsReal && candidate.Shape.Count == 3)];
        if (!preferStack && candidates.Any(candidate => candidate.IsReal && candidate.Shape.Count == 2))
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

            string wanted = preferStack ? "3D array of real numbers" : "image of real numbers";
            throw InputException.ForFile(path, $"no {wanted} in it; the file has: {List(candidates)}");
        }

        long largest = fitting.Max(candidate => Shapes.Count(candidate.Shape));
        List<Candidate> best = [.. fitting.Where(candidate => Shapes.Count(candidate.Shape) == largest)];
        if (best.Count > 1)
        {
            throw InputException.ForFile(path, $"several arrays fit, choose one with `Dataset`: {List(best)}");
        }

        return best[0];
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
}
