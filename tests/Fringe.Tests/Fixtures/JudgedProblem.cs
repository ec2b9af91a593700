using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Uncertainty;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

/// <summary>A pattern with free voxels, ready to be phased. Owns the problem and its free voxels, not the pattern.</summary>
internal sealed class JudgedProblem : IDisposable
{
    /// <param name="pattern">Borrowed.</param>
    /// <param name="seed">Chooses the free voxels.</param>
    /// <param name="freeFraction">Share of the measured voxels.</param>
    /// <param name="device">Where to compute; null = the CPU.</param>
    public JudgedProblem(DiffractionPattern pattern, int seed = 1, double freeFraction = 0.03, Device? device = null)
        : this(pattern, FreeVoxels.Choose(pattern, freeFraction, seed), device) { }

    /// <param name="pattern">Borrowed.</param>
    /// <param name="free">bool <c>[z, y, x]</c>: the free voxels; taken over.</param>
    /// <param name="device">Where to compute; null = the CPU.</param>
    public JudgedProblem(DiffractionPattern pattern, Tensor free, Device? device = null)
    {
        Free = free.DetachFromDisposeScope();
        Problem = new PhasingProblem(pattern, Free, device ?? CPU);
    }

    /// <summary>The free voxels.</summary>
    public Tensor Free { get; }

    /// <summary>What methods are given.</summary>
    public PhasingProblem Problem { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A whole run of one start; the caller's.</summary>
    public Reconstruction Run(PhasingMethod method, Start start, Action<PhasingState>? watch = null) =>
        PhasingRun.ToTheEnd(Problem, method, start, watch, Token);

    /// <summary>The starts of a plan, one of which must give finite numbers; the caller's.</summary>
    public PhasingResult Run(StartPlan plan)
    {
        PhasingResult? result = ManyStarts.Run(Problem, plan, null, Token);
        Assert.NotNull(result);
        return result;
    }

    /// <summary>Replicas of a result, one of which must give finite numbers; the caller's.</summary>
    public PhotonBootstrap Repeat(PhasingMethod repeat, PhasingResult result, int count, int seed = 7)
    {
        BootstrapOptions options = new() { Replicas = count, Seed = seed };
        PhotonBootstrap? replicas = PhotonBootstrap.Run(Problem, repeat, result, options, null, Token);
        Assert.NotNull(replicas);
        return replicas;
    }

    public void Dispose()
    {
        Problem.Dispose();
        Free.Dispose();
    }
}
