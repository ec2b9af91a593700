using System.Globalization;
using Fringe.Core;
using Fringe.Core.Values;

namespace Fringe.Formats.Beamlines;

/// <summary>
/// Energy, distance, pixel and direct beam of a scan: what the command line says, else what the record says, else the beamline's definition.
/// </summary>
internal sealed class ScanQuantities
{
    private const string CommandLine = "the command line";
    private const string EnergyOption = "`Geometry.EnergyElectronvolts`";
    private const string DistanceOption = "`Geometry.DistanceMetres`";
    private const string PixelOption = "`PixelMicrometres`";
    private readonly BeamlineDefinition beamline;
    private readonly ScanRecord scan;
    private readonly GeometryOverrides given;
    private readonly RecordedNumber? energy;
    private readonly RecordedNumber? distance;

    /// <param name="beamline">Knows the units, and the usual detector's pixel.</param>
    /// <param name="scan">What was recorded.</param>
    /// <param name="given">What the command line says.</param>
    public ScanQuantities(BeamlineDefinition beamline, ScanRecord scan, GeometryOverrides given)
    {
        this.beamline = beamline;
        this.scan = scan;
        this.given = given;
        energy = Better(
            scan.EnergyElectronvolts,
            OfMotor(beamline.Energy, (value, motor) => Electronvolts(value, beamline.Energy!, motor))
        );
        distance = Better(
            scan.DistanceMetres,
            OfMotor(
                beamline.Distance,
                (value, motor) =>
                    DetectorLength.DistanceMetres(
                        value * (beamline.Distance!.Unit == "mm" ? 1e-3 : 1),
                        $"{motor.Source}: distance of the detector"
                    )
            )
        );
    }

    /// <summary>eV.</summary>
    /// <exception cref="InputException">Not known, or what is recorded cannot be one.</exception>
    public double Energy =>
        given.EnergyElectronvolts
        ?? (energy ?? throw Missing("photon energy", beamline.Energy, EnergyOption)).Require(EnergyOption);

    /// <summary>Metres.</summary>
    /// <exception cref="InputException">Not known, or what is recorded cannot be one.</exception>
    public double Distance =>
        given.DistanceMetres
        ?? (distance ?? throw Missing("detector distance", beamline.Distance, DistanceOption)).Require(DistanceOption);

    /// <summary>Micrometres.</summary>
    /// <exception cref="InputException">Not known, or what is recorded cannot be one.</exception>
    public double Pixel =>
        given.PixelMicrometres
        ?? scan.PixelMicrometres?.Require(PixelOption)
        ?? beamline.PixelMicrometres
        ?? throw new InputException($"{scan.Origin}: the size of the pixels is not known; give it with {PixelOption}");

    /// <summary>Null where it is not known.</summary>
    public PixelPlace? DirectBeam => given.DirectBeam ?? scan.DirectBeam;

    /// <summary>Where the command line says otherwise than the record, one sentence each.</summary>
    public IReadOnlyList<string> Contradictions =>
        [
            .. Contradiction.Between(
                given,
                new GeometryOverrides
                {
                    EnergyElectronvolts = energy?.Value,
                    DistanceMetres = distance?.Value,
                    PixelMicrometres = scan.PixelMicrometres?.Value,
                    DirectBeam = scan.DirectBeam,
                },
                scan.Origin,
                beamline
            ),
        ];

    /// <summary>Where each is from.</summary>
    public IReadOnlyList<GeometryOrigin> Origins =>
        [
            new(
                "photon energy",
                $"{Text(Energy / 1000)} keV",
                given.EnergyElectronvolts is null ? energy!.Source : CommandLine
            ),
            new(
                "detector distance",
                $"{Text(Distance)} m",
                given.DistanceMetres is null ? distance!.Source : CommandLine
            ),
            new(
                "pixel",
                $"{Text(Pixel)} um",
                given.PixelMicrometres is not null
                    ? CommandLine
                    : scan.PixelMicrometres?.Source ?? $"the usual detector in the definition of {beamline.Name}"
            ),
            new(
                "direct beam",
                DirectBeam is { } beam ? $"pixel {Text(beam.Row)}, {Text(beam.Column)}" : "not known",
                given.DirectBeam is not null ? CommandLine
                    : scan.DirectBeam is not null ? scan.Origin
                    : "assumed: the detector points at the peak"
            ),
        ];

    // Of two records one that can be used, else one that says why not.
    private static RecordedNumber? Better(RecordedNumber? first, RecordedNumber? second) =>
        first is { Value: null } && second?.Value is not null ? second : first ?? second;

    private RecordedNumber? OfMotor(RecordedQuantity? quantity, Func<double, MotorPositions, double> read)
    {
        if (quantity is null || scan.Find(quantity.Names) is not { Values.Count: > 0 } motor)
        {
            return null;
        }

        return RecordedNumber.Judge(
            motor.Source,
            () =>
                double.IsFinite(motor.Values[0])
                    ? read(motor.Values[0], motor)
                    : throw new InputException($"{motor.Source}: there is no number")
        );
    }

    private static double Electronvolts(double value, RecordedQuantity quantity, MotorPositions motor) =>
        PhotonEnergy.InElectronvolts(value, quantity.Unit, motor.Source);

    private InputException Missing(string what, RecordedQuantity? quantity, string option)
    {
        string where = quantity is null ? "is recorded there" : $"under {string.Join('/', quantity.Names)}";
        return new InputException($"{scan.Origin}: no {what} {where}; give it with {option}");
    }

    private static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);
}
