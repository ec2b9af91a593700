using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Fringe.Core;

namespace Fringe.App.Reports;

/// <summary>
/// What the command line calls the options that libraries name in their texts: <c>`Preparation.Frames`</c> is <c>--frames</c>. See
/// <see cref="OptionProblem"/>.
/// </summary>
internal static partial class FlagNames
{
    /// <summary>The flag of each property that has one, by its path. Those without are shown as they are.</summary>
    public static FrozenDictionary<string, string> All { get; } =
        new Dictionary<string, string>
        {
            ["Beamline"] = "--beamline",
            ["Count"] = "--count",
            ["Dark"] = "--dark",
            ["Dataset"] = "--dataset",
            ["EnergyElectronvolts"] = "--energy",
            ["Detector"] = "--detector",
            ["Examples"] = "--examples",
            ["Flat"] = "--flat",
            ["Force"] = "--force",
            ["Geometry.DirectBeam"] = "--direct-beam",
            ["Geometry.DistanceMetres"] = "--distance (m)",
            ["Geometry.EnergyElectronvolts"] = "--energy (keV)",
            ["GeometryPath"] = "--geometry",
            ["InitialPath"] = "--init",
            ["LammpsPath"] = "--lmp",
            ["Mask"] = "--mask",
            ["Measurement.LeastPhotons"] = "--photons",
            ["Method"] = "--method",
            ["Output"] = "--output",
            ["Iterate.AverageLast"] = "--average-last",
            ["FreeFraction"] = "--free-fraction",
            ["Iterate.InitialSupport.BoxFraction"] = "--support",
            ["Iterate.Recipe.Beta"] = "--beta",
            ["Iterate.ShrinkWrap.First"] = "--shrink-wrap-trigger",
            ["Iterate.ShrinkWrap.MinimumFraction"] = "--support-limits",
            ["Iterate.ShrinkWrap.Sigma"] = "--shrink-wrap-sigma",
            ["Iterate.ShrinkWrap.Threshold"] = "--shrink-wrap-threshold",
            ["Method.Starts"] = "--starts",
            ["Iterate.TwinBreakIteration"] = "--twin-break",
            ["PixelMicrometres"] = "--pixel",
            ["PotentialPath"] = "--potential",
            ["Preparation.Background"] = "--background",
            ["Preparation.Bin"] = "--bin",
            ["Preparation.Frames"] = "--frames",
            ["Preparation.IsPrepared"] = "--prepared",
            ["Preparation.RoiOrigin"] = "--roi-origin",
            ["Preparation.Saturation"] = "--saturation",
            ["Preparation.Shape"] = "--shape",
            ["Preparation.Threshold"] = "--threshold",
            ["Recipe.LargestBlockNanometres"] = "--size-nm",
            ["Recipe.MostPlanes"] = "--planes",
            ["Recipe.NearestPlane"] = "--plane-distance",
            ["Refine.Regularisers.Weight"] = "--total-variation",
            ["Refine.Steps"] = "--refine-steps",
            ["Reflection"] = "--reflection",
            ["Replicas"] = "--replicas",
            ["RoiOrigin"] = "--roi-origin",
            ["Scan.Columns"] = "--shape",
            ["Scan.EnergyElectronvolts"] = "--energy",
            ["Scan.FlatField"] = "--flat-field",
            ["Scan.Frames"] = "--shape",
            ["Scan.GapColumns"] = "--gap",
            ["Scan.HotPixels"] = "--hot",
            ["Scan.OversamplingRatio"] = "--oversampling",
            ["Scan.Photons"] = "--photons",
            ["Scan.Rows"] = "--shape",
            ["Scan.SizeNanometres"] = "--size-nm",
            ["Scan.SpacingNanometres"] = "--spacing-nm",
            ["Scan.Strain"] = "--strain",
            ["ScanNumber"] = "--scan",
            ["Set.Count"] = "--count",
            ["Set.Examples.Photons"] = "--photons",
            ["Set.Examples.Reflection"] = "--reflection",
            ["Set.Examples.Size"] = "--pattern-size",
            ["Set.Examples.SmallestOversampling"] = "--oversampling",
            ["Set.Job"] = "--shard",
            ["Set.Limit"] = "--limit",
            ["Set.Recipe.ClampedFraction"] = "--clamped",
            ["Set.Recipe.Families"] = "--families",
            ["Set.Recipe.FamilyFraction"] = "--family-fraction",
            ["Set.Recipe.FewestAtoms"] = "--fewest-atoms",
            ["Set.Recipe.FewestPlanes"] = "--planes",
            ["Set.Recipe.FieldVoxels"] = "--field-voxels",
            ["Set.Recipe.LargestStrain"] = "--strain",
            ["Set.Recipe.LatticeConstantNanometres"] = "--lattice-constant",
            ["Set.Recipe.NearestPlane"] = "--plane-distance",
            ["Set.Recipe.PaddingLatticeUnits"] = "--padding",
            ["Set.Recipe.SmallestBlockNanometres"] = "--size-nm",
            ["Set.Recipe.SmallestTolerance"] = "--tolerance",
            ["Set.Workers"] = "--workers",
            ["Threads"] = "--threads",
            ["Device"] = "--device",
            ["Training.BatchSize"] = "--batch",
            ["Training.Dropout"] = "--dropout",
            ["Training.Epochs"] = "--epochs",
            ["Training.IsStaged"] = "--stages",
            ["Training.LearningRate"] = "--rate",
            ["Training.Loss.RealSpace"] = "--weight-real-space",
            ["Training.Size"] = "--size",
            ["TruthPath"] = "--truth",
            ["WeightsPath"] = "--from",
        }.ToFrozenDictionary();

    /// <summary>A library's text with flags in place of properties.</summary>
    public static string Render(string text) => Named().Replace(text, match => Flag(match.Groups[1].Value));

    /// <summary>What is wrong with options, one sentence each, as the command line names them.</summary>
    /// <param name="problems">With paths as in <see cref="All"/>.</param>
    public static IEnumerable<string> Explain(IEnumerable<OptionProblem> problems) =>
        problems.Select(problem => Render(problem.ToString()));

    /// <summary>What is wrong with options, one sentence each, as the command line names them.</summary>
    /// <param name="options">Where the options stand in the paths of <see cref="All"/>, such as Preparation.</param>
    /// <param name="problems">With paths within the options.</param>
    public static IEnumerable<string> Explain(string options, IEnumerable<OptionProblem> problems) =>
        problems.Select(problem => Render(problem.Within(options).ToString()));

    // One flag is for the iterations and the refinement of every method.
    private static string Flag(string path)
    {
        string known = OfMethod().Replace(path, match => match.Groups[1].Success ? "Refine." : "Iterate.");
        return All.GetValueOrDefault(known, known);
    }

    [GeneratedRegex(@"^Method\.(?:Refinement\.(Refine)|Iterate|FromRandom|FromPrediction)\.")]
    private static partial Regex OfMethod();

    [GeneratedRegex(@"`([A-Z]\w*(?:\.[A-Z]\w*)*)`")]
    private static partial Regex Named();
}
