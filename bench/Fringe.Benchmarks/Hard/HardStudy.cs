using System.Reflection;
using Fringe.Core.Metrics;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using Fringe.Formats.Npy;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fringe.Benchmarks.Hard;

/// <summary>Phases hard crystals with the product, from their counts on, as <c>fringe phase</c> does.</summary>
internal static class HardStudy
{
    /// <summary>Refinement that starts at the true object: where it stays is the best that it can do.</summary>
    public const string FromTruth = "truth";

    /// <summary>The ways by their words.</summary>
    public static IReadOnlyDictionary<string, ImagingMethod> Methods { get; } =
        new ImagingMethod[] { new Automatic(), new Iterations(), new FromNetwork(), new FromRandom() }
            .Select(method => (method.Name, method))
            .Append((FromTruth, new FromObject()))
            .ToDictionary();

    /// <summary>Runs what the record lacks.</summary>
    /// <param name="options">Kinds, seeds, methods.</param>
    /// <param name="record">Gets each run when it has ended.</param>
    public static void Run(HardOptions options, HardRecord record)
    {
        // The table's results do not depend on the machine's cores.
        using Imager imager = Imager.Create(new ImagerOptions { Threads = 1 });
        foreach (int seed in Enumerable.Range(options.FirstSeed, options.Seeds))
        {
            foreach (HardKind kind in options.Kinds)
            {
                if (record.Has(kind.Name, seed, options.Method))
                {
                    continue;
                }

                using HardMeasurement measured = HardMeasurement.Make(kind, seed, options.Size);
                (ImagingResult result, double seconds) = Phase(imager, measured, options.Method);
                HardRun run = Judge(measured, options.Method, result, seconds);
                if (options.KeepsObjects)
                {
                    Keep(measured, result, Path.Combine(record.Folder, $"{kind.Name}-{seed}-{options.Method}.npy"));
                }

                record.Add(run);
                AnsiConsole.WriteLine($"{kind.Name} {seed}: {run.Error:F4} {run.Verdict} ({run.Seconds:F1} s)");
            }
        }
    }

    private static (ImagingResult Result, double Seconds) Phase(Imager imager, HardMeasurement measured, string method)
    {
        Measurement measurement = measured.ToMeasurement();
        ImagingOptions options = new() { Method = Methods[method], Replicas = 0 };
        if (method == FromTruth)
        {
            using PreparedPattern prepared = measurement.Prepare(options.Preparation, default);
            using Tensor truth = measured.TruthOn(Place(prepared.Summary, prepared.Pattern.Shape));
            measurement = measurement with { Initial = truth.ToComplexVolume() };
        }

        // The network is loaded once, by whichever comes first.
        imager.LoadNetwork();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        ImagingResult result = imager.Image(measurement, options);
        return (result, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static void Keep(HardMeasurement measured, ImagingResult result, string path)
    {
        using Tensor psi = Product.ObjectOnPattern(result);
        using Tensor found = measured.OnDetector(psi, Place(result.Preparation, Shape(result)));
        NpyFile.Write(path, found.ToComplexVolume());
    }

    private static HardRun Judge(HardMeasurement measured, string method, ImagingResult result, double seconds)
    {
        using var scope = NewDisposeScope();
        (Axes3<int>, Shape3) place = Place(result.Preparation, Shape(result));
        Tensor psi = Product.ObjectOnPattern(result);
        Tensor found = measured.OnDetector(psi, place);
        Tensor truth = measured.TruthOn(place);
        return new HardRun
        {
            Kind = measured.Kind.Name,
            Seed = measured.Seed,
            Method = method,
            Error = RealSpaceError.Of(found, measured.Truth),
            ErrorOnPattern = RealSpaceError.Of(psi, truth),
            Chi = result.Fit.Chi,
            FreeMisfit = result.Fit.NoiseRatio,
            Misfit = result.Fit.MisfitRatio,
            NoiseChi = result.Fit.NoiseChi,
            Verdict = result.Verdict.Word,
            Blur = result.Fit.CoherenceWidths ?? [0, 0, 0],
            TwinShare = TwinShare.Of(psi, truth),
            Oversampling = result.Preparation.OversamplingRatio,
            SupportVoxels = result.Fit.SupportVoxels,
            Shape = string.Join('x', Shape(result)),
            Starts = result.Starts.Count,
            Origin = result.Starts[0].Origin,
            Seconds = seconds,
            Code = Code(),
            Reason = string.Join("; ", result.Verdict.Reasons),
        };
    }

    private static (Axes3<int> Peak, Shape3 Shape) Place(PreparationSummary summary, IReadOnlyList<long> shape) =>
        (Axes3.FromList(summary.Peak), Shape3.FromList(shape));

    private static long[] Shape(ImagingResult result) =>
        [result.Measured.Depth, result.Measured.Height, result.Measured.Width];

    // The build writes it behind the version's plus; what was not committed it cannot say.
    private static string Code()
    {
        string version = typeof(Imager)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;
        string revision = version[(version.IndexOf('+') + 1)..];
        return revision[..Math.Min(8, revision.Length)];
    }
}
