using System.Globalization;
using Fringe.Core;
using Fringe.Formats.SafeTensors;
using Fringe.Learning.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Learning.Training;

/// <summary>
/// The state of a training in one safetensors file: float32 weights, and Adam's state as the bytes that TorchSharp writes. Examples follow
/// from the seed and the step, so nothing else is needed to go on as if nothing had happened.
/// </summary>
internal static class Checkpoint
{
    private const string StepKey = "step";
    private const string OptionsKey = "options";
    private const string BestKey = "best_validation_loss";
    private const string AdamKey = "adam";

    /// <summary>Writes aside and renames.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="network">Borrowed.</param>
    /// <param name="adam">The optimiser of the stage that the step is in; borrowed.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="best">Best validation loss so far.</param>
    /// <param name="identity">What must be the same for a run to go on.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Write(string path, PhasingNetwork network, Adam adam, long step, double best, string identity)
    {
        using MemoryStream buffer = new();
        using (BinaryWriter writer = new(buffer))
        {
            adam.save_state_dict(writer);
        }

        byte[] state = buffer.ToArray();
        SafeTensorsContent weights = NetworkWeights.Export(
            network,
            ScalarType.Float32,
            new Dictionary<string, string>
            {
                [StepKey] = step.ToString(CultureInfo.InvariantCulture),
                [BestKey] = best.ToString("R", CultureInfo.InvariantCulture),
                [OptionsKey] = identity,
            }
        );
        Dictionary<string, StoredTensor> tensors = new(weights.Tensors)
        {
            [AdamKey] = new StoredTensor("U8", [state.Length], state),
        };
        SafeTensorsFile.Write(path, new SafeTensorsContent(weights.Metadata, tensors));
    }

    /// <summary>Steps done and best validation loss of a checkpoint, whose weights go into the network.</summary>
    /// <exception cref="InputException">Damaged, of another network, or of a training with other options.</exception>
    public static (long Step, double Best) Read(
        string path,
        SafeTensorsContent content,
        PhasingNetwork network,
        string identity
    )
    {
        NetworkWeights.Import(network, content, path);
        bool isWhole = content.Tensors.ContainsKey(AdamKey);
        if (
            !isWhole
            || !long.TryParse(content.Metadata.GetValueOrDefault(StepKey), CultureInfo.InvariantCulture, out long step)
            || !double.TryParse(
                content.Metadata.GetValueOrDefault(BestKey),
                CultureInfo.InvariantCulture,
                out double best
            )
        )
        {
            throw InputException.ForFile(
                path,
                "holds weights but no state of a training; begin from it with `WeightsPath`"
            );
        }

        if (content.Metadata.GetValueOrDefault(OptionsKey) != identity)
        {
            throw InputException.ForFile(
                path,
                "belongs to a training with other options or data; use the same, or another `Output`"
            );
        }

        return (step, best);
    }

    /// <summary>Gives an optimiser the state of a checkpoint.</summary>
    public static void Restore(Adam adam, SafeTensorsContent content)
    {
        using BinaryReader reader = new(new MemoryStream(content.Tensors[AdamKey].Data));
        adam.load_state_dict(reader);
    }
}
