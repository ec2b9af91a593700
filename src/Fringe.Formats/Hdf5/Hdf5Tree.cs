using Fringe.Formats.Arrays;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Hdf5;

/// <summary>Walks the groups of an HDF5 file once, each object under the first path that leads to it.</summary>
internal sealed class Hdf5Tree
{
    private const int MaximumDepth = 32;
    private const int MaximumObjects = 200_000;
    private readonly BudgetedStream budget;
    private readonly H5LinkAccess links;
    private readonly HashSet<(object File, ulong Address)> seen = [];

    private Hdf5Tree(BudgetedStream budget, H5LinkAccess links)
    {
        this.budget = budget;
        this.links = links;
    }

    /// <summary>Datasets by path, in file order.</summary>
    public List<(string Path, NativeDataset Dataset)> Datasets { get; } = [];

    /// <summary>Links that lead nowhere, with the reason.</summary>
    public List<(string Path, string Reason)> Broken { get; } = [];

    public static Hdf5Tree Walk(NativeGroup root, BudgetedStream budget, H5LinkAccess links)
    {
        var tree = new Hdf5Tree(budget, links);
        tree.Visit(root, "", 0);
        return tree;
    }

    private void Visit(NativeGroup group, string path, int depth)
    {
        if (!seen.Add(PureHdfInternals.Identity(group)))
        {
            return;
        }

        if (depth > MaximumDepth || seen.Count > MaximumObjects)
        {
            throw new InvalidDataException("its groups run too deep or are too many");
        }

        foreach (IH5Object child in group.Children(links))
        {
            budget.Refill();
            string childPath = $"{path}/{child.Name}";
            switch (child)
            {
                case NativeGroup inner:
                    Visit(inner, childPath, depth + 1);
                    break;
                case NativeDataset dataset:
                    if (seen.Add(PureHdfInternals.Identity(dataset)))
                    {
                        Datasets.Add((childPath, dataset));
                    }

                    break;
                case IH5UnresolvedLink link:
                    Broken.Add((childPath, link.Reason?.Message ?? "no reason given"));
                    break;
                default:
                    break;
            }
        }
    }
}
