using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats.Arrays;
using Fringe.Formats.Npy;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Npy;

/// <summary>What is written as NPY, as Fringe and as numpy read it.</summary>
public sealed class NpyFileTests
{
    private const int Depth = 3;
    private const int Height = 4;
    private const int Width = 5;
    private const int Count = Depth * Height * Width;

    [Fact]
    public void Write_RealVolume_ReadsBack()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("a.npy");
        float[] values = [.. Enumerable.Range(0, Count).Select(i => i * 1.5f)];
        NpyFile.Write(file, new RealVolume(values, Depth, Height, Width));

        MeasuredStack stack = Reading.Volume(file);

        Assert.Equal(values, stack.Intensity.Values);
        Assert.Equal((Depth, Height, Width), (stack.Intensity.Depth, stack.Intensity.Height, stack.Intensity.Width));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_Support_ReadsBackAsZeroAndOne()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("support.npy");
        bool[] support = [.. Enumerable.Range(0, Count).Select(i => i % 3 == 0)];
        NpyFile.Write(file, support, Depth, Height, Width);

        RealVolume read = Reading.Image(file);

        Assert.Equal(support, read.Values.Select(value => value == 1));
    }

    [Fact]
    public void Write_AllKinds_NumpyLoadsThem()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder.File("real.npy"), new RealVolume(Ramp(Count), Depth, Height, Width));
        NpyFile.Write(folder.File("complex.npy"), new ComplexVolume(Ramp(2 * Count), Depth, Height, Width));
        NpyFile.Write(folder.File("support.npy"), Stripes(), Depth, Height, Width);

        string printed = ExternalTool.RunPython(
            """
            import sys, numpy as n
            d = sys.argv[1]
            r, c, s = (n.load(d + '/' + f + '.npy') for f in ('real', 'complex', 'support'))
            k = n.arange(60)
            assert (r.ravel() == k).all() and (c.ravel() == 2*k + 1j*(2*k+1)).all() and (s.ravel() == (k % 3 == 0)).all()
            print(r.dtype, c.dtype, s.dtype, r.shape, c.shape, s.shape)
            """,
            [folder.Path],
            "numpy"
        );

        Assert.Equal("float32 complex64 bool (3, 4, 5) (3, 4, 5) (3, 4, 5)", printed);
    }

    [Fact]
    public void Write_MissingFolder_SaysSoAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "absent", "a.npy");

        var error = Assert.Throws<InputException>(() =>
            NpyFile.Write(file, new RealVolume(Ramp(Count), Depth, Height, Width))
        );

        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => (float)i)];

    private static bool[] Stripes() => [.. Enumerable.Range(0, Count).Select(i => i % 3 == 0)];
}
