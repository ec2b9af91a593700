using Fringe.Core.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Learning.Training;

/// <summary>
/// TorchSharp's Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1), its state and its numbers, whose step holds each <c>Scalar</c> until
/// torch has read it (<see cref="TensorArithmetic"/>); without weight decay.
/// </summary>
/// <param name="parameters">Real; borrowed.</param>
/// <param name="rate">Length of a step.</param>
/// <param name="beta1">Decay of the first moment.</param>
/// <param name="beta2">Decay of the second.</param>
internal sealed class ScalarSafeAdam(IEnumerable<Parameter> parameters, double rate, double beta1, double beta2)
    : Adam(parameters, rate, beta1, beta2)
{
    public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

    private void Step(ParamGroup group)
    {
        Options options = group.Options;
        (double keep1, double keep2) = group.Betas;
        foreach (Parameter parameter in group.Parameters)
        {
            if (parameter.grad is not { } gradient)
            {
                continue;
            }

            State state = (State)_state[parameter.Handle];
            state.step++;
            double unbias1 = 1 - Math.Pow(keep1, state.step);
            double unbias2 = 1 - Math.Pow(keep2, state.step);
            using Scalar share = (1 - keep2).ToScalar();
            using Scalar length = (-options.LearningRate!.Value / unbias1).ToScalar();
            state.exp_avg.TimesInPlace(keep1).PlusInPlace(gradient, 1 - keep1);
            state.exp_avg_sq.TimesInPlace(keep2).addcmul_(gradient, gradient, share);
            Tensor root = state.exp_avg_sq.sqrt().Over(Math.Sqrt(unbias2)).Plus(options.eps!.Value);
            parameter.addcdiv_(state.exp_avg, root, length);
        }
    }
}
