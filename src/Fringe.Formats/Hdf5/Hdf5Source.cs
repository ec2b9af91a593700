using Fringe.Core;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Hdf5;

/// <summary>
/// An HDF5 file (NeXus, CXI, MATLAB 7.3 or plain), read through PureHDF: behind a stream that runs out of budget, so that a damaged file ends in one clear line.
/// </summary>
internal sealed class Hdf5Source : ArraySource
{
    private readonly string path;
    private readonly int hops;
    private readonly IReadOnlyList<Hdf5Kind> kinds;
    private readonly Hdf5Links links;
    private readonly Dictionary<string, Hdf5Stack> stacks = [];
    private Hdf5Tree? tree;

    /// <param name="stream">Seekable; owned.</param>
    /// <param name="path">For descriptions, errors and files that links lead to.</param>
    /// <param name="hops">How many virtual datasets have led here.</param>
    /// <param name="kinds">The kinds of file that are no measurement; none are told apart by default.</param>
    public Hdf5Source(Stream stream, string path, int hops = 0, IReadOnlyList<Hdf5Kind>? kinds = null)
    {
        this.path = path;
        this.hops = hops;
        this.kinds = kinds ?? [];
        links = Guard(() => new Hdf5Links(new Hdf5OpenFile(stream, path)), dataset: null);
    }

    public override FileDescription Describe() =>
        Guard(
            () =>
            {
                Hdf5Tree tree = Tree();
                List<ArrayDescription> arrays =
                [
                    .. tree.Datasets.Where(array => array.Dataset.Space.Rank > 0).Select(Hdf5Description.Array),
                ];
                if (Kind() is not { } kind)
                {
                    return new FileDescription(path, "HDF5", arrays, Hdf5Description.Metadata(tree));
                }

                links.Main.Stream.Refill();
                return new FileDescription(
                    path,
                    kind.Format,
                    arrays,
                    [.. kind.ReadMetadata(links.Main.File, links.Main.Stream.Length)]
                );
            },
            dataset: null
        );

    public override StoredArray Select(string? dataset, ArrayRole role) =>
        Guard(
            () =>
            {
                if (Kind() is { } kind)
                {
                    throw InputException.ForFile(path, kind.NoMeasurement, dataset);
                }

                Hdf5Choice choice = new(path, links, Tree(), role);
                Hdf5Stack stack = Hdf5Stack.Of(dataset is null ? choice.Choose() : choice.Find(dataset), hops);
                stacks[stack.Name] = stack;
                return stack.Stored;
            },
            dataset
        );

    public override ArrayCompanions CompanionsOf(StoredArray array) =>
        Guard(
            () =>
            {
                Hdf5Stack stack = stacks[array.Name];
                Hdf5Masks masks = new(path, Tree(), stack);
                StoredArray? mask = masks.Nearest is [var only] ? MaskOf(only, stack) : null;

                return new ArrayCompanions
                {
                    Mask = mask,
                    Saturation = Hdf5Companions.SaturationOf(Tree(), stack.Parts),
                    Remarks = [.. Hdf5Remarks.Of(path, Tree(), stack), .. masks.Remarks()],
                };
            },
            array.Name
        );

    public override void Read(
        StoredArray array,
        float[] destination,
        IProgress<double>? progress,
        CancellationToken cancellation
    ) =>
        Guard(
            () =>
            {
                stacks[array.Name].Read(destination, progress, cancellation);
                return true;
            },
            array.Name
        );

    public override long? FramesAtOnce(StoredArray array) => Guard(() => stacks[array.Name].FramesAtOnce, array.Name);

    public override void ReadBlock(
        StoredArray array,
        StackBlock block,
        Memory<float> destination,
        CancellationToken cancellation
    ) =>
        Guard(
            () =>
            {
                stacks[array.Name].ReadBlock(block, destination, cancellation);
                return true;
            },
            array.Name
        );

    public override uint HarmlessMaskBits(StoredArray mask) => Hdf5Masks.HarmlessBits(mask.Name);

    public override void Dispose() => links.Dispose();

    private StoredArray MaskOf(Hdf5Array array, Hdf5Stack stack)
    {
        Hdf5Stack mask = Hdf5Stack.Of(new Hdf5Chosen(array.Path, [array]), hops);
        stacks[mask.Name] = mask;
        return mask.IsTransposed
            ? mask.Stored
            : mask.Stored with
            {
                Shape = Shapes.OfFrames(mask.Stored.Shape, stack.ShapeInFile)!,
            };
    }

    private Hdf5Kind? Kind() => kinds.FirstOrDefault(kind => kind.IsKindOf(links.Main.File));

    private Hdf5Tree Tree() => tree ??= Hdf5Tree.Walk(links);

    private T Guard<T>(Func<T> action, string? dataset)
    {
        links?.Main.Stream.Refill();
        try
        {
            return action();
        }
        catch (Exception error) when (error is not (InputException or OperationCanceledException))
        {
            // A parser that meets damage fails in many ways (null, index, overflow, cast): all mean the same to the reader.
            Exception cause = error.GetBaseException();
            throw InputException.ForFile(
                path,
                $"truncated or damaged HDF5 ({Streams.OneLine(cause.Message)}); copy or save the file again",
                dataset,
                error
            );
        }
    }
}
