namespace Fringe.Formats.Detectors;

/// <summary>A rectangle of pixels, its first and last rows and columns counted from 0 and in it.</summary>
/// <param name="FirstRow">At the top.</param>
/// <param name="LastRow">At the bottom.</param>
/// <param name="FirstColumn">At the left.</param>
/// <param name="LastColumn">At the right.</param>
public readonly record struct PixelArea(int FirstRow, int LastRow, int FirstColumn, int LastColumn);
