using System.CommandLine;
using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Formats.Detectors;
using Fringe.Imaging;

namespace Fringe.App.Commands;

/// <summary>The options that say how a measurement is read and prepared.</summary>
internal sealed class PreparationFlags
{
    private readonly Option<string?> dataset = new("--dataset")
    {
        Description = "HDF5 path or NPZ array name; found by itself when there is one candidate.",
        HelpName = "PATH",
    };

    private readonly Option<string?> dark = OptionOf.Text(
        "--dark",
        "FILE",
        "Dark counts: subtracted, outliers masked."
    );
    private readonly Option<string?> flat = OptionOf.Text(
        "--flat",
        "FILE",
        "Flat field (white field): divided out, dead pixels masked."
    );
    private readonly Option<string?> mask = OptionOf.Text(
        "--mask",
        "FILE",
        "Mask beside the one in the measurement's file: not 0 = not measured; none = not even that one. FILE:/PATH names an image of several."
    );

    private readonly Option<string?> roiOrigin = OptionOf.Text(
        "--roi-origin",
        "ROW,COL",
        "First pixel of the frames on the detector that dark, flat, mask and --detector show whole."
    );

    private readonly Option<string?> detector = OptionOf.Text(
        "--detector",
        "NAME",
        $"Mask the gaps and wide pixels of a detector: {string.Join(", ", DetectorLibrary.Families)} (which of them, the frames' size says), one of them such as eiger2-4m, or a .json file (docs/geometry.md). Default: what the file says; none = no layout."
    );

    private readonly Option<bool> amplitude = new("--amplitude")
    {
        Description = "The file holds amplitudes, not intensities.",
    };

    private readonly Option<bool> prepared = new("--prepared")
    {
        Description =
            "The file holds a pattern that was prepared before, peak at index N/2: it is taken as it is. NPZ and CXI files of fringe convert say so themselves.",
    };

    private readonly Option<int?> frames = new("--frames")
    {
        Description = "Only the first N frames of the rocking curve count as measured. Default: all.",
        HelpName = "N",
    };

    private readonly Option<double?> saturation = OptionOf.Number(
        "--saturation",
        "COUNTS",
        "Mask voxels at or above. Default: what the file records, at most the largest value of its integer type."
    );

    private readonly Option<bool> keepHotPixels = new("--keep-hot-pixels")
    {
        Description = "Do not mask isolated hot pixels.",
    };
    private readonly Option<double?> background = OptionOf.Number(
        "--background",
        "COUNTS",
        "Subtracted from every voxel. Default 0."
    );
    private readonly Option<double?> threshold = OptionOf.Number(
        "--threshold",
        "COUNTS",
        "Voxels below it count as 0. Default 0."
    );
    private readonly Option<string?> bin = OptionOf.Text(
        "--bin",
        "N[,N,N]",
        "Voxels summed into one along rocking, row, column."
    );

    private readonly Option<string?> shape = OptionOf.Text(
        "--shape",
        "N[,N,N]",
        "Crop or pad to this shape about the peak. Default: a fast size that keeps the signal."
    );

    public IReadOnlyList<Option> All =>
        [
            dataset,
            dark,
            flat,
            mask,
            detector,
            roiOrigin,
            amplitude,
            prepared,
            frames,
            saturation,
            keepHotPixels,
            background,
            threshold,
            bin,
            shape,
        ];

    /// <summary>The dataset and the corrections' files of a parsed command line.</summary>
    public MeasurementSource ReadSource(ParseResult parsed) =>
        new()
        {
            Dataset = parsed.GetValue(dataset),
            DarkPath = parsed.GetValue(dark),
            FlatPath = parsed.GetValue(flat),
            MaskPath = parsed.GetValue(mask),
            Detector = parsed.GetValue(detector),
        };

    /// <summary>The options of a parsed command line, without the corrections' files.</summary>
    /// <exception cref="InputException">A value is no number.</exception>
    public PreparationOptions Read(ParseResult parsed)
    {
        int[]? origin = NumberList.Integers("--roi-origin", parsed.GetValue(roiOrigin), 2, 2);
        if (origin is not null && !HasWhole(parsed))
        {
            throw new InputException(
                $"{roiOrigin.Name} says where on the detector the frames start for what shows it whole, and none of {dark.Name}, {flat.Name}, {mask.Name} and {detector.Name} is given; "
                    + "give one of them, or leave it out"
            );
        }

        return new PreparationOptions
        {
            RoiOrigin = origin is null ? null : new PixelIndex(origin[0], origin[1]),
            Frames = parsed.GetValue(frames),
            IsAmplitude = parsed.GetValue(amplitude),
            IsPrepared = parsed.GetValue(prepared),
            Saturation = parsed.GetValue(saturation),
            MaskHotPixels = !parsed.GetValue(keepHotPixels),
            Background = parsed.GetValue(background),
            Threshold = parsed.GetValue(threshold) ?? 0,
            Bin = NumberList.Triple("--bin", parsed.GetValue(bin)) ?? [1, 1, 1],
            Shape = NumberList.Triple("--shape", parsed.GetValue(shape)),
        };
    }

    // Something that is given for the whole detector.
    private bool HasWhole(ParseResult parsed) =>
        new[] { dark, flat, mask, detector }
            .Select(option => parsed.GetValue(option))
            .Any(path => path is not (null or MeasurementSource.None));
}
