using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Imaging.Comparison;

/// <summary>The figures of each way, and how far it is from the others.</summary>
internal static class MethodComparer
{
    /// <param name="found">Borrowed.</param>
    /// <param name="truth">complex64, of their shape; null where it is not known; borrowed.</param>
    public static IReadOnlyList<ComparedWay> Compare(IReadOnlyList<FoundObject> found, Tensor? truth)
    {
        double[][] distances = Distances(found);
        return [.. found.Select((one, i) => Compare(one, distances[i], truth))];
    }

    private static ComparedWay Compare(FoundObject found, double[] distances, Tensor? truth)
    {
        using CanonicalForm canonical = CanonicalForm.Of(found.Object, found.Support);
        using Tensor inside = found.Support.sum();
        return new ComparedWay(
            found.Way,
            canonical.Object.ToComplexVolume(),
            found.Chi,
            found.FreeLogLikelihood,
            inside.item<long>(),
            found.Seconds,
            distances,
            truth is null ? null : RealSpaceError.Of(found.Object, truth)
        );
    }

    private static double[][] Distances(IReadOnlyList<FoundObject> found)
    {
        double[][] distances = [.. found.Select(_ => new double[found.Count])];
        for (int i = 0; i < found.Count; i++)
        {
            for (int j = i + 1; j < found.Count; j++)
            {
                distances[i][j] = distances[j][i] = RealSpaceError.Of(found[i].Object, found[j].Object);
            }
        }

        return distances;
    }
}
