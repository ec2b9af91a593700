namespace Fringe.Formats.Beamlines;

/// <summary>Where the command line says otherwise than the record of a scan: as it should be at times, and a slip at others.</summary>
internal static class Contradiction
{
    // The least share by which two numbers are not the same one, rounded: an energy's is that of the lattice constant.
    internal const double FinestEnergy = 1e-3;
    private const double FinestLength = 0.01;

    /// <summary>One sentence each.</summary>
    /// <param name="overrides">On the command line.</param>
    /// <param name="recorded">In the files.</param>
    /// <param name="origin">File and scan.</param>
    /// <param name="beamline">Whose usual detector has pixels of a size.</param>
    public static IEnumerable<string> Between(
        GeometryOverrides overrides,
        GeometryOverrides recorded,
        string origin,
        BeamlineDefinition beamline
    )
    {
        if (Differ(overrides.EnergyElectronvolts, recorded.EnergyElectronvolts, FinestEnergy))
        {
            yield return Sentence(
                "photon energy",
                overrides.EnergyElectronvolts / 1000,
                recorded.EnergyElectronvolts / 1000,
                "keV"
            );
        }

        if (Differ(overrides.DistanceMetres, recorded.DistanceMetres, FinestLength))
        {
            yield return Sentence("detector's distance", overrides.DistanceMetres, recorded.DistanceMetres, "m");
        }

        if (Differ(overrides.PixelMicrometres, recorded.PixelMicrometres, FinestLength))
        {
            yield return Sentence("pixel", overrides.PixelMicrometres, recorded.PixelMicrometres, "um");
        }
        else if (
            recorded.PixelMicrometres is null
            && Differ(overrides.PixelMicrometres, beamline.PixelMicrometres, FinestLength)
        )
        {
            yield return FormattableString.Invariant(
                $"The pixel is {overrides.PixelMicrometres:g6} um, as the command line says; that of {beamline.Name}'s usual detector is {beamline.PixelMicrometres:g6} um."
            );
        }

        if (overrides.DirectBeam is { } beam && recorded.DirectBeam is { } other && beam != other)
        {
            yield return FormattableString.Invariant(
                $"The direct beam is at pixel {beam.Row:g6}, {beam.Column:g6}, as the command line says; {origin} records {other.Row:g6}, {other.Column:g6}."
            );
        }

        string Sentence(string what, double? given, double? read, string unit) =>
            FormattableString.Invariant(
                $"The {what} is {given:g6} {unit}, as the command line says; {origin} records {read:g6} {unit}."
            );
    }

    private static bool Differ(double? given, double? recorded, double finest) =>
        Math.Abs((given - recorded) ?? 0) > finest * Math.Abs(recorded ?? 0);
}
