using Fringe.Core.Values;

namespace Fringe.Core.Preparation;

/// <summary>A rectangle of a detector's frames.</summary>
/// <param name="Origin">Its first row and column.</param>
/// <param name="Size">Its rows and columns.</param>
/// <param name="FrameSize">Rows and columns of the frames.</param>
public sealed record DetectorRegion(PixelIndex Origin, (int Height, int Width) Size, (int Height, int Width) FrameSize);
