using System.Runtime.InteropServices;

namespace Fringe.Formats.Hdf5;

/// <summary>One complex number as h5py stores it: a compound of two float32 named r and i.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct Complex64
{
#pragma warning disable IDE1006, CA1051, SA1307, CS0649, CS0169, IDE0044, CA1823 // The field names are the names in the file.
    public readonly float r;
    public readonly float i;
#pragma warning restore
}
