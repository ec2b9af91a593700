using Fringe.Core;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;

namespace Fringe.Formats.Detectors;

/// <summary>How a file names the detector that a stack is from.</summary>
internal static class DetectorNames
{
    // Names of single values that say it: of headers, and of a detector's group in NeXus and DECTRIS files.
    private static readonly string[] Values = ["detector", "detector_description", "description", "model"];
    private static readonly string[] Instruments = ["instrument", "instrument_1"];

    /// <summary>Whether it may say it, as far as is known without reading it again.</summary>
    /// <param name="stack">As read.</param>
    public static bool MayBeIn(MeasuredStack stack) => IsHdf5(stack) || Stated(stack).Any();

    /// <summary>All that it says, in the order of the file; may be empty.</summary>
    /// <param name="stack">As read.</param>
    public static IReadOnlyList<string> Of(MeasuredStack stack) =>
        [.. Stated(stack), .. IsHdf5(stack) ? OfHdf5(stack) : []];

    private static bool IsHdf5(MeasuredStack stack) => stack.Source.Format == "HDF5";

    private static IEnumerable<string> Stated(MeasuredStack stack) =>
        stack
            .Source.Metadata.Where(item =>
                Values.Contains(item.Name[(item.Name.LastIndexOf('/') + 1)..].ToLowerInvariant())
            )
            .Select(item => item.Value);

    // Of the entry that the frames are in: its detectors' descriptions, or where there are none the groups' names.
    private static string[] OfHdf5(MeasuredStack stack)
    {
        string[] parts = stack.Dataset.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            return [];
        }

        try
        {
            return Hdf5Links.Read(stack.Source.Path, "expected a measurement", links => OfEntry(new(links, parts[0])));
        }
        catch (InputException)
        {
            // The frames were read; what cannot be is at worst a name.
            return [];
        }
    }

    private static string[] OfEntry(Hdf5Entry entry) =>
        [
            .. Instruments
                .SelectMany(instrument =>
                    entry.Groups(instrument).Select(name => (Name: name, Place: $"{instrument}/{name}"))
                )
                .SelectMany(detector =>
                    Values
                        .Select(value => entry.Text($"{detector.Place}/{value}"))
                        .Concat(Values.Select(value => entry.Attribute(detector.Place, value)))
                        .Append(detector.Name)
                )
                .OfType<string>(),
        ];
}
