using Fringe.Core.Values;

namespace Fringe.Learning.Augmentation.Objects;

/// <summary>A field multiplied so that its phase has a stated range inside a crystal, what of it only moves the peak counted.</summary>
internal sealed class StretchedPhase : PhaseField
{
    private readonly PhaseField field;
    private readonly double factor;

    private StretchedPhase(PhaseField field, double factor)
    {
        this.field = field;
        this.factor = factor;
    }

    /// <summary>Stretches a field.</summary>
    /// <param name="field">Of any range but 0.</param>
    /// <param name="shape">The crystal.</param>
    /// <param name="reach">No part of it is farther than this from the origin along an axis, voxels.</param>
    /// <param name="range">Between its largest and smallest phase, radians.</param>
    public static StretchedPhase To(PhaseField field, CrystalShape shape, double reach, double range)
    {
        int half = (int)Math.Ceiling(reach);
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int z = -half; z <= half; z++)
        {
            for (int y = -half; y <= half; y++)
            {
                for (int x = -half; x <= half; x++)
                {
                    Vector3D place = new(x, y, z);
                    if (shape.Depth(place) > 0)
                    {
                        double phase = field.At(place);
                        (least, most) = (Math.Min(least, phase), Math.Max(most, phase));
                    }
                }
            }
        }

        return new StretchedPhase(field, range / (most - least));
    }

    public override double At(Vector3D place) => factor * field.At(place);
}
