using Fringe.Core.Geometry;
using Fringe.Core.Values;

namespace Fringe.Tests.Core.Geometry;

/// <summary>
/// Scan 54 at 34-ID-C (shared/data/s54-raw/geometry.json), with cohere's axes: the scan that three published derivations are compared
/// on.
/// </summary>
internal static class S54
{
    public const double Delta = 32.174 * Radian;
    public const double Gamma = 12.6346 * Radian;
    public const double Step = 0.005000034 * Radian;
    public const double Distance = 0.5;
    public const double Pitch = 55e-6;
    public const double Energy = 9000;
    public const double Radian = Math.PI / 180;

    public static Diffractometer Diffractometer { get; } =
        new(
            [Circle("theta", "y+"), Circle("chi", "z-"), Circle("phi", "y+")],
            [Circle("delta", "y+"), Circle("gamma", "x-")],
            AxisDirection.TryParse("y-")!.Value,
            AxisDirection.TryParse("x+")!.Value
        );

    public static BraggGeometry Geometry { get; } =
        new()
        {
            Diffractometer = Diffractometer,
            SampleAnglesRadians = [-0.2799992 * Radian, 90 * Radian, -5 * Radian],
            DetectorAnglesRadians = [Delta, Gamma],
            RockingCircle = 0,
            RockingStepRadians = Step,
            EnergyElectronvolts = Energy,
            DistanceMetres = Distance,
            RowPitchMetres = Pitch,
            ColumnPitchMetres = Pitch,
        };

    public static VoxelPlace Peak { get; } = new(100, 128, 128);

    public static Circle Circle(string motor, string axis) => new([motor], AxisDirection.TryParse(axis)!.Value);
}
