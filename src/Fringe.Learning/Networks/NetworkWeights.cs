using Fringe.Core;
using Fringe.Formats.SafeTensors;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>Moves weights between networks and safetensors.</summary>
public static class NetworkWeights
{
    /// <summary>Version of the names and meaning of the tensors.</summary>
    public const string FormatVersion = "1";

    private const string VersionKey = "fringe_weights";
    private const string PresetKey = "preset";

    /// <summary>A network's weights with its preset in the metadata.</summary>
    /// <param name="network">Borrowed.</param>
    /// <param name="type">Float32 to go on training, Float16 to ship.</param>
    /// <param name="metadata">More to say about them.</param>
    public static SafeTensorsContent Export(
        PhasingNetwork network,
        ScalarType type,
        IReadOnlyDictionary<string, string> metadata
    )
    {
        using var scope = NewDisposeScope();
        Dictionary<string, StoredTensor> tensors = network
            .named_parameters()
            .ToDictionary(item => item.name, item => ToStored(item.parameter, type));
        Dictionary<string, string> all = new(metadata) { [VersionKey] = FormatVersion, [PresetKey] = network.Preset };
        return new SafeTensorsContent(all, tensors);
    }

    /// <summary>A network with the weights of a file; belongs to the caller.</summary>
    /// <param name="content">What was read.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="InputException">Not Fringe's weights, of another version, or not those of its preset.</exception>
    public static PhasingNetwork Create(SafeTensorsContent content, string name)
    {
        string preset =
            content.Metadata.GetValueOrDefault(PresetKey)
            ?? throw InputException.ForFile(name, "holds no weights of a network of Fringe");
        if (content.Metadata.GetValueOrDefault(VersionKey) != FormatVersion || !NetworkPreset.Names.Contains(preset))
        {
            throw InputException.ForFile(name, "holds weights of another version of Fringe; train the network again");
        }

        PhasingNetwork network = NetworkPreset.CreateEmpty(preset);
        try
        {
            Import(network, content, name);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Sets a network's weights.</summary>
    /// <exception cref="InputException">The file's weights are not this network's.</exception>
    public static void Import(PhasingNetwork network, SafeTensorsContent content, string name)
    {
        string? preset = content.Metadata.GetValueOrDefault(PresetKey);
        if (preset != network.Preset)
        {
            throw InputException.ForFile(
                name,
                $"holds weights of '{preset ?? "an unknown network"}', not of '{network.Preset}'"
            );
        }

        using var scope = NewDisposeScope();
        using var without = no_grad();
        foreach ((string key, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            if (
                !content.Tensors.TryGetValue(key, out StoredTensor? stored)
                || !stored.Shape.SequenceEqual(parameter.shape)
                || stored.Type is not ("F32" or "F16")
            )
            {
                throw InputException.ForFile(name, $"its tensor does not fit the network '{network.Preset}'", key);
            }

            Tensor values = ToTensor(stored);
            if (!values.isfinite().all().item<bool>())
            {
                throw InputException.ForFile(name, "holds a value that is no number", key);
            }

            parameter.copy_(values);
        }
    }

    private static StoredTensor ToStored(Tensor tensor, ScalarType type) =>
        new(
            type == ScalarType.Float16 ? "F16" : "F32",
            tensor.shape,
            tensor.to(type).contiguous().cpu().bytes.ToArray()
        );

    private static Tensor ToTensor(StoredTensor stored)
    {
        Tensor empty = zeros([.. stored.Shape], stored.Type == "F16" ? ScalarType.Float16 : ScalarType.Float32);
        empty.bytes = stored.Data;
        return empty.to(ScalarType.Float32);
    }
}
