using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Formats.Arrays;

namespace Fringe.Formats.Beamlines;

/// <summary>The angles of a rocking scan: which circle turns, from where, in which steps, and where the others stand.</summary>
internal sealed record RockingAngles
{
    // The largest share of a step by which a point may stand off its place.
    private const double Unevenness = 0.5;

    // So many points stepping evenly say where the others belong; so large a share of the others is too much.
    private const int LeastEven = 8;
    private const int OffOneIn = 4;

    // Many turns; old files of one beamline have millionths of a degree.
    private const double MostDegrees = 10_000;

    private const double WholeTurn = 360;

    // Of longer scans nobody wants to know how many points at their beginning do step evenly.
    private const int MostSearched = 10_000;

    /// <summary>Of the circles, the sample's first.</summary>
    public required int Circle { get; init; }

    /// <summary>Of the circle that turns, at point 0.</summary>
    public required double FirstDegrees { get; init; }

    public required double StepDegrees { get; init; }

    /// <summary>Points of the scan.</summary>
    public required int Points { get; init; }

    /// <summary>Points, from 0, that do not stand where the steps would have them.</summary>
    public required IReadOnlyList<int> OffPoints { get; init; }

    /// <summary>One a circle, the sample's first; of the one that turns the first.</summary>
    public required IReadOnlyList<double> Degrees { get; init; }

    /// <summary>What a person should know, one sentence each.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <param name="beamline">Whose circles turn.</param>
    /// <param name="motors">Of the circles, in their order.</param>
    /// <param name="scan">For messages.</param>
    /// <param name="frames">Points that count, from the first; null = all.</param>
    /// <exception cref="InputException">No circle of the sample turns, another one turns too, or it does not step.</exception>
    public static RockingAngles Of(
        BeamlineDefinition beamline,
        IReadOnlyList<MotorPositions> motors,
        ScanRecord scan,
        int? frames
    )
    {
        Circle[] circles = [.. beamline.Diffractometer.Circles];
        int rocking = Rocking(beamline, circles, motors, scan);
        string name = circles[rocking].Motor;
        IReadOnlyList<double> all = motors[rocking].Values;
        double[] positions = [.. all.Take(frames ?? all.Count)];
        int bad = Array.FindIndex(positions, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            bool isStopped = bad >= LeastEven && !positions[bad..].Any(double.IsFinite);
            string wayOut = isStopped
                ? $"if the scan was stopped there, `Preparation.Frames` {bad} takes the frames before it alone; else {ScanRecord.WayOut}"
                : ScanRecord.WayOut;
            throw new InputException(
                $"{scan.Origin}: {name} is no number at point {bad} of {all.Count}{(isStopped ? " and behind it" : "")}; {wayOut}"
            );
        }

        (double first, double step, int[] off) = Steps(positions, $"{scan.Origin}: {name}");
        double[] degrees = [.. motors.Select((motor, i) => i == rocking ? first : Standing(motor, circles[i], scan))];
        int far = Array.FindIndex(degrees, angle => Math.Abs(angle) > MostDegrees);
        if (far >= 0)
        {
            throw new InputException(
                FormattableString.Invariant(
                    $"{scan.Origin}: {circles[far].Motor} at {degrees[far]:g6} is no angle in degrees; "
                ) + ScanRecord.WayOut
            );
        }

        return new RockingAngles
        {
            Circle = rocking,
            FirstDegrees = first,
            StepDegrees = step,
            Points = all.Count,
            OffPoints = off,
            Degrees = degrees,
            Remarks =
            [
                .. off.Length == 0 ? Array.Empty<string>() : [OffRemark(name, positions, off, first, step)],
                .. Enumerable
                    .Range(0, degrees.Length)
                    .Where(i => Math.Abs(degrees[i]) > WholeTurn)
                    .Select(i =>
                        FormattableString.Invariant(
                            $"{circles[i].Motor} stands at {degrees[i]:g6} deg, beyond a whole turn ({motors[i].Source}): is the number in degrees?"
                        )
                    ),
            ],
        };
    }

    // Which circle turns: one of the sample's, and no other. What moves by less than half a step of it is the noise of an encoder.
    private static int Rocking(
        BeamlineDefinition beamline,
        Circle[] circles,
        IReadOnlyList<MotorPositions> motors,
        ScanRecord scan
    )
    {
        int sample = beamline.Diffractometer.SampleCircles.Count;
        double[] ranges = [.. motors.Select(motor => Range(motor.Values))];
        int[] scanned = [.. Enumerable.Range(0, circles.Length).Where(i => motors[i].Values.Count > 1)];
        double step = scanned.Select(i => ranges[i] / (motors[i].Values.Count - 1)).DefaultIfEmpty(0).Max();
        int[] moving = [.. scanned.Where(i => ranges[i] > Unevenness * step)];
        string? energy = ScannedEnergy(beamline, scan);
        if (energy is null && moving is [int rocking] && rocking < sample)
        {
            return rocking;
        }

        if (scan.Points == 0 || motors.Any(motor => motor.Values.Count == 0))
        {
            throw new InputException(
                $"{scan.Origin}: '{scan.Command}' has no points: it was stopped before the first, or not begun; choose another with `ScanNumber`"
            );
        }

        if (energy is null && moving.Length == 0 && scanned.Length > 0)
        {
            throw new InputException($"{scan.Origin}: {circles[scanned[0]].Motor} stands still, the step is 0");
        }

        string single =
            scanned.Length == 0 && energy is null && scan.Points is null
                ? " (each has one value: the scan has one point, or moves something else)"
                : "";
        string turned = moving.Length == 0 ? "none" : string.Join(", ", moving.Select(i => circles[i].Motor));
        throw new InputException(
            $"{scan.Origin}: '{scan.Command}' turns {turned} of the circles{energy}; a rocking scan turns one of "
                + string.Join(", ", beamline.Diffractometer.SampleCircles.Select(circle => circle.Motor))
                + (scan.Points == 1 ? ", and has two points at least" : single)
        );
    }

    private static string? ScannedEnergy(BeamlineDefinition beamline, ScanRecord scan)
    {
        if (beamline.Energy is null || scan.Find(beamline.Energy.Names) is not { Values.Count: > 1 } motor)
        {
            return null;
        }

        double[] values = [.. motor.Values.Where(double.IsFinite)];
        return values.Length > 1 && values.Max() - values.Min() > Contradiction.FinestEnergy * Math.Abs(values[0])
            ? FormattableString.Invariant(
                $" and scans the energy, {beamline.Energy.Names[0]} from {values.Min():g6} to {values.Max():g6}"
            )
            : null;
    }

    private static double Range(IReadOnlyList<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length == 0 ? 0 : finite.Max() - finite.Min();
    }

    private static double Standing(MotorPositions motor, Circle circle, ScanRecord scan)
    {
        double[] finite = [.. motor.Values.Where(double.IsFinite)];
        return finite.Length > 0
            ? finite[0]
            : throw new InputException(
                $"{scan.Origin}: {circle.Motor} is no number ({motor.Source}); {ScanRecord.WayOut}"
            );
    }

    private static (double First, double Step, int[] Off) Steps(double[] positions, string origin)
    {
        if (positions.Length < 2)
        {
            throw new InputException($"{origin} has {positions.Length} point; a rocking scan has two at least");
        }

        double step = (positions[^1] - positions[0]) / (positions.Length - 1);
        if (step != 0 && Off(positions, positions[0], step).Length == 0)
        {
            return (positions[0], step, []);
        }

        if (positions.Length >= LeastEven && Line(positions) is var (first, slope) && slope != 0)
        {
            int[] off = Off(positions, first, slope);
            if (off.Length * OffOneIn <= positions.Length && positions.Length - off.Length >= LeastEven)
            {
                return (first, slope, off);
            }
        }

        throw new InputException(
            step == 0 ? $"{origin} ends where it began: the step is 0" : Uneven(positions, step, origin)
        );
    }

    private static string Uneven(double[] positions, double step, string origin)
    {
        int worst = Enumerable
            .Range(0, positions.Length)
            .MaxBy(i => Math.Abs(positions[i] - positions[0] - (i * step)));
        double off = (positions[worst] - positions[0] - (worst * step)) / step;
        int even = Enumerable
            .Range(LeastEven, positions.Length > MostSearched ? 0 : Math.Max(0, positions.Length - LeastEven))
            .LastOrDefault(count =>
                (positions[count - 1] - positions[0]) / (count - 1) is var mean
                && mean != 0
                && Off(positions[..count], positions[0], mean).Length == 0
            );
        string wayOut =
            even >= positions.Length / OffOneIn && even > 0
                ? $"the first {even} points do: `Preparation.Frames` {even} takes their frames alone"
                : "`Preparation.Frames` can leave out frames at the end alone: save those that step evenly as a stack of their own; "
                    + ScanRecord.WayOut;
        return FormattableString.Invariant(
            $"{origin} does not step evenly: point {worst} is off by {off:g2} steps of {step:g4}; {wayOut}"
        );
    }

    private static int[] Off(double[] positions, double first, double step) =>
        [
            .. Enumerable
                .Range(0, positions.Length)
                .Where(i => !(Math.Abs(positions[i] - first - (i * step)) <= Unevenness * Math.Abs(step))),
        ];

    // The line that most points lie on: the median of slopes over half the scan, then least squares over the points that agree.
    private static (double First, double Step) Line(double[] positions)
    {
        int half = positions.Length / 2;
        double step = Median([
            .. Enumerable.Range(0, positions.Length - half).Select(i => (positions[i + half] - positions[i]) / half),
        ]);
        double first = Median([.. positions.Select((angle, i) => angle - (i * step))]);
        HashSet<int> off = [.. Off(positions, first, step)];
        int[] even = [.. Enumerable.Range(0, positions.Length).Where(i => !off.Contains(i))];
        if (even.Length < 2)
        {
            return (first, step);
        }

        double middle = even.Average();
        double mean = even.Average(i => positions[i]);
        double slope = even.Sum(i => (i - middle) * (positions[i] - mean)) / even.Sum(i => (i - middle) * (i - middle));
        return (mean - (slope * middle), slope);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static string OffRemark(string name, double[] positions, int[] off, double first, double step)
    {
        double most = off.Max(i => Math.Abs(positions[i] - first - (i * step)) / Math.Abs(step));
        return FormattableString.Invariant(
            $"{name} does not step evenly: points {string.Join(", ", IndexRanges.Of(off))} of {positions.Length}, counted from 0, stand up to {most:g2} steps off their places. Their frames count as not measured."
        );
    }
}
