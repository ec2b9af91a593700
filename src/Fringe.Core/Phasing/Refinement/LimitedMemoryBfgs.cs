using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Core.Phasing.Refinement;

/// <summary>
/// Limited-memory BFGS (Liu and Nocedal, Math. Program. 45, 503 (1989)) as torch has it, on real and imaginary parts, with the
/// gradient from autodiff.
/// </summary>
public sealed record LimitedMemoryBfgs : Optimiser
{
    /// <summary>Length of a step over the quasi-Newton one.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Gradients remembered.</summary>
    public int History { get; init; } = 10;

    /// <summary>Evaluations of the objective in one step.</summary>
    public int InnerSteps { get; init; } = 5;

    public override string Name => "L-BFGS";

    public override IEnumerable<OptionProblem> Validate()
    {
        if (Rate is not (> 0 and <= 1))
        {
            yield return new(nameof(Rate), "must be above 0 and at most 1");
        }

        if (History < 1)
        {
            yield return new(nameof(History), "must be at least 1");
        }

        if (InnerSteps < 1)
        {
            yield return new(nameof(InnerSteps), "must be at least 1");
        }
    }

    internal override void Step(RefinementState state, RefinementObjective objective)
    {
        using var scope = NewDisposeScope();
        using Tensor toward = objective.PointToward(state);
        Memory memory = state.Remember(() => new Memory(this, state.Object));
        Tensor inside = state.Support.unsqueeze(-1);
        memory.Run(
            state.Object,
            pairs =>
            {
                Tensor loss = objective.Of(view_as_complex(pairs * inside), state);
                loss.backward();
                return loss;
            }
        );
        state.Object.mul_(state.Support);
    }

    /// <summary>torch's optimiser and its variable. Owns both.</summary>
    private sealed class Memory : IDisposable
    {
        private readonly Parameter pairs;
        private readonly LBFGS optimiser;

        public Memory(LimitedMemoryBfgs options, Tensor psi)
        {
            using var scope = NewDisposeScope();
            Tensor real = view_as_real(psi).clone();
            pairs = new Parameter(real, requires_grad: true);
            pairs.DetachFromDisposeScope();
            optimiser = optim.LBFGS(
                [pairs],
                lr: options.Rate,
                max_iter: options.InnerSteps,
                max_eval: options.InnerSteps,
                history_size: options.History
            );
        }

        public void Run(Tensor psi, Func<Tensor, Tensor> backward)
        {
            using (no_grad())
            {
                pairs.copy_(view_as_real(psi));
            }

            optimiser.step(() =>
            {
                optimiser.zero_grad();
                return backward(pairs);
            });
            using (no_grad())
            {
                psi.copy_(view_as_complex(pairs));
            }
        }

        public void Dispose()
        {
            optimiser.Dispose();
            pairs.Dispose();
        }
    }
}
