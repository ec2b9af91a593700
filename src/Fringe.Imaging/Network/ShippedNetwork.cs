using Fringe.Core;
using Fringe.Formats.SafeTensors;
using Fringe.Learning.Networks;

namespace Fringe.Imaging.Network;

/// <summary>The network that predicts: the one that ships with the program (Models/README.md), or a user's own weights.</summary>
internal static class ShippedNetwork
{
    private const string Resource = "Models.fringe.safetensors";

    /// <summary>What the weights say of themselves, and the network; it belongs to the caller.</summary>
    /// <param name="path">Weights; null = those that ship.</param>
    /// <exception cref="InputException">Missing, damaged or not Fringe's.</exception>
    public static (PhasingNetwork Network, IReadOnlyDictionary<string, string> About) Load(string? path)
    {
        if (path is not null)
        {
            SafeTensorsContent own = SafeTensorsFile.Read(path);
            return (NetworkWeights.Create(own, path), own.Metadata);
        }

        using Stream stream = typeof(ShippedNetwork).Assembly.GetManifestResourceStream(Resource)!;
        SafeTensorsContent content = SafeTensorsFile.Read(stream, Resource);
        return (NetworkWeights.Create(content, Resource), content.Metadata);
    }
}
