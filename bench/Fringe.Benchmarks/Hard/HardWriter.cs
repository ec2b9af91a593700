using Fringe.Core.Volumes;
using Fringe.Formats.Npy;

namespace Fringe.Benchmarks.Hard;

/// <summary>Hard crystals as files, for other programs.</summary>
internal static class HardWriter
{
    /// <summary>
    /// Writes <c>KIND-SEED.npz</c>, counts <c>data</c> and, where something is masked, <c>mask</c>, and beside it <c>KIND-SEED-truth.npy</c>, the
    /// object in complex64, centred on the detector.
    /// </summary>
    /// <param name="options">Kinds and seeds.</param>
    /// <param name="folder">To write to.</param>
    public static void Write(HardOptions options, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (int seed in Enumerable.Range(options.FirstSeed, options.Seeds))
        {
            foreach (HardKind kind in options.Kinds)
            {
                using HardMeasurement measured = HardMeasurement.Make(kind, seed, options.Size);
                string stem = Path.Combine(folder, $"{kind.Name}-{seed}");
                List<NpzArray> arrays = [NpzArray.Of(NpzFile.Data, measured.Counts.ToRealVolume())];
                if (measured.MaskVolume() is not null)
                {
                    int[] shape = [options.Size, options.Size, options.Size];
                    arrays.Add(NpzArray.Of(NpzFile.Mask, measured.Mask.ToBooleans(), shape));
                }

                NpzFile.Write($"{stem}.npz", arrays);
                NpyFile.Write($"{stem}-truth.npy", measured.Truth.ToComplexVolume());
            }
        }
    }
}
