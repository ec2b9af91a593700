using Fringe.Core;
using Fringe.Core.Tensors;
using Fringe.Core.Volumes;
using Fringe.Formats.Crystals;
using Fringe.Formats.Cxi;
using static TorchSharp.torch;

namespace Fringe.Learning.Augmentation;

/// <summary>Brings reconstructions, each of its own shape and sampling, to one small grid.</summary>
public static class PhasedCrystalMaker
{
    // Of a crystal's extent: fewer are no shape to learn from.
    private const int LeastVoxels = 8;

    // Of the median amplitude: fainter specks of a support are no part of the crystal's box.
    private const float Faint = 0.3f;

    /// <summary>Cuts out the crystal and resamples it.</summary>
    /// <param name="result">A reconstruction.</param>
    /// <param name="split">What it is for.</param>
    /// <exception cref="InputException">The crystal is empty or has too few voxels.</exception>
    public static PhasedCrystal Of(PhasedResult result, CrystalSplit split)
    {
        using var scope = NewDisposeScope();
        ComplexVolume image = result.Image;
        Tensor inside = tensor(result.Support).reshape(image.Depth, image.Height, image.Width);
        Tensor psi = result.Image.ToTensor() * inside;
        Tensor amplitude = psi.abs();
        float median = amplitude.masked_select(inside).median().item<float>();
        if (!(median > 0))
        {
            throw InputException.ForFile(result.Path, "the object is empty; phase it again");
        }

        psi = psi / tensor(median);
        Tensor bright = amplitude.IsAtLeast(Faint * median);
        double[] step = new double[3];
        for (int axis = 0; axis < 3; axis++)
        {
            (long first, long count) = Box(bright, axis);
            if (count < LeastVoxels)
            {
                throw InputException.ForFile(
                    result.Path,
                    $"the crystal has {count} voxels along {"zyx"[axis]}, too few to learn from ({LeastVoxels}); phase it on a larger shape"
                );
            }

            step[axis] = (double)count / PhasedCrystal.Span;
            double centre = first + (0.5 * (count - 1));
            psi = psi.Along(axis, Weights(psi.shape[axis], centre, step[axis]));
        }

        return new PhasedCrystal
        {
            Source = result.Path,
            DataHash = result.DataHash,
            Chi = result.Chi,
            ProgramVersion = result.ProgramVersion,
            Split = split,
            Step = step,
            Interleaved = psi.ToComplexVolume().Interleaved,
        };
    }

    private static (long First, long Count) Box(Tensor inside, int axis)
    {
        using var scope = NewDisposeScope();
        long[] others = [.. new long[] { 0, 1, 2 }.Where(other => other != axis)];
        long[] places = inside.sum(others).nonzero().reshape(-1).data<long>().ToArray();
        return (places[0], places[^1] - places[0] + 1);
    }

    // Linear between voxels where the grid is finer than the reconstruction, a mean with triangular weights where it is coarser.
    private static Tensor Weights(long length, double centre, double step)
    {
        float[] weights = new float[PhasedCrystal.Voxels * length];
        double width = Math.Max(1, step);
        for (int i = 0; i < PhasedCrystal.Voxels; i++)
        {
            double place = centre + ((i - (PhasedCrystal.Voxels / 2)) * step);
            double Triangle(int n) => Math.Max(0, 1 - (Math.Abs(n - place) / width));
            // What lies beyond the volume is 0 and has its weight too.
            double sum = Enumerable.Range((int)Math.Floor(place - width), (int)(2 * width) + 3).Sum(Triangle);
            for (int n = 0; n < length; n++)
            {
                weights[(i * length) + n] = (float)(Triangle(n) / sum);
            }
        }

        return tensor(weights).reshape(PhasedCrystal.Voxels, length).to(ScalarType.ComplexFloat32);
    }
}
