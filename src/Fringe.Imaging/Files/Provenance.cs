using System.Reflection;
using Fringe.Formats.Beamlines;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Methods;

namespace Fringe.Imaging.Files;

/// <summary>What made a result, in words: the texts of <c>metrics.json</c>, the report and the CXI file.</summary>
internal static class Provenance
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Texts: the programs that computed a result.</summary>
    public static IReadOnlyList<FactValue> Programs =>
        [
            Facts.FringeVersion.Of(Version),
            Facts.TorchSharpVersion.Of(VersionOf(typeof(TorchSharp.torch))),
            Facts.DotnetVersion.Of(Environment.Version.ToString()),
        ];

    /// <summary>Texts: what made the result.</summary>
    /// <param name="result">It.</param>
    /// <param name="commandLine">That asked for it; empty where none did.</param>
    public static IReadOnlyList<FactValue> Of(ImagingResult result, string commandLine) =>
        [
            .. Programs,
            Facts.Input.Of(result.Measurement.Input),
            Facts.Dataset.Of(result.Measurement.Dataset),
            Facts.DataHash.Of(result.DataHash),
            Facts.Verdict.Of(result.Verdict.Word),
            Facts.VerdictReasons.Of(string.Join("; ", result.Verdict.Reasons)),
            Facts.Method.Of(MethodOf(result)),
            Facts.Recipe.Of(result.Recipes.Count == 0 ? "none: refined at once" : string.Join("; ", result.Recipes)),
            Facts.Command.Of(commandLine),
            Facts.Device.Of(result.Imager.Device == ComputeDevice.Cuda ? "cuda" : "cpu"),
            .. result.Measurement.Scan is { } scan ? TextsOf(scan) : [],
        ];

    private static FactValue[] TextsOf(RockingScan scan) =>
        [
            Facts.Beamline.Of(scan.Beamline.Name),
            Facts.Scan.Of(scan.Origin),
            Facts.DirectBeam.Of(
                scan.Geometry.DirectBeam is { } beam
                    ? FormattableString.Invariant($"{beam.Row:g6}, {beam.Column:g6}")
                    : ""
            ),
        ];

    private static string MethodOf(ImagingResult result)
    {
        string asked = result.Options.Method.Name;
        if (result.Options.Method is not Automatic)
        {
            return asked;
        }

        bool hasRandom = result.Starts.Any(start => start.IsKept && start.Origin != Origins.Network);
        return (result.KeepsNetwork, hasRandom) switch
        {
            (true, false) => $"{asked}: network",
            (true, true) => $"{asked}: network, refine",
            _ => $"{asked}: refine",
        };
    }

    private static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
