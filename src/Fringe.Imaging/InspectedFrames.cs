using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Formats.Arrays;
using Fringe.Imaging.Figures;

namespace Fringe.Imaging;

/// <summary>What a file's stack is like, if it can be seen in a moment.</summary>
public sealed record InspectedFrames
{
    // What is read and looked through in half a second.
    private const long LargestBytes = 256 << 20;

    /// <summary>The measurement; null where it was not looked at.</summary>
    public InspectedMeasurement? Measurement { get; private init; }

    /// <summary>Why it was not looked at; empty where it was, or where the file holds no frames.</summary>
    public string Lack { get; private init; } = "";

    /// <summary>Looks at a file's stack where that takes a moment, or where it must.</summary>
    /// <param name="source">Its file and what belongs to it.</param>
    /// <param name="options">How it would be prepared.</param>
    /// <param name="file">What the file holds.</param>
    /// <param name="isWanted">However large it is; what keeps it from being read is then an error.</param>
    /// <param name="cancellation">Looked at once a frame or block.</param>
    /// <exception cref="InputException">It is wanted and cannot be read.</exception>
    public static InspectedFrames Of(
        MeasurementSource source,
        PreparationOptions options,
        FileDescription file,
        bool isWanted,
        CancellationToken cancellation = default
    )
    {
        OptionProblem.RequireNone(options.Validate());
        long bytes = file.Arrays.Where(array => array.Shape.Count >= 2).Sum(array => array.Bytes);
        if (bytes == 0 && !isWanted)
        {
            return new InspectedFrames();
        }

        if (bytes > LargestBytes && !isWanted)
        {
            return new InspectedFrames
            {
                Lack = $"{NumberText.Bytes(bytes)} are not read for this; a picture would read them",
            };
        }

        try
        {
            return new InspectedFrames
            {
                Measurement = InspectedMeasurement.Of(source.Read(cancellation: cancellation), options, cancellation),
            };
        }
        catch (InputException error) when (!isWanted)
        {
            return new InspectedFrames { Lack = error.Message };
        }
    }
}
