namespace Fringe.Imaging;

/// <summary>One frame of a rocking scan.</summary>
/// <param name="Index">Its place in the rocking curve, from 0.</param>
/// <param name="Counts">Row by row, as the detector gave them; read before the call returns.</param>
public readonly record struct DetectorFrame(int Index, ReadOnlyMemory<float> Counts);
