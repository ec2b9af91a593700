using System.Globalization;
using System.Text;
using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Formats.Beamlines;
using Fringe.Formats.Writing;

namespace Fringe.Formats.Spec;

/// <summary>Writes a rocking scan as a SPEC file that <see cref="SpecFile"/> and a beamline's definition read back.</summary>
public static class SpecWriter
{
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <param name="path">File to write.</param>
    /// <param name="beamline">Names the motors.</param>
    /// <param name="geometry">Of the scan.</param>
    /// <param name="points">Of the scan.</param>
    /// <param name="number">Of the scan.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, BeamlineDefinition beamline, BraggGeometry geometry, int points, int number)
    {
        Diffractometer diffractometer = geometry.Diffractometer;
        List<(string Name, double Value)> motors =
        [
            .. diffractometer.SampleCircles.Zip(
                geometry.SampleAnglesRadians,
                (circle, angle) => (circle.Motor, angle * DegreesPerRadian)
            ),
            // A motor that carries both is the sample's already.
            .. diffractometer
                .DetectorCircles.Zip(
                    geometry.DetectorAnglesRadians,
                    (circle, angle) => (circle.Motor, angle * DegreesPerRadian)
                )
                .Where(motor => diffractometer.SampleCircles.All(circle => circle.Motor != motor.Motor)),
        ];
        if (beamline.Energy is { } energy)
        {
            motors.Add((energy.Names[0], geometry.EnergyElectronvolts / (energy.Unit == "keV" ? 1000 : 1)));
        }

        if (beamline.Distance is { } distance)
        {
            motors.Add((distance.Names[0], geometry.DistanceMetres * (distance.Unit == "mm" ? 1000 : 1)));
        }

        string rocking = diffractometer.SampleCircles[geometry.RockingCircle].Motor;
        double first = geometry.SampleAnglesRadians[geometry.RockingCircle] * DegreesPerRadian;
        double step = geometry.RockingStepRadians * DegreesPerRadian;
        StringBuilder text = new();
        text.Append(Invariant($"#F {Path.GetFileName(path)}\n"));
        text.Append(Invariant($"#O0 {string.Join("  ", motors.Select(motor => motor.Name))}\n\n"));
        text.Append(
            Invariant($"#S {number} ascan {rocking} {first:R} {first + ((points - 1) * step):R} {points - 1} 1\n")
        );
        text.Append(Invariant($"#P0 {string.Join(' ', motors.Select(motor => Invariant($"{motor.Value:R}")))}\n"));
        text.Append(Invariant($"#N 1\n#L {rocking}\n"));
        for (int point = 0; point < points; point++)
        {
            text.Append(Invariant($"{first + (point * step):R}\n"));
        }

        AsideFile.WriteAll(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
