using Fringe.Core;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fringe.Formats;

/// <summary>Reads what <see cref="BraggExampleFile"/> wrote beside the pattern and its object.</summary>
public static class BraggExampleReader
{
    /// <summary>Edge of the volume over the crystal's largest extent.</summary>
    /// <exception cref="InputException">Missing, damaged, or no such file.</exception>
    public static double ReadOversampling(string path)
    {
        using FileStream stream = Streams.OpenRead(path);
        try
        {
            using NativeFile file = H5File.Open(stream, leaveOpen: true);
            return file.Dataset("/entry_1/truth_1/oversampling").Read<double>();
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
