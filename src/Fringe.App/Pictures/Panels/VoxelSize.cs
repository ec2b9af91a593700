namespace Fringe.App.Pictures.Panels;

/// <summary>Size of an object voxel along each axis, in nm.</summary>
internal sealed record VoxelSize(double ZNanometres, double YNanometres, double XNanometres);
