using System.Buffers.Binary;
using System.Globalization;
using System.Security;
using System.Text;
using Fringe.Core;
using Fringe.Core.Values;
using Fringe.Formats.Writing;

namespace Fringe.Formats.Vtk;

/// <summary>
/// Writes VTK image data (.vti, XML with the values appended as raw little-endian bytes), which ParaView and vtk open. VTK
/// runs x fastest, as C order <c>[z, y, x]</c> does, so the values go out as they are.
/// </summary>
public static class VtiFile
{
    /// <param name="path">File to write.</param>
    /// <param name="grid">Lengths and positions of the axes.</param>
    /// <param name="arrays">Point scalars; the first is the one shown.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">No arrays, or one that does not fill the grid.</exception>
    public static void Write(string path, VtiGrid grid, params IReadOnlyList<VtiArray> arrays)
    {
        if (arrays.Count == 0)
        {
            throw new ArgumentException("there are no arrays to write", nameof(arrays));
        }

        foreach (VtiArray array in arrays)
        {
            if (array.Count != grid.Shape.Volume)
            {
                throw new ArgumentException($"{array.Name}: {array.Count} values do not fill {grid.Shape}");
            }
        }

        using var aside = new AsideFile(path);
        aside.Write(Encoding.UTF8.GetBytes(Header(grid, arrays)));
        byte[] size = new byte[sizeof(ulong)];
        foreach (VtiArray array in arrays)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(size, (ulong)array.Bytes.Length);
            aside.Write(size);
            aside.Write(array.Bytes);
        }

        aside.Write("\n  </AppendedData>\n</VTKFile>\n"u8);
        aside.Commit();
    }

    private static string Header(VtiGrid grid, IReadOnlyList<VtiArray> arrays)
    {
        string extent = $"0 {grid.Shape.Width - 1} 0 {grid.Shape.Height - 1} 0 {grid.Shape.Depth - 1}";
        string origin = Numbers(grid.Origin);
        string spacing = Numbers(grid.Spacing);
        // VTK's strings in ASCII are character codes closed by 0.
        string unit = string.Join(' ', Encoding.UTF8.GetBytes(grid.Unit).Append((byte)0));
        var text = new StringBuilder();
        text.Append(
            $"""
            <?xml version="1.0"?>
            <VTKFile type="ImageData" version="1.0" byte_order="LittleEndian" header_type="UInt64">
              <ImageData WholeExtent="{extent}" Origin="{origin}" Spacing="{spacing}">
                <FieldData>
                  <DataArray type="String" Name="length_unit" NumberOfTuples="1" format="ascii">{unit}</DataArray>
                </FieldData>
                <Piece Extent="{extent}">
                  <PointData Scalars="{SecurityElement.Escape(arrays[0].Name)}">

            """
        );
        long offset = 0;
        foreach (VtiArray array in arrays)
        {
            string name = SecurityElement.Escape(array.Name);
            text.Append(
                $"""
                        <DataArray type="{array.VtkType}" Name="{name}" format="appended" offset="{offset}"/>

                """
            );
            offset += sizeof(ulong) + array.Bytes.Length;
        }

        text.Append(
            """
                  </PointData>
                </Piece>
              </ImageData>
              <AppendedData encoding="raw">
               _
            """
        );
        return text.ToString();
    }

    // VTK writes x first.
    private static string Numbers(Axes3<double> along) =>
        string.Create(CultureInfo.InvariantCulture, $"{along.X:R} {along.Y:R} {along.Z:R}");
}
