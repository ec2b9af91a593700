using System.Runtime.InteropServices;
using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;
using Fringe.Formats.Hdf5;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats.Crystals;

/// <summary>Reads what <see cref="BraggExampleFile"/> wrote beside the pattern and its object.</summary>
public static class BraggExampleReader
{
    /// <summary>Edge of the volume over the crystal's largest extent.</summary>
    /// <exception cref="InputException">Missing, damaged, or no such file.</exception>
    public static double ReadOversampling(string path) =>
        Read(path, file => file.Dataset("/entry_1/truth_1/oversampling").Read<double>());

    /// <summary>The true object and the edge of its voxels, nm.</summary>
    /// <exception cref="InputException">Missing, damaged, or no such file.</exception>
    public static (ComplexVolume Object, double VoxelNanometres) ReadTruth(string path) =>
        Read(
            path,
            file =>
            {
                NativeDataset dataset = (NativeDataset)file.Dataset("/entry_1/truth_1/object");
                int[] shape = [.. dataset.Space.Dimensions.Select(length => (int)length)];
                Complex64[] values = dataset.Read<Complex64[]>();
                float[] pairs = MemoryMarshal.Cast<Complex64, float>(values).ToArray();
                return (
                    new ComplexVolume(pairs, shape[0], shape[1], shape[2]),
                    file.Dataset("/entry_1/truth_1/voxel_size").Read<double>()
                );
            }
        );

    private static T Read<T>(string path, Func<NativeFile, T> read)
    {
        Hdf5Filters.EnsureRegistered();
        using FileStream stream = Streams.OpenRead(path);
        try
        {
            using NativeFile file = H5File.Open(stream, leaveOpen: true);
            return read(file);
        }
        catch (Exception error) when (error is not InputException)
        {
            // A parser that meets damage fails in many ways: all mean the same to the reader.
            throw InputException.ForFile(
                path,
                $"no example of fringe simulate, or a damaged one ({Streams.OneLine(error.GetBaseException().Message)})",
                inner: error
            );
        }
    }
}
