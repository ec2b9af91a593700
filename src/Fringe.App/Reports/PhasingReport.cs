using Fringe.Core.Metrics;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Trust;

namespace Fringe.App.Reports;

/// <summary>
/// All that a finished phasing run shows: the data behind <c>summary.png</c>, <c>report.html</c> and the final table.
/// It holds plain managed data, so that drawing needs neither torch nor the run that made it.
/// </summary>
internal sealed record PhasingReport
{
    /// <summary>What was measured, as the reader knows it: usually the file's name without its folder.</summary>
    public required string SampleName { get; init; }

    /// <summary>The reconstruction in canonical form: complex64 <c>[z, y, x]</c>, centred.</summary>
    public required ComplexVolume Object { get; init; }

    /// <summary>The support of <see cref="Object"/> in the same order and length; may be empty of true values.</summary>
    public required bool[] Support { get; init; }

    /// <summary>The measured pattern: photons, float32 <c>[z, y, x]</c>, centred.</summary>
    public required RealVolume Measured { get; init; }

    /// <summary>True where <see cref="Measured"/> was not measured, in its order and length.</summary>
    public required bool[] Mask { get; init; }

    /// <summary>The pattern of <see cref="Object"/>: photons, centred, scaled to <see cref="Measured"/> and of its shape.</summary>
    public required RealVolume Modelled { get; init; }

    /// <summary>The starts, best first; the first one's chi history is drawn in front.</summary>
    public required IReadOnlyList<StartOutcome> Starts { get; init; }

    /// <summary>The stretches of the recipe in order, for shading the chi history.</summary>
    public IReadOnlyList<RecipePhase> RecipePhases { get; init; } = [];

    /// <summary>The phase retrieval transfer function; null where there were fewer than two starts to average.</summary>
    public ShellCurve? Prtf { get; init; }

    /// <summary>Of the object with its replicas; null where there are none.</summary>
    public ShellCurve? ShellCorrelation { get; init; }

    /// <summary>The figures of <c>metrics.json</c>.</summary>
    public FigureSet Figures { get; init; } = [];

    /// <summary>good, doubtful or failed; empty where nobody judged.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Why it is good; empty where it is not, which a note explains, and where nobody judged.</summary>
    public string WhyGood { get; init; } = "";

    /// <summary>Warnings and remarks for the reader, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What was read and what was done to it before it was phased.</summary>
    public IReadOnlyList<AccountLine> Account { get; init; } = [];

    /// <summary>Where the result comes from: program version, command line, seed, input file, its hash, date.</summary>
    public IReadOnlyList<ProvenanceRow> Provenance { get; init; } = [];

    /// <summary>How long each stage took, in order.</summary>
    public IReadOnlyList<StageTime> Stages { get; init; } = [];

    /// <summary>All that a result shows.</summary>
    /// <param name="result">It.</param>
    /// <param name="run">When it ended, and the command line that asked for it.</param>
    public static PhasingReport Of(ImagingResult result, RunRecord run)
    {
        // None where refinement began at once.
        PhasingRecipe? last =
            result.Recipes.Count == 0 ? null : PhasingRecipe.Parse(result.Recipes[^1], Iterate.DefaultBeta);
        return new PhasingReport
        {
            SampleName = result.Measurement.Name,
            Object = result.Crystal.Object,
            Support = result.Crystal.Support,
            Measured = result.Measured,
            Mask = result.Mask,
            Modelled = result.Modelled,
            Starts = result.Starts,
            RecipePhases =
            [
                .. last is null ? [] : RecipePhase.Of(last),
                .. result.Options.Method is RefiningMethod method
                    ? [new RecipePhase(method.Refinement.Refine.Optimiser.Name, last?.Iterations ?? 0)]
                    : Array.Empty<RecipePhase>(),
            ],
            Prtf = result.Fit.Prtf,
            ShellCorrelation = result.Uncertainty?.ShellCorrelation,
            Figures = [.. result.Figures, .. result.Clock.Figures],
            Verdict = result.Verdict.Word,
            WhyGood = result.Verdict.Trust == Trust.Good ? string.Join("; ", result.Verdict.Reasons) : "",
            Notes = run.Notes,
            Account = DataAccount.Of(result.Measurement, result.Preparation),
            Provenance =
            [
                .. Imaging
                    .Files.Provenance.Of(result, run.CommandLine)
                    .Select(text => new ProvenanceRow(text.Fact.Name, text.Text)),
                new(Facts.Date.Name, run.Date.ToString("yyyy-MM-dd HH:mm:ss zzz")),
            ],
            Stages = result.Clock.Stages,
        };
    }

    /// <summary>Checks that the arrays belong together, before anything is drawn or written.</summary>
    /// <exception cref="ArgumentException">A length or shape does not match; the message names it.</exception>
    public void Validate()
    {
        long voxels = Object.Interleaved.LongLength / 2;
        if (Support.LongLength != voxels)
        {
            throw new ArgumentException($"the support has {Support.LongLength} voxels, the object {voxels}");
        }

        if (Mask.LongLength != Measured.Values.LongLength)
        {
            throw new ArgumentException(
                $"the mask has {Mask.LongLength} voxels, the pattern {Measured.Values.LongLength}"
            );
        }

        if ((Modelled.Depth, Modelled.Height, Modelled.Width) != (Measured.Depth, Measured.Height, Measured.Width))
        {
            throw new ArgumentException("the modelled pattern has another shape than the measured one");
        }
    }
}
