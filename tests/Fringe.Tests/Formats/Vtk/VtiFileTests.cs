using Fringe.Formats.Vtk;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Vtk;

/// <summary>What is written for ParaView, as VTK reads it.</summary>
public sealed class VtiFileTests
{
    private const int Depth = 3;
    private const int Height = 4;
    private const int Width = 5;
    private const int Count = Depth * Height * Width;

    [Fact]
    public void Write_ThreeArrays_VtkReadsThemOnTheGrid()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("a.vti");
        VtiGrid grid = new(new(Depth, Height, Width)) { Spacing = new(Z: 3, Y: 2, X: 1.5), Unit = "nm" };
        VtiFile.Write(
            file,
            grid,
            VtiArray.Of("amplitude", Ramp(Count)),
            VtiArray.Of("phase", Ramp(Count)),
            VtiArray.Of("support", Stripes())
        );

        string printed = ExternalTool.RunPython(
            """
            import sys, vtk
            r = vtk.vtkXMLImageDataReader(); r.SetFileName(sys.argv[1]); r.Update(); o = r.GetOutput()
            p = o.GetPointData()
            a = p.GetArray('amplitude'); s = p.GetArray('support')
            assert all(a.GetValue(i) == i and s.GetValue(i) == (i % 3 == 0) for i in range(60))
            assert o.GetScalarComponentAsDouble(4, 2, 1, 0) == 1*20 + 2*5 + 4
            u = o.GetFieldData().GetAbstractArray('length_unit').GetValue(0)
            print(o.GetDimensions(), o.GetSpacing(), o.GetOrigin(), p.GetNumberOfArrays(), u)
            """,
            [file],
            "vtk"
        );

        Assert.Equal("(5, 4, 3) (1.5, 2.0, 3.0) (-3.0, -4.0, -3.0) 3 nm", printed);
    }

    private static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => (float)i)];

    private static bool[] Stripes() => [.. Enumerable.Range(0, Count).Select(i => i % 3 == 0)];
}
