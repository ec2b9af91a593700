using Fringe.Core.Phasing;
using Fringe.Core.Preparation;
using static TorchSharp.torch;

namespace Fringe.Imaging;

/// <summary>What was measured so far, ready to be phased. Owns its tensors.</summary>
internal sealed class LivePattern : IDisposable
{
    private readonly PreparedPattern prepared;
    private readonly Tensor free;

    /// <param name="prepared">Taken over.</param>
    /// <param name="freeVoxels">Chooses the voxels that judge, which were fitted by no pattern before; remembers this one.</param>
    /// <param name="device">Where to compute.</param>
    public LivePattern(PreparedPattern prepared, FreeVoxels freeVoxels, Device device)
    {
        this.prepared = prepared;
        free = freeVoxels.Choose(prepared.Pattern).DetachFromDisposeScope();
        // They judge whatever comes.
        Problem = new PhasingProblem(prepared.Pattern, free, device) { AreFreeGivenBack = false };
    }

    /// <summary>What the preparation found.</summary>
    public PreparationSummary Summary => prepared.Summary;

    /// <summary>To be explained.</summary>
    public PhasingProblem Problem { get; }

    public void Dispose()
    {
        Problem.Dispose();
        free.Dispose();
        prepared.Dispose();
    }
}
