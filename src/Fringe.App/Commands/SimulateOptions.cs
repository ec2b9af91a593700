using System.CommandLine;
using System.Globalization;
using Fringe.App.Reports;
using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Simulation.Crystals;
using Fringe.Simulation.TrainingSet;

namespace Fringe.App.Commands;

/// <summary>The options of <c>fringe simulate</c> and how they become a run.</summary>
internal sealed class SimulateOptions
{
    private static readonly CrystalRecipe Defaults = new();
    private static readonly ExampleOptions ExampleDefaults = new();

    private readonly Option<int> count = new("--count", "-n")
    {
        Description = "Crystals of the whole set.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    };

    private readonly Option<int> workers = new("--workers", "-w")
    {
        Description = "LAMMPS processes at a time, one core each.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<long> seed = new("--seed")
    {
        Description = "The same seed gives the same crystals, byte by byte.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> shard = OptionOf.Text(
        "--shard",
        "i/n",
        "Make only the crystals of job i of n; fringe simulate merge joins them."
    );

    private readonly Option<string?> size = OptionOf.Text(
        "--size-nm",
        "A[,B]",
        "Edge of the block that crystals are cut from, nm; two numbers are a range. Default: 20."
    );

    private readonly Option<double> lattice = new("--lattice-constant")
    {
        Description = "Lattice constant of the FCC crystal, nm.",
        HelpName = "NM",
        DefaultValueFactory = _ => Defaults.LatticeConstantNanometres,
    };

    private readonly Option<string?> planes = OptionOf.Text(
        "--planes",
        "A[,B]",
        "Clip planes a crystal. Default: 4,20."
    );

    private readonly Option<string?> distance = OptionOf.Text(
        "--plane-distance",
        "A,B",
        "Distance of the planes from the centre, as fractions of half the block's edge. Default: 0.4,1.1."
    );

    private readonly Option<string[]> families = new("--families")
    {
        Description = "Families that plane normals are drawn from. Default: 100 110 111.",
        HelpName = "hkl",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<double> familyFraction = new("--family-fraction")
    {
        Description = "Share of planes from a family; the others are uniform on the sphere.",
        HelpName = "F",
        DefaultValueFactory = _ => Defaults.FamilyFraction,
    };

    private readonly Option<double> strain = new("--strain")
    {
        Description = "Largest strain of each component by which the box is deformed (0.01 = 1 %).",
        HelpName = "F",
        DefaultValueFactory = _ => Defaults.LargestStrain,
    };

    private readonly Option<string?> tolerance = OptionOf.Text(
        "--tolerance",
        "A[,B]",
        "Relative energy tolerance at which the second minimisation stops; later = less strain left. Default: 3e-7,3e-5."
    );

    private readonly Option<double> clamped = new("--clamped")
    {
        Description = "Share of crystals held on a substrate by one facet and fully relaxed.",
        HelpName = "F",
        DefaultValueFactory = _ => Defaults.ClampedFraction,
    };

    private readonly Option<double> padding = new("--padding")
    {
        Description = "Empty space around a crystal, lattice units.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.PaddingLatticeUnits,
    };

    private readonly Option<int> fewestAtoms = new("--fewest-atoms")
    {
        Description = "Crystals with fewer atoms are drawn again.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.FewestAtoms,
    };

    private readonly Option<int> fieldVoxels = new("--field-voxels")
    {
        Description = "Voxels along each edge of the fields that are kept.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.FieldVoxels,
    };

    private readonly Option<bool> examples = new("--examples")
    {
        Description = "Also write each crystal's counted pattern with its true object, computed from the atoms.",
    };

    private readonly Option<string> reflection = new("--reflection")
    {
        Description = "Bragg reflection of the examples.",
        HelpName = "hkl",
        DefaultValueFactory = _ => ExampleDefaults.Reflection.ToString(),
    };

    private readonly Option<int> patternSize = new("--pattern-size")
    {
        Description = "Voxels along each axis of the examples.",
        HelpName = "N",
        DefaultValueFactory = _ => ExampleDefaults.Size,
    };

    private readonly Option<string?> oversampling = OptionOf.Text(
        "--oversampling",
        "A[,B]",
        "Oversampling ratio of the examples, along the crystal's longest axis; raised where the pattern would reach the next reflections. Default: 2."
    );

    private readonly Option<double> photons = new("--photons")
    {
        Description = "Photons in each example.",
        HelpName = "N",
        DefaultValueFactory = _ => ExampleDefaults.Photons,
    };

    private readonly Option<double> limit = new("--limit")
    {
        Description = "A LAMMPS run that takes longer is replaced, seconds.",
        HelpName = "S",
        DefaultValueFactory = _ => new TrainingSetOptions().Limit.TotalSeconds,
    };

    /// <summary>Where the set goes.</summary>
    public Option<string> Output { get; } =
        new("--output", "-o") { Description = "Folder of the set; a set that is there goes on.", HelpName = "DIR" };

    /// <summary>Path of LAMMPS.</summary>
    public Option<string?> Lammps { get; } =
        OptionOf.Text("--lmp", "FILE", "The LAMMPS executable. Default: lmp on the PATH.");

    /// <summary>Path of the potential.</summary>
    public Option<string?> Potential { get; } =
        OptionOf.Text("--potential", "FILE", "EAM potential (funcfl) of the metal. Default: Au_u3.eam of LAMMPS.");

    /// <summary>Print nothing.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print nothing but errors." };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            Output,
            count,
            workers,
            seed,
            shard,
            size,
            planes,
            distance,
            families,
            familyFraction,
            strain,
            tolerance,
            clamped,
            lattice,
            padding,
            fewestAtoms,
            fieldVoxels,
            examples,
            reflection,
            patternSize,
            oversampling,
            photons,
            limit,
            Lammps,
            Potential,
            Quiet,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    /// <summary>The run of a parsed command line.</summary>
    /// <exception cref="InputException">An option's value is no good; all problems in one line.</exception>
    public TrainingSetOptions Read(ParseResult parsed)
    {
        (double smallest, double largest) = Range(size, parsed, Defaults.SmallestBlockNanometres);
        (double nearest, double farthest) = Range(distance, parsed, Defaults.NearestPlane, Defaults.FarthestPlane);
        (double least, double most) = Range(tolerance, parsed, Defaults.SmallestTolerance, Defaults.LargestTolerance);
        int[] planeCounts =
            NumberList.Integers(planes.Name, parsed.GetValue(planes), 1, 2)
            ?? [Defaults.FewestPlanes, Defaults.MostPlanes];
        string[] named = parsed.GetValue(families) ?? [];
        (int job, int jobs) = ReadShard(parsed.GetValue(shard));
        TrainingSetOptions run = new()
        {
            Count = parsed.GetValue(count),
            Workers = parsed.GetValue(workers),
            Seed = parsed.GetValue(seed),
            Job = job,
            Jobs = jobs,
            Limit = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(limit), 0, 1e6)),
            Examples = parsed.GetValue(examples) ? ReadExamples(parsed) : null,
            Recipe = new CrystalRecipe
            {
                SmallestBlockNanometres = smallest,
                LargestBlockNanometres = largest,
                LatticeConstantNanometres = parsed.GetValue(lattice),
                FewestPlanes = planeCounts[0],
                MostPlanes = planeCounts[^1],
                Families = named.Length > 0 ? [.. named.Select(MillerIndices.Parse)] : Defaults.Families,
                FamilyFraction = parsed.GetValue(familyFraction),
                NearestPlane = nearest,
                FarthestPlane = farthest,
                LargestStrain = parsed.GetValue(strain),
                SmallestTolerance = least,
                LargestTolerance = most,
                ClampedFraction = parsed.GetValue(clamped),
                FewestAtoms = parsed.GetValue(fewestAtoms),
                PaddingLatticeUnits = parsed.GetValue(padding),
                FieldVoxels = parsed.GetValue(fieldVoxels),
            },
        };
        string[] problems = [.. FlagNames.Explain("Set", run.Validate())];
        return problems.Length == 0 ? run : throw new InputException(string.Join("; ", problems));
    }

    private ExampleOptions ReadExamples(ParseResult parsed)
    {
        (double least, double most) = Range(oversampling, parsed, ExampleDefaults.SmallestOversampling);
        return new ExampleOptions
        {
            Reflection = MillerIndices.Parse(parsed.GetValue(reflection)!),
            Size = parsed.GetValue(patternSize),
            SmallestOversampling = least,
            LargestOversampling = most,
            Photons = parsed.GetValue(photons),
        };
    }

    private static (double Least, double Most) Range(
        Option<string?> option,
        ParseResult parsed,
        params double[] without
    )
    {
        double[] values = NumberList.Numbers(option.Name, parsed.GetValue(option), 1, 2) ?? without;
        return (values[0], values[^1]);
    }

    private static (int Job, int Jobs) ReadShard(string? text)
    {
        if (text is null)
        {
            return (1, 1);
        }

        string[] parts = text.Split('/');
        bool good =
            int.TryParse(parts[0], CultureInfo.InvariantCulture, out int job)
            & int.TryParse(parts[^1], CultureInfo.InvariantCulture, out int jobs);
        return good && parts.Length == 2
            ? (job, jobs)
            : throw new InputException($"--shard '{text}': give i/n, such as 3/100 for the third of 100 jobs");
    }
}
