namespace Fringe.Learning.Networks;

/// <summary>Channels of a <see cref="HalfResolutionUNet"/>'s levels: half, quarter and eighth of the resolution.</summary>
/// <param name="Fine">At half the resolution.</param>
/// <param name="Middle">At a quarter.</param>
/// <param name="Coarse">At an eighth.</param>
/// <param name="EncoderBlocks">Residual blocks on the way down at half the resolution.</param>
/// <param name="CoarseBlocks">Residual blocks at an eighth.</param>
public sealed record UNetWidths(int Fine, int Middle, int Coarse, int EncoderBlocks, int CoarseBlocks);
