using Fringe.App.Pictures;
using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Formats.Npy;
using Fringe.Imaging.Files;
using Fringe.Imaging.Network;
using static TorchSharp.torch;

namespace Fringe.App.Writing;

/// <summary>Writes the files of a predicted sample; scripts rely on their names.</summary>
internal static class PredictionWriter
{
    /// <summary>The files, the marker of a whole result last.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["prediction.npy", "prediction_32.npy", "uncertainty.npy", "summary.png", "metrics.json"];

    /// <summary>Writes everything into the folder's staging place; the caller commits it.</summary>
    /// <returns>The text of <c>metrics.json</c>.</returns>
    public static string Write(
        PredictedSample sample,
        IReadOnlyDictionary<string, string> network,
        string commandLine,
        OutputFolder folder
    )
    {
        using var scope = NewDisposeScope();
        using CanonicalForm small = CanonicalForm.Of(sample.Found.Object, sample.Found.Support);
        using Tensor inside = ObjectOutline.Of(sample.OnGrid);
        using CanonicalForm large = CanonicalForm.Of(sample.OnGrid, inside);
        NpyFile.Write(folder.FilePath("prediction.npy"), large.Object.ToComplexVolume());
        ComplexVolume object32 = small.Object.ToComplexVolume();
        NpyFile.Write(folder.FilePath("prediction_32.npy"), object32);
        NpyFile.Write(folder.FilePath("uncertainty.npy"), Follow(sample.Found.Uncertainty, small).ToRealVolume());
        Tensor modelled = ForwardModel.Propagate(sample.Found.Object).abs().Squared();
        PredictionPicture.Write(
            folder.FilePath("summary.png"),
            Title(sample),
            object32,
            small.Support.ToBooleans(),
            sample.Input.Intensity[0].ToRealVolume(),
            sample.Input.Mask[0].ToBooleans(),
            modelled.ToRealVolume()
        );
        string? doubt = TrustLimits.Doubt(sample.Found);
        string json = JsonText.Of(
            new Dictionary<string, object?>
            {
                ["name"] = sample.Name,
                ["chi"] = sample.Chi,
                ["chi_32"] = sample.Found.Chi,
                ["spread"] = sample.Found.Spread,
                ["is_trusted"] = doubt is null,
                ["doubt"] = doubt,
                ["support_voxels_32"] = sample.Found.Support.sum().item<long>(),
                ["shape"] = sample.Prepared.Pattern.Shape,
                ["resampling_step"] = sample.Input.Step,
                ["oversampling_ratio"] = sample.Prepared.Summary.OversamplingRatio,
                ["oversampling_ratio_32"] = sample.Input.OversamplingRatio,
                ["masked_fraction"] = sample.Prepared.Summary.MaskedFraction,
                ["photons"] = sample.Prepared.Summary.Photons,
                ["is_twin"] = large.IsTwin,
                ["phase_ramp_cycles"] = large.Ramp,
                ["seconds_prediction"] = sample.PredictSeconds,
                ["network"] = network,
                ["command_line"] = commandLine,
            }
        );
        File.WriteAllText(folder.FilePath("metrics.json"), json);
        return json;
    }

    // The canonical form moved the object by less than a voxel or by whole ones, after taking the twin.
    private static Tensor Follow(Tensor uncertainty, CanonicalForm form) =>
        form.IsTwin ? TrivialTransforms.Invert(uncertainty) : uncertainty.alias();

    private static string Title(PredictedSample sample) =>
        FormattableString.Invariant(
            $"{sample.Name}   ·   network's grid 32³   ·   chi {sample.Found.Chi:G3}   ·   spread {sample.Found.Spread:G3}"
        );
}
