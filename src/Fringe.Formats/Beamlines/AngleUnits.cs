namespace Fringe.Formats.Beamlines;

/// <summary>Units of angles as files record them.</summary>
internal static class AngleUnits
{
    private const double Radian = 180 / Math.PI;

    /// <summary>So many degrees is one of a unit; null where it is none of an angle.</summary>
    /// <param name="unit">As it is recorded; null, empty or "none" = degrees.</param>
    public static double? InDegrees(string? unit) =>
        unit?.Trim().TrimEnd('.').ToLowerInvariant() switch
        {
            null or "" or "none" or "n/a" or "unknown" or "?" or "-" => 1,
            "deg" or "degs" or "degree" or "degrees" or "°" or "º" or "\uFFFD" or "arcdeg" => 1,
            "rad" or "rads" or "radian" or "radians" => Radian,
            "mrad" or "mrads" or "milliradian" or "milliradians" => Radian * 1e-3,
            "urad" or "µrad" or "μrad" or "microradian" or "microradians" => Radian * 1e-6,
            "nrad" or "nanoradian" or "nanoradians" => Radian * 1e-9,
            "mdeg" or "mdegree" or "mdegrees" or "millideg" or "millidegree" or "millidegrees" => 1e-3,
            "udeg" or "µdeg" or "μdeg" or "microdeg" or "microdegree" or "microdegrees" => 1e-6,
            "arcmin" or "arcmins" or "arcminute" or "arcminutes" => 1 / 60.0,
            "arcsec" or "arcsecs" or "arcsecond" or "arcseconds" => 1 / 3600.0,
            _ => null,
        };
}
