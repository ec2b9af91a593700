using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Imaging.Network;

namespace Fringe.Imaging.Comparison;

/// <summary>
/// One pattern and what each way made of it. It holds plain managed data, so that drawing and writing need no torch.
/// </summary>
public sealed record CrystalComparison
{
    /// <summary>Of what it was made.</summary>
    public required Measurement Measurement { get; init; }

    /// <summary>The input's name.</summary>
    public string Name => Measurement.Name;

    /// <summary>Of the random start and of the voxels kept out of the fit.</summary>
    public required int Seed { get; init; }

    /// <summary>SHA-256 of the stack as read (float32, C order), hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>Threads of torch in all ways.</summary>
    public required int Threads { get; init; }

    public required PreparationSummary Prepared { get; init; }

    /// <summary>The prepared pattern: photons, centred.</summary>
    public required RealVolume Measured { get; init; }

    /// <summary>true = not measured; of its length.</summary>
    public required bool[] Mask { get; init; }

    /// <summary>What the network's prediction is worth.</summary>
    public required NetworkJudgement Network { get; init; }

    /// <summary>Iterative, network, network and refinement.</summary>
    public required IReadOnlyList<ComparedWay> Ways { get; init; }

    /// <summary>The same objects, and the truth where it is known, brought onto each other.</summary>
    public required IReadOnlyList<DrawnObject> Drawn { get; init; }

    /// <summary>What a person should know before trusting it, one sentence each.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (Network.Doubt is not null)
            {
                yield return Network.Sentence;
            }

            foreach (string note in RunNotes.OfPreparation(Prepared))
            {
                yield return note;
            }
        }
    }
}
