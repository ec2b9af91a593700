using Fringe.Core.Diffraction;
using Fringe.Core.Geometry;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Formats.Beamlines;
using Fringe.Learning.Prediction;

namespace Fringe.Imaging;

/// <summary>What <c>fringe phase</c> was asked to do.</summary>
internal sealed record PhaseRequest
{
    /// <summary>The root of a mean of four squares is known to a third: enough to see where an object is uncertain.</summary>
    public const int DefaultReplicas = 4;

    private static readonly PhasingRecipe ThoroughRecipe = PhasingRecipe.Parse(
        "60*HIO+10*ER",
        PhasingOptions.DefaultBeta
    );

    /// <summary>File, folder or glob; null = the embedded sample.</summary>
    public string? Input { get; init; }

    public string? Dataset { get; init; }

    public string? DarkPath { get; init; }

    public string? FlatPath { get; init; }

    public string? MaskPath { get; init; }

    /// <summary>null = a new folder under <c>fringe-output</c> named after the input.</summary>
    public string? Output { get; init; }

    /// <summary>Replace a result in the output folder.</summary>
    public bool Force { get; init; }

    /// <summary>How to prepare; its corrections are read from the paths above.</summary>
    public required PreparationOptions Preparation { get; init; }

    public required PhasingOptions Phasing { get; init; }

    /// <summary>Which way from pattern to object.</summary>
    public PhaseMethod Method { get; init; } = PhaseMethod.Iterative;

    /// <summary>How the object is refined, unless by iterations alone.</summary>
    public RefinementOptions Refinement { get; init; } = new();

    /// <summary>How often the result is found again on fresh photons, for its uncertainty; 0 = none.</summary>
    public int Replicas { get; init; } = DefaultReplicas;

    /// <summary>NPY file of the object to start from; null = random starts.</summary>
    public string? InitialPath { get; init; }

    /// <summary>
    /// Options of the iterations between the network's prediction and its refinement. With <see cref="PhaseMethod.Auto"/> they are more: the
    /// strain of simulated scans (docs/results/scans.md) is then as good as from random starts.
    /// </summary>
    public PhasingOptions PhasingFromNetwork
    {
        get
        {
            PhasingOptions quick = RefinedPhasing.OptionsFromGiven;
            return quick with
            {
                Recipe = Method == PhaseMethod.Auto ? ThoroughRecipe : quick.Recipe,
                FreeFraction = Phasing.FreeFraction,
                Starts = Phasing.Starts,
                Seed = Phasing.Seed,
            };
        }
    }

    /// <summary>How it was measured; null leaves the object in voxels.</summary>
    public RockingScan? Scan { get; init; }

    /// <summary>Of the crystal in nm.</summary>
    public ObjectFrame Frame { get; init; } = ObjectFrame.Laboratory;

    /// <summary>Which one was measured; null leaves the lattice constant out.</summary>
    public MillerIndices? Reflection { get; init; }

    /// <summary>"cpu" or "cuda".</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of torch; null = as many as there are cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The command line, for provenance.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Whether a pattern is shown to the network: it is too small for it only where that was asked for in so many words.</summary>
    public bool UsesNetwork(DiffractionPattern pattern) =>
        Method == PhaseMethod.Network
        || (Method == PhaseMethod.Auto && pattern.Shape.All(length => length >= NetworkInput.Size));
}
