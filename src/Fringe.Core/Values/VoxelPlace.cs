namespace Fringe.Core.Values;

/// <summary>A place in the stack as measured, before cropping and binning; whole numbers are the centres of voxels.</summary>
public readonly record struct VoxelPlace(double Frame, double Row, double Column);

/// <summary>A place on the detector; whole numbers are the centres of pixels.</summary>
public readonly record struct PixelPlace(double Row, double Column);
