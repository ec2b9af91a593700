using System.Globalization;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Detectors;
using Fringe.Formats.Npy;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Samples;

namespace Fringe.Imaging;

/// <summary>Where a measurement and what belongs to it lie in files.</summary>
public sealed record MeasurementSource
{
    private const string SampleInput = "embedded sample";

    /// <summary>In place of a mask or a detector: not even the one that the input brings along.</summary>
    public const string None = "none";

    /// <summary>File, folder or glob; null = the embedded sample.</summary>
    public string? Input { get; init; }

    /// <summary>HDF5 path or NPZ array name; null = found by itself.</summary>
    public string? Dataset { get; init; }

    /// <summary>Dark counts; null = none.</summary>
    public string? DarkPath { get; init; }

    /// <summary>Flat field; null = none.</summary>
    public string? FlatPath { get; init; }

    /// <summary>Mask beside the one that comes with the frames, not 0 = not measured; null = that one alone, "none" = none at all.</summary>
    public string? MaskPath { get; init; }

    /// <summary>
    /// Whose gaps and wide pixels are masked: a detector's name, a family of which the frames' size chooses one, or a .json file; null =
    /// the detector that the file names, if its layout is known, "none" = none.
    /// </summary>
    public string? Detector { get; init; }

    /// <summary>Complex NPY of the object to begin with; null = none.</summary>
    public string? InitialPath { get; init; }

    /// <summary>How it was measured; null leaves the object in voxels.</summary>
    public RockingScan? Scan { get; init; }

    /// <summary>Every file that it reads, also with a dataset; a folder or a glob as such.</summary>
    public IReadOnlyList<string> Files =>
        [
            .. new[] { Input, DarkPath, FlatPath, MaskPath, InitialPath, Detector }
                .OfType<string>()
                .Where(path => path != None),
        ];

    /// <summary>The input's name without folder and ending.</summary>
    public string Name
    {
        get
        {
            string name = Input is null ? EmbeddedSample.Name : Path.TrimEndingDirectorySeparator(Input);
            // The folder of a glob says more than its pattern.
            string last = name.IndexOfAny(['*', '?']) >= 0 ? Path.GetDirectoryName(name) ?? "frames" : name;
            string stem = Path.GetFileName(last);
            return Directory.Exists(last) || Path.GetFileNameWithoutExtension(stem).Length == 0
                ? stem
                : Path.GetFileNameWithoutExtension(stem);
        }
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="clock">Gets the stage that reads; goes on in the measurement; null = a new one.</param>
    /// <param name="cancellation">Looked at once a frame or block.</param>
    /// <exception cref="InputException">Something cannot be read.</exception>
    public Measurement Read(StageClock? clock = null, CancellationToken cancellation = default)
    {
        StageClock kept = clock ?? new StageClock(TimeProvider.System);
        return kept.Run(Stage.Read, () => ReadFiles(cancellation)) with { Clock = kept };
    }

    private Measurement ReadFiles(CancellationToken cancellation)
    {
        ReadOptions options = new() { Dataset = Dataset };
        MeasuredStack stack = Input is { } path
            ? MeasurementFile.ReadVolume(path, options, cancellation)
            : EmbeddedSample.Read(cancellation);
        bool isMasked = MaskPath != None;
        string? maskPath = isMasked ? MaskPath : null;
        (DetectorLayout Layout, string Said)? described = Detector is null ? DetectorLibrary.Describing(stack) : null;
        DetectorLayout? layout = Detector is null or None
            ? described?.Layout
            : DetectorLibrary.Find(Detector, stack.FrameSize.Height, stack.FrameSize.Width);
        Corrections corrections = new()
        {
            Detector = layout?.ToMask() is { } whole ? whole with { IsAssumed = described is not null } : null,
            Dark = DarkPath is null ? null : MeasurementFile.ReadDark(DarkPath, cancellation: cancellation),
            Flat = FlatPath is null ? null : MeasurementFile.ReadFlat(FlatPath, cancellation: cancellation),
            Mask = maskPath is null ? null : MeasurementFile.ReadMask(maskPath, cancellation: cancellation),
            RecordedMask = isMasked ? stack.Mask : null,
            LargestCount = stack.DtypeMaximum,
            RecordedSaturation = stack.Saturation?.Counts,
        };
        return new Measurement
        {
            Name = Name,
            Stack = stack.Intensity,
            Region = stack.Region,
            PreparedOrigin = stack.PreparedOrigin,
            Corrections = corrections,
            Scan = Scan,
            Input = Input ?? SampleInput,
            Dataset = stack.Dataset,
            Reading = new ReadingRecord
            {
                Format = stack.Source.Format,
                ElementType =
                    stack
                        .Source.Arrays.FirstOrDefault(array =>
                            array.Name == stack.Dataset || stack.Source.Arrays.Count == 1
                        )
                        ?.ElementType
                    ?? "",
                MaskDataset = isMasked ? stack.MaskDataset : null,
                Saturation = stack.Saturation,
                DarkPath = DarkPath,
                FlatPath = FlatPath,
                MaskPath = maskPath,
                Detector = described?.Said ?? "",
                Remarks = maskPath is null
                    ? stack.Remarks
                    : [.. stack.Remarks, .. MeasurementFile.MaskRemarks(maskPath)],
            },
            EnergyElectronvolts = FindEnergy(stack.Source.Metadata),
            Initial = InitialPath is null ? null : NpyFile.ReadComplex(InitialPath),
        };
    }

    // In eV; null where the file does not say. An unknown unit counts as none; a storage ring's energy is no photon's.
    private static double? FindEnergy(IReadOnlyList<MetadataItem> metadata)
    {
        foreach (MetadataItem item in metadata)
        {
            if (
                item.Name.EndsWith("energy", StringComparison.OrdinalIgnoreCase)
                && double.TryParse(item.Value, CultureInfo.InvariantCulture, out double value)
                && value > 0
            )
            {
                string unit = PhotonEnergy.UnitOf(value, item.Unit) ?? PhotonEnergy.UnitOf(value, recorded: null)!;
                double electronvolts = PhotonEnergy.Convert(value, unit);
                if (electronvolts is >= 10 and <= 1e7)
                {
                    return electronvolts;
                }
            }
        }

        return null;
    }
}
