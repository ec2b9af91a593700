using Fringe.Core.Phasing;

namespace Fringe.Imaging;

/// <summary>Tells a caller of the steps of a stage.</summary>
/// <param name="stage">Which.</param>
/// <param name="watch">The caller's.</param>
internal sealed class StageRelay(ImagingStage stage, IProgress<ImagingUpdate> watch) : IProgress<PhasingProgress>
{
    public void Report(PhasingProgress value) =>
        watch.Report(
            new()
            {
                Stage = stage,
                Start = value.Start,
                Starts = value.Starts,
                Step = value.Iteration,
                Steps = value.Iterations,
                Algorithm = value.Algorithm,
                Chi = value.Chi,
            }
        );
}
