using Fringe.Imaging.Figures;
using Fringe.Imaging.Network;

namespace Fringe.Imaging.Comparison;

/// <summary>What the network's prediction is worth, in words.</summary>
internal static class NetworkWords
{
    public static string Of(NetworkJudgement network)
    {
        string figures =
            $"spread {NumberText.Figure(network.Spread)}, chi on its own grid {NumberText.Figure(network.Chi)}";
        return network.Doubt is { } doubt
            ? $"The network's prediction is not to be trusted here, nor what starts from it: {doubt} ({figures})."
            : $"Nothing speaks against the network's prediction ({figures}).";
    }
}
