using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fringe.Learning.Networks;

/// <summary>From patterns to objects.</summary>
public abstract class PhasingNetwork : nn.Module
{
    protected PhasingNetwork(string name)
        : base(name) { }

    /// <summary>TorchSharp leaves the parameters of a disposed module alive.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (Parameter parameter in parameters().ToArray())
            {
                parameter.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Makes it ready to predict: convolutions keep their weights in the type and order they compute in.</summary>
    /// <param name="compute">The type of the convolutions.</param>
    public void PrepareToPredict(ScalarType compute)
    {
        eval();
        foreach (Convolution convolution in modules().OfType<Convolution>())
        {
            convolution.Pack(compute);
        }
    }

    /// <summary>The preset's name, as in checkpoints and options.</summary>
    public abstract string Preset { get; }

    /// <summary>
    /// Steps of phase retrieval that its objects are good enough to begin with; 0 where these would lead away from the crystal.
    /// </summary>
    public virtual int FinalSteps => 0;

    /// <summary>
    /// Parameters of the parts that stages of training hold or free: encoder, shape decoder and phase decoder; a network without
    /// such parts is one.
    /// </summary>
    public virtual IReadOnlyList<IReadOnlyList<Parameter>> Parts =>
        [
            [.. parameters()],
        ];

    /// <summary>
    /// Objects, one for each stage and the last the best: complex64 <c>[batch, z, y, x]</c>, centred, any scale and global phase. In
    /// the caller's dispose scope.
    /// </summary>
    /// <param name="pattern">Borrowed.</param>
    /// <param name="compute">float32 or bfloat16: the type of the convolutions.</param>
    /// <param name="dropout">Draws which values are dropped, in networks that do, for a step of training; null = none are. Borrowed.</param>
    public abstract IReadOnlyList<Tensor> Predict(PatternInput pattern, ScalarType compute, Generator? dropout = null);
}
