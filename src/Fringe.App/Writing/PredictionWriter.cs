using Fringe.App.Pictures;
using Fringe.Formats.Npy;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;

namespace Fringe.App.Writing;

/// <summary>Writes the files of a predicted sample; scripts rely on their names.</summary>
internal static class PredictionWriter
{
    /// <summary>The files, the marker of a whole result last.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["prediction.npy", "prediction_32.npy", "uncertainty.npy", "summary.png", "metrics.json"];

    /// <summary>Writes everything into the folder's staging place; the caller commits it.</summary>
    /// <param name="predicted">What the network made.</param>
    /// <param name="commandLine">That asked for it.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>The text of <c>metrics.json</c>.</returns>
    public static string Write(PredictedMeasurement predicted, string commandLine, OutputFolder folder)
    {
        // Beside the other files.
        Task picture = Task.Run(() =>
            PredictionPicture.Write(
                folder.FilePath("summary.png"),
                Title(predicted),
                predicted.Small.Object,
                predicted.Small.Support,
                predicted.Seen,
                predicted.SeenMask,
                predicted.Modelled
            )
        );
        NpyFile.Write(folder.FilePath("prediction.npy"), predicted.Object);
        NpyFile.Write(folder.FilePath("prediction_32.npy"), predicted.Small.Object);
        NpyFile.Write(folder.FilePath("uncertainty.npy"), predicted.Uncertainty);
        Dictionary<string, object?> all = FigureJson.Of(PredictedFigureSet.Of(predicted));
        all[Facts.NetworkIsTrusted.JsonName] = predicted.Network.Doubt is null;
        all[Facts.NetworkDoubt.JsonName] = predicted.Network.Doubt;
        all[Facts.Network.JsonName] = predicted.About;
        all[Facts.IsTwin.JsonName] = predicted.IsTwin;
        all[Facts.Input.JsonName] = predicted.Measurement.Input;
        all[Facts.Command.JsonName] = commandLine;
        string json = JsonText.Of(all);
        picture.GetAwaiter().GetResult();
        File.WriteAllText(folder.FilePath("metrics.json"), json);
        return json;
    }

    private static string Title(PredictedMeasurement predicted) =>
        FormattableString.Invariant(
            $"{predicted.Measurement.Name}   ·   network's grid 32³   ·   chi {predicted.Network.Chi:G3}   ·   spread {predicted.Network.Spread:G3}"
        );
}
