using Fringe.Learning.Augmentation.Objects;

namespace Fringe.Benchmarks.Hard;

/// <summary>
/// The random numbers of one hard crystal, a stream for each thing that is drawn: the same seed gives the same shape and the same fields in
/// every kind, so that kinds differ in what their names say.
/// </summary>
/// <param name="seed">Of the crystal, from 1.</param>
/// <param name="size">Voxels of the detector's cube along each edge.</param>
internal sealed class HardStreams(int seed, int size)
{
    // No training and no evaluation draws from it: their seeds are an option, 1 unless somebody says otherwise.
    private const long Judges = 0x4861726443727973;
    private const int Streams = 16;

    /// <summary>Voxels of the detector's cube along each edge.</summary>
    public int Size { get; } = size;

    /// <summary>Lengths are written for a cube of 64 voxels.</summary>
    public double Scale { get; } = size / 64.0;

    public Random Shape => Stream(0);

    public Random Phase => Stream(1);

    public Random Defect => Stream(2);

    public Random Instrument => Stream(3);

    public Random Neighbour => Stream(4);

    /// <summary>Seed of the photons' noise.</summary>
    public long Noise => Stream(5).Next();

    private Random Stream(int number) => RandomNumbers.ForExample(Judges, ((long)seed * Streams) + number);
}
