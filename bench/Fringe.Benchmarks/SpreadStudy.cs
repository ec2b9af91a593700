using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Imaging;
using Fringe.Imaging.Methods;
using static TorchSharp.torch;

namespace Fringe.Benchmarks;

/// <summary>Phases crystals from several seeds with the product's default, under whatever instruction set this process has.</summary>
internal static class SpreadStudy
{
    private const int Most = 100;
    private const int Seeds = 3;

    /// <summary>Appends to the set's file of that name what it lacks, run by run.</summary>
    /// <param name="folder">Written by <c>fringe simulate --examples</c>.</param>
    /// <param name="name">Of the instruction set.</param>
    public static void Run(string folder, string name)
    {
        string path = Path.Combine(folder, $"spread-{name}.csv");
        HashSet<(double, int)> done = File.Exists(path)
            ? [.. File.ReadLines(path).Skip(1).Select(SpreadRun.Parse).Select(run => (run.Photons, run.Crystal))]
            : [];
        if (done.Count == 0)
        {
            File.WriteAllText(path, SpreadRun.Header + "\n");
        }

        // The tables' results do not depend on the machine's cores.
        using Imager imager = Imager.Create(new ImagerOptions { Threads = 1 });
        foreach ((int crystal, Tensor psi) in RefinementProblem.ReadObjects(folder, Most).Index())
        {
            using (psi)
            {
                foreach (double photons in SpreadTable.Photons.Where(photons => !done.Contains((photons, crystal))))
                {
                    using RefinementProblem problem = Count(psi, photons, 1000 + crystal);
                    File.AppendAllLines(path, Phase(problem, imager, photons, crystal).Select(run => run.ToString()));
                }
            }
        }
    }

    // In float64: every instruction set must see the same photons.
    private static RefinementProblem Count(Tensor psi, double photons, int seed)
    {
        using var scope = NewDisposeScope();
        Tensor exact = psi.to(ScalarType.ComplexFloat64);
        double power = exact.abs().Squared().sum().item<double>();
        Tensor truth = exact * Math.Sqrt(photons / power);
        using Generator generator = new((ulong)seed);
        Tensor counts = poisson(ForwardModel.Propagate(truth).abs().Squared(), generator).to(ScalarType.Float32);
        DiffractionPattern pattern = new(counts.contiguous().clone(), zeros(counts.shape, ScalarType.Bool));
        Tensor kept = truth.to(ScalarType.ComplexFloat32).contiguous();
        return new RefinementProblem(kept.DetachFromDisposeScope(), pattern);
    }

    private static List<SpreadRun> Phase(RefinementProblem problem, Imager imager, double photons, int crystal)
    {
        using var scope = NewDisposeScope();
        Tensor? first = null;
        List<SpreadRun> runs = [];
        for (int seed = 1; seed <= Seeds; seed++)
        {
            // Starts take the seeds from this one on.
            ImagingOptions options = new()
            {
                Method = new Automatic(),
                Replicas = 0,
                Seed = 1 + (10 * (seed - 1)),
            };
            ImagingResult result = imager.Image(problem.Pattern, options);
            Tensor psi = result.Crystal.Object.ToTensor();
            double[] others = [.. result.Starts.Skip(1).Select(start => start.Agreement).Where(double.IsFinite)];
            runs.Add(
                new(
                    photons,
                    crystal,
                    seed,
                    RealSpaceError.Of(psi, problem.Truth),
                    result.Verdict.Word,
                    result.Fit.NoiseRatio,
                    result.Fit.MisfitRatio,
                    result.Fit.Chi / result.Fit.NoiseChi,
                    result.Starts.Count,
                    others.Length == 0 ? double.NaN : 1 - others.Max(),
                    result.Network?.Spread ?? double.NaN,
                    first is null ? double.NaN : RealSpaceError.Of(psi, first)
                )
            );
            first ??= psi;
        }

        return runs;
    }
}
