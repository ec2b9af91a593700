using BitMiracle.LibTiff.Classic;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Fringe.Formats.Tiff;

/// <summary>Keeps LibTiff from printing: its handler is one for the whole process and writes to the console by default.</summary>
internal sealed class SilentTiffErrors : TiffErrorHandler
{
    private static readonly SilentTiffErrors Instance = new();

    public static void Install() => LibTiff.SetErrorHandler(Instance);

    public override void ErrorHandler(LibTiff tif, string method, string format, params object[] args) { }

    public override void ErrorHandlerExt(
        LibTiff tif,
        object clientData,
        string method,
        string format,
        params object[] args
    ) { }

    public override void WarningHandler(LibTiff tif, string method, string format, params object[] args) { }

    public override void WarningHandlerExt(
        LibTiff tif,
        object clientData,
        string method,
        string format,
        params object[] args
    ) { }
}
