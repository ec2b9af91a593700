using Fringe.Learning.Losses;

namespace Fringe.Learning.Training;

/// <summary>A stretch of training: what is trained, with which terms.</summary>
/// <param name="Name">For progress and history.</param>
/// <param name="Parts">Trained parts (0 encoder, 1 shape decoder, 2 phase decoder); the others are held. null = all.</param>
/// <param name="Loss">Weights of its loss.</param>
internal sealed record TrainingStage(string Name, IReadOnlyList<int>? Parts, LossOptions Loss)
{
    /// <summary>The stages of a training.</summary>
    public static IReadOnlyList<TrainingStage> Of(TrainingOptions options)
    {
        LossOptions loss = options.Loss;
        // Without a phase the predicted pattern says nothing, so the first stage has no physics.
        return options.IsStaged
            ?
            [
                new("shape", [0, 1], loss with { Phase = 0, Physics = 0, RealSpace = 0 }),
                new("phase", [2], loss with { Shape = 0 }),
                new("encoder and phase", [0, 2], loss with { Shape = 0 }),
                new("all", null, loss),
            ]
            : [new("all", null, loss)];
    }
}
