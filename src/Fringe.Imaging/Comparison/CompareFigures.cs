namespace Fringe.Imaging.Comparison;

/// <summary>The figures of a comparison: the one list behind <c>compare.json</c>, the page and the terminal.</summary>
internal static class CompareFigures
{
    private const string Distance =
        "1 - correlation^2 after removing twin, sub-voxel shift, phase ramp and global phase. 0 = the same object, 1 = unrelated.";

    public static IReadOnlyList<CompareFigure> Of(CrystalComparison comparison)
    {
        IReadOnlyList<ComparedWay> ways = comparison.Ways;
        List<CompareFigure> figures =
        [
            Figure(
                "chi",
                "chi",
                "",
                "Misfit of the modelled to the measured amplitudes over all measured voxels. Lower is better; 0 is perfect.",
                way => way.Chi
            ),
            Figure(
                "free_llk",
                "free log-likelihood",
                "",
                "Mean Poisson misfit of voxels that were kept out of iterations and refinement, the same for all; the network itself saw them. Lower is better; photon noise alone leaves about 0.5 or less.",
                way => way.FreeLogLikelihood
            ),
            Figure(
                "support_voxels",
                "support",
                "voxels",
                "Voxels inside the crystal's outline; of the network, those with a tenth of its largest amplitude or more.",
                way => way.SupportVoxels
            ),
        ];
        for (int other = 0; other < ways.Count; other++)
        {
            int index = other;
            figures.Add(
                Figure(
                    $"distance_to_{ways[index].Key}",
                    $"distance to {ways[index].Name}",
                    "",
                    Distance,
                    way => ReferenceEquals(way, ways[index]) ? null : way.Distances[index]
                )
            );
        }

        if (ways.Any(way => way.Error is not null))
        {
            figures.Add(Figure("distance_to_truth", "distance to the truth", "", Distance, way => way.Error));
        }

        figures.Add(
            Figure(
                "seconds",
                "time",
                "s",
                "From the prepared pattern to the object; prediction warm, the network in memory. Refined: prediction and refinement.",
                way => way.Seconds
            )
        );
        figures.Add(
            Figure(
                "speed_up",
                "speed-up over iterative",
                "times",
                "Time of the iterative way over this way's.",
                way => ways[0].Seconds / way.Seconds
            )
        );
        return figures;

        CompareFigure Figure(string key, string name, string unit, string meaning, Func<ComparedWay, double?> value) =>
            new(key, name, unit, meaning, [.. ways.Select(way => Finite(value(way)))]);
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
