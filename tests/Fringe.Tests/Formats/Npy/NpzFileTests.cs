using Fringe.Core;
using Fringe.Core.Volumes;
using Fringe.Formats;
using Fringe.Formats.Arrays;
using Fringe.Formats.Npy;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Npy;

public sealed class NpzFileTests : IDisposable
{
    private static readonly RealVolume Volume = new([.. Enumerable.Range(0, 2 * 3 * 4).Select(i => i * 0.5f)], 2, 3, 4);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_ArraysOfEveryKind_AreWhatNumpyLoads()
    {
        Write("a.npz");

        Assert.Equal(
            "data float32 (2, 3, 4) 138.0, mask uint8 (2, 3, 4) 1.0, first_voxel int32 (3,) 5.0, energy_ev float64 () 9000.0, steps float64 (2, 2) 10.0",
            ExternalTool.RunPython(
                """
                import numpy as np, sys
                z = np.load(sys.argv[1])
                print(", ".join(f"{k} {v.dtype} {v.shape} {float(v.sum())}" for k, v in z.items()))
                """,
                [folder.File("a.npz")],
                "numpy"
            )
        );
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        Write("a.npz");
        Write("b.npz");

        Assert.Equal(File.ReadAllBytes(folder.File("a.npz")), File.ReadAllBytes(folder.File("b.npz")));
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            NpzFile.Write(folder.File("a.npz"), [NpzArray.Of("data", Volume)], source.Token)
        );

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Write_FolderThatIsNotThere_IsOneLine()
    {
        InputException error = Assert.Throws<InputException>(() =>
            NpzFile.Write(folder.File("no/a.npz"), [NpzArray.Of("data", Volume)], TestContext.Current.CancellationToken)
        );

        Assert.Contains("cannot be written", error.Message);
    }

    // A mask of the frames' shape, one a frame, once passed for a second stack.
    [Fact]
    public void ReadVolume_OfItsFile_TakesTheDataAndTheMask()
    {
        Write("a.npz");

        MeasuredStack stack = MeasurementFile.ReadVolume(
            folder.File("a.npz"),
            cancellation: TestContext.Current.CancellationToken
        );

        Assert.Equal("data", stack.Dataset);
        Assert.Equal(Volume.Values, stack.Intensity.Values);
        Assert.Equal(1, stack.Mask!.Values.Sum());
        Assert.Equal([-4, 2, 7], stack.PreparedOrigin!);
    }

    private void Write(string name) =>
        NpzFile.Write(
            folder.File(name),
            [
                NpzArray.Of("data", Volume),
                NpzArray.Of("mask", [.. Volume.Values.Select(value => value == 3)], [2, 3, 4]),
                NpzArray.Of("first_voxel", [-4, 2, 7]),
                NpzArray.Of("energy_ev", [9000], []),
                NpzArray.Of("steps", [1, 2, 3, 4], [2, 2]),
            ],
            TestContext.Current.CancellationToken
        );
}
