using System.Globalization;

namespace Fringe.Formats.Frames;

/// <summary>What stored pixels mean where they are not the counts themselves.</summary>
internal sealed record PixelValues
{
    /// <summary>Pixels are the counts.</summary>
    public static PixelValues Counts { get; } = new();

    /// <summary>Added to what is stored.</summary>
    public double Offset { get; init; }

    /// <summary>The value of pixels that were not measured, after <see cref="Offset"/>; null = none.</summary>
    public double? Dummy { get; init; }

    /// <summary>How far a pixel that was not measured may be off <see cref="Dummy"/>.</summary>
    public double DummyRange { get; init; }

    /// <summary>Where the header says it, for people.</summary>
    public string Place { get; init; } = "";

    /// <summary>Turns what is stored into counts, in place; NaN where nothing was measured.</summary>
    /// <param name="pixels">As stored.</param>
    public void Apply(Span<float> pixels)
    {
        if (Offset == 0 && Dummy is null)
        {
            return;
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            float value = (float)(pixels[i] + Offset);
            pixels[i] = Dummy is { } dummy && Math.Abs(value - dummy) <= DummyRange ? float.NaN : value;
        }
    }

    /// <summary>What a user should know of it, one sentence each.</summary>
    public IEnumerable<string> Remarks()
    {
        if (Offset != 0)
        {
            yield return $"{Text(Offset)} is added to every pixel, as {Place} says.";
        }

        if (Dummy is { } dummy)
        {
            yield return $"Pixels of {Text(dummy)} are not measured, as the header says (Dummy).";
        }
    }

    private static string Text(double value) => value.ToString("g10", CultureInfo.InvariantCulture);
}
