using Fringe.Core.Volumes;
using Fringe.Formats.Cxi;

namespace Fringe.Tests.Learning;

/// <summary>Reconstructions as <c>fringe phase</c> leaves them, made without it.</summary>
internal static class Reconstructions
{
    /// <summary>First voxel of the block along z, y, x.</summary>
    public static readonly int[] First = [12, 10, 6];

    /// <summary>Its voxels along z, y, x.</summary>
    public static readonly int[] Count = [16, 20, 24];

    /// <summary>A block in 40 x 40 x 36 voxels, amplitude 50, phase rising along x by a given number of radians.</summary>
    public static PhasedResult Block(double radians, string hash = "ab12")
    {
        const int depth = 40;
        const int height = 40;
        const int width = 36;
        float[] pairs = new float[2 * depth * height * width];
        bool[] support = new bool[pairs.Length / 2];
        for (int i = 0; i < support.Length; i++)
        {
            int[] place = [i / (height * width), i / width % height, i % width];
            support[i] = Enumerable.Range(0, 3).All(d => place[d] >= First[d] && place[d] < First[d] + Count[d]);
            if (support[i])
            {
                double phase = radians * (((place[2] - First[2]) / (Count[2] - 1.0)) - 0.5);
                (pairs[2 * i], pairs[(2 * i) + 1]) = ((float)(50 * Math.Cos(phase)), (float)(50 * Math.Sin(phase)));
            }
        }

        return new PhasedResult("r", new ComplexVolume(pairs, depth, height, width), support, 0.012, hash, "0.1.0");
    }

    /// <summary>Writes it as the result of a run.</summary>
    public static void Write(string path, PhasedResult result) =>
        CxiFile.Write(
            path,
            new CxiReconstruction(
                result.Image,
                result.Support,
                "fringe",
                result.ProgramVersion,
                "fringe phase x.h5",
                DateTimeOffset.UnixEpoch
            )
            {
                Configuration = [CxiValue.Of("data_sha256", result.DataHash)],
                Results = [CxiValue.Of("chi", result.Chi)],
            }
        );
}
