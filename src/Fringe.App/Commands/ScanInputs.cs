namespace Fringe.App.Commands;

/// <summary>What commands say of the scans that they read.</summary>
internal static class ScanInputs
{
    /// <summary>The kinds of file, or of frames in many files; a glob is quoted, or the shell takes it apart.</summary>
    public const string FilesOrFrames =
        "NPY, NPZ, TIFF, EDF, HDF5/NeXus/CXI file, or a folder or quoted glob of TIFF, EDF or CBF frames";
}
