using System.Text.RegularExpressions;

namespace Fringe.Formats.Arrays;

/// <summary>What the last part of an array's name says that it is: <c>/entry/instrument/detector/pixel_mask</c> is a mask.</summary>
internal static partial class ArrayNames
{
    /// <summary>A detector's mask, of its bad or of its good pixels, by the names of NeXus (also numbered), CXI, DECTRIS and LImA.</summary>
    public static bool IsMask(string name) => OfMask().IsMatch(Last(name)) || IsOfGoodPixels(name);

    /// <summary>A mask by a name that says that it is the one of all bad pixels.</summary>
    public static bool IsUsualMask(string name) => OfUsualMask().IsMatch(Last(name));

    /// <summary>A mask the other way round: not 0 where something was measured.</summary>
    public static bool IsOfGoodPixels(string name) => OfGoodPixels().IsMatch(Last(name));

    /// <summary>Frames that are no measurement: corrections, or uncertainties of one; its name says so, or that of its group.</summary>
    public static bool IsNoMeasurement(string name) =>
        name.Split('/')
            .TakeLast(2)
            .Any(part => OfMask().IsMatch(part) || OfGoodPixels().IsMatch(part) || Beside().IsMatch(part));

    private static string Last(string name) => name[(name.LastIndexOf('/') + 1)..];

    [GeneratedRegex(
        "^(?:bad_?|detector_?|dead_?|hot_?)?(?:pixels?_?)?mask(?:_shared|_?[0-9]+)?$|^(?:bad|dead)_?pixels?(?:_?map)?$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex OfMask();

    [GeneratedRegex("^(?:(?:detector_|(?:bad_)?pixel_)?mask|bad_pixels)$", RegexOptions.IgnoreCase)]
    private static partial Regex OfUsualMask();

    [GeneratedRegex("^(?:good|valid)_?(?:pixels?_?(?:mask|map)?|mask|map)$", RegexOptions.IgnoreCase)]
    private static partial Regex OfGoodPixels();

    [GeneratedRegex(
        "mask(?:s|_?[0-9]+)?$|flat_?field|^flats?$|white_?field|^darks?(?:_|$)|^background|errors?$|^varianc|^uncertaint|sigma$|^weights?$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Beside();
}
