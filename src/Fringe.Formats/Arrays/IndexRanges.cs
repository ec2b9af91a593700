namespace Fringe.Formats.Arrays;

/// <summary>Whole numbers as ranges: "3", "7-9", "12".</summary>
public static class IndexRanges
{
    /// <param name="ascending">Ascending, each once.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<int> ascending)
    {
        List<string> ranges = [];
        for (int first = 0; first < ascending.Count; )
        {
            int last = first;
            while (last + 1 < ascending.Count && ascending[last + 1] == ascending[last] + 1)
            {
                last++;
            }

            ranges.Add(first == last ? $"{ascending[first]}" : $"{ascending[first]}-{ascending[last]}");
            first = last + 1;
        }

        return ranges;
    }
}
