using System.Reflection;
using Fringe.Formats.Beamlines;

namespace Fringe.Imaging.Files;

/// <summary>What made a result, in words: the texts of <c>metrics.json</c>, the report and the CXI file.</summary>
internal static class RunTexts
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(RunTexts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Texts: the programs that computed a result.</summary>
    public static IReadOnlyList<(string Key, string Name, string Value)> Programs =>
        [
            ("fringe_version", "Fringe", Version),
            ("torchsharp_version", "TorchSharp", VersionOf(typeof(TorchSharp.torch))),
            ("dotnet_version", ".NET", Environment.Version.ToString()),
        ];

    /// <summary>Texts: what made the result.</summary>
    public static IReadOnlyList<(string Key, string Name, string Value)> Of(
        PhasedSample sample,
        PhaseRequest request
    ) =>
        [
            .. Programs,
            ("input", "input", request.Input ?? "embedded sample"),
            ("dataset", "dataset", sample.Dataset),
            ("data_sha256", "SHA-256 of the stack as read (float32)", sample.DataHash),
            ("verdict", "verdict", sample.Verdict.Word),
            ("verdict_reasons", "because", string.Join("; ", sample.Verdict.Reasons)),
            ("method", "method", MethodOf(sample, request)),
            ("recipe", "recipe", string.Join("; ", sample.RecipesOf(request).Select(recipe => recipe.Text))),
            ("command", "command", request.CommandLine),
            ("device", "device", request.Device),
            .. request.Scan is { } scan ? TextsOf(scan) : [],
        ];

    private static (string Key, string Name, string Value)[] TextsOf(RockingScan scan) =>
        [
            ("beamline", "beamline", scan.Beamline.Name),
            ("scan", "angles from", scan.Origin),
            (
                "direct_beam",
                "pixel of the direct beam",
                scan.Geometry.DirectBeam is { } beam
                    ? FormattableString.Invariant($"{beam.Row:g6}, {beam.Column:g6}")
                    : ""
            ),
        ];

    private static string MethodOf(PhasedSample sample, PhaseRequest request)
    {
        string asked = request.Method.ToString().ToLowerInvariant();
        if (request.Method != PhaseMethod.Auto)
        {
            return asked;
        }

        bool hasRandom = sample.Result.Starts.Any(start => start.IsKept && !sample.StartedFromNetwork(request, start));
        return (sample.KeepsNetwork(request), hasRandom) switch
        {
            (true, false) => $"{asked}: network",
            (true, true) => $"{asked}: network, refine",
            _ => $"{asked}: refine",
        };
    }

    private static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
