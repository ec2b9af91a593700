using Fringe.Core.Volumes;

namespace Fringe.Core.Preparation;

/// <summary>What a stack looks like with everything masked that was not measured: three images of the detector, float32 <c>[1, row, column]</c>.</summary>
public sealed record StackPreview
{
    /// <summary>The frame with the most photons.</summary>
    public required int BrightestFrame { get; init; }

    /// <summary>That frame: photons, NaN where masked.</summary>
    public required RealVolume Frame { get; init; }

    /// <summary>Photons summed over the rocking curve, NaN where every frame is masked.</summary>
    public required RealVolume Sum { get; init; }

    /// <summary>Share of the measured frames in which a pixel is masked.</summary>
    public required RealVolume MaskedShare { get; init; }

    /// <param name="stack">Corrected, not binned.</param>
    /// <param name="frames">Which were measured.</param>
    internal static StackPreview Of(WorkingStack stack, IReadOnlyList<bool> frames)
    {
        int pixels = stack.Height * stack.Width;
        float[] sum = new float[pixels];
        float[] masked = new float[pixels];
        int measured = Math.Max(1, frames.Count(frame => frame));
        FrameLoop.Run(
            stack.Height,
            row =>
            {
                for (int frame = 0; frame < stack.Depth; frame++)
                {
                    for (int pixel = row * stack.Width; pixel < (row + 1) * stack.Width; pixel++)
                    {
                        sum[pixel] += stack.Intensity[(frame * pixels) + pixel];
                        masked[pixel] += frames[frame] && stack.Mask[(frame * pixels) + pixel] ? 1f / measured : 0;
                    }
                }
            }
        );
        double[] photons = stack.PhotonsOfFrames();
        int brightest = Array.IndexOf(photons, photons.Max());
        int start = brightest * pixels;
        return new StackPreview
        {
            BrightestFrame = brightest,
            Frame = Image(i => stack.Mask[start + i] ? float.NaN : stack.Intensity[start + i]),
            Sum = Image(i => masked[i] > 1 - (0.5f / measured) ? float.NaN : sum[i]),
            MaskedShare = Image(i => Math.Min(1, masked[i])),
        };

        RealVolume Image(Func<int, float> value) =>
            new([.. Enumerable.Range(0, pixels).Select(value)], 1, stack.Height, stack.Width);
    }
}
