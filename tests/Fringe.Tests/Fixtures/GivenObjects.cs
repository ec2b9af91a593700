using Fringe.Core;
using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Tensors;
using Fringe.Core.Values;
using Fringe.Core.Volumes;
using static TorchSharp.torch;

namespace Fringe.Tests.Fixtures;

/// <summary>
/// Finds given objects whatever the pattern, in one step: from random numbers of seed i the i-th, the last of them from all further seeds; from
/// a known object that one, or what it is told to find again. They are borrowed.
/// </summary>
internal sealed record GivenObjects(params Tensor[] Objects) : PhasingMethod
{
    private readonly List<float[]> repeated = [];

    /// <summary>How many random starts were run.</summary>
    public int Runs { get; private set; }

    /// <summary>The photons of each pattern that it was to find something known in.</summary>
    public IReadOnlyList<float[]> Repeated => repeated;

    /// <summary>The masks of these patterns.</summary>
    public List<bool[]> Masks { get; } = [];

    /// <summary>The free voxels that it was to leave out of them, how many.</summary>
    public List<long> FreeVoxels { get; } = [];

    /// <summary>What it was to begin with: |psi|^2 in all.</summary>
    public List<double> Power { get; } = [];

    /// <summary>What it finds there, one after another and from the first again; empty = what is known.</summary>
    public IReadOnlyList<Tensor> Again { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Validate() => [];

    /// <inheritdoc/>
    public override IEnumerable<string> RecipesFor(IReadOnlyList<long> shape) => [];

    internal override int MostSteps(PhasingProblem problem, Start start) => 1;

    internal override PhasingState Begin(PhasingProblem problem, Start start)
    {
        if (start is RandomStart random)
        {
            lock (repeated)
            {
                Runs++;
            }

            Tensor psi = Objects[Math.Min(random.Seed, Objects.Length) - 1];
            using Tensor modulus = psi.abs();
            return new Found(psi.clone(), modulus.IsAbove(0));
        }

        // Replicas are made side by side.
        lock (repeated)
        {
            return Repeat(problem, (GivenStart)start);
        }
    }

    private Found Repeat(PhasingProblem problem, GivenStart known)
    {
        Tensor found = Again.Count == 0 ? known.Object : Again[repeated.Count % Again.Count];
        repeated.Add(problem.Pattern.Intensity.ToRealVolume().Values);
        Masks.Add(problem.Pattern.Mask.ToBooleans());
        using (var scope = NewDisposeScope())
        {
            FreeVoxels.Add(problem.Free.sum().item<long>());
            Power.Add(known.Object.abs().square().sum().item<float>());
        }

        return new Found(found.clone(), known.Support!.clone());
    }

    internal override void Step(PhasingProblem problem, PhasingState state) => ((Found)state).IsDone = true;

    internal override StopReason? Ended(PhasingState state) => ((Found)state).IsDone ? StopReason.MaxIterations : null;

    internal override PhasingMethod Rest(PhasingState state) => this;

    internal override Reconstruction Read(PhasingProblem problem, PhasingState state)
    {
        Tensor psi = ((Found)state).Object;
        double scale = AmplitudeMisfits.Chi(psi, problem.Pattern).Scale;
        double free = FreeLogLikelihood.Of(psi, problem.Pattern, problem.Free, scale);
        return new Reconstruction(psi.clone(), ((Found)state).Support.clone(), [0.5], free, StopReason.MaxIterations);
    }

    private sealed class Found(Tensor psi, Tensor support) : PhasingState
    {
        public Tensor Object { get; } = psi.DetachFromDisposeScope();

        public Tensor Support { get; } = support.DetachFromDisposeScope();

        public bool IsDone { get; set; }

        public override int Steps => IsDone ? 1 : 0;

        public override int MostSteps => 1;

        public override string Algorithm => "given";

        public override double LastChi => 0.5;

        public override void Dispose()
        {
            Object.Dispose();
            Support.Dispose();
        }
    }
}
