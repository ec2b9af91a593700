using BitMiracle.LibTiff.Classic;
using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Writing;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Fringe.Formats.Tiff;

/// <summary>Writes a stack of frames as one TIFF file.</summary>
public static class TiffFile
{
    /// <param name="path">File to write.</param>
    /// <param name="counts">Whole numbers <c>[frame, row, column]</c>; a page a frame, int32, uncompressed.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void WriteCounts(string path, RealVolume counts)
    {
        using var aside = new AsideFile(path);
        aside.Write(stream => Write(stream, path, counts));
        aside.Commit();
    }

    private static void Write(Stream stream, string path, RealVolume counts)
    {
        SilentTiffErrors.Install();
        using LibTiff tiff = LibTiff.ClientOpen(path, "w", stream, new KeptOpen());
        byte[] row = new byte[sizeof(int) * counts.Width];
        int[] values = new int[counts.Width];
        for (int frame = 0; frame < counts.Depth; frame++)
        {
            tiff.SetField(TiffTag.IMAGEWIDTH, counts.Width);
            tiff.SetField(TiffTag.IMAGELENGTH, counts.Height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, 8 * sizeof(int));
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
            tiff.SetField(TiffTag.SAMPLEFORMAT, SampleFormat.INT);
            tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
            tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
            tiff.SetField(TiffTag.ROWSPERSTRIP, counts.Height);
            for (int y = 0; y < counts.Height; y++)
            {
                int first = ((frame * counts.Height) + y) * counts.Width;
                for (int x = 0; x < values.Length; x++)
                {
                    values[x] = (int)counts.Values[first + x];
                }

                Buffer.BlockCopy(values, 0, row, 0, row.Length);
                tiff.WriteScanline(row, y);
            }

            tiff.WriteDirectory();
        }
    }

    // The stream belongs to the file that is written aside.
    private sealed class KeptOpen : TiffStream
    {
        public override void Close(object clientData) { }
    }
}
