using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Formats.Npy;
using Fringe.Imaging;
using Fringe.Tests.Core.Preparation;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Formats.Edf;

namespace Fringe.Tests.Imaging;

/// <summary>A measurement and what belongs to it, from files to the prepared pattern.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class MeasurementSourceTests : IDisposable
{
    private static readonly int[] WideRows = [14, 15];
    private static readonly int[] WideColumns = [19, 20];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Rows and columns between chips count three times too much (files.md, section 32).
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_MaskOfWidePixels_KeepsPhotonsAndPeak(bool isEdf)
    {
        RealVolume clean = Stacks.Peak([20, 24, 28], [10, 12, 14], [5, 6, 7], 2000);
        RealVolume measured = new([.. clean.Values], 20, 24, 28);
        for (int i = 0; i < measured.Values.Length; i++)
        {
            measured.Values[i] *= IsWide(i / 28 % 24, i % 28) ? 3 : 1;
        }

        PreparationSummary expected = Prepare(clean, mask: null);
        string mask = isEdf ? WriteEdf() : WriteNpy();
        PreparationSummary found = Prepare(measured, mask);

        Assert.Equal(expected.Peak, found.Peak);
        // Without the mask 5 times as many photons too much as lie under it.
        double hidden = clean.Values.Where((_, i) => IsWide(i / 28 % 24, i % 28)).Sum(value => (double)value);
        Assert.Equal(expected.Photons - hidden, found.Photons, 0.5);
        Assert.InRange(found.Photons, 0.8 * expected.Photons, expected.Photons);
        Assert.Equal((2 * 28) + (2 * 24) - 4, found.BadPixels);
    }

    [Fact]
    public void Read_FlatFieldAsEdf_IsDividedOut()
    {
        RealVolume clean = Stacks.Peak([20, 24, 28], [10, 12, 14], [5, 6, 7], 2000);
        float[] gain = [.. Enumerable.Range(0, 24 * 28).Select(pixel => pixel % 28 < 12 ? 2f : 1f)];
        RealVolume measured = new([.. clean.Values.Select((value, i) => value * gain[i % gain.Length])], 20, 24, 28);
        string flat = folder.File("flat.edf");
        File.WriteAllBytes(
            flat,
            EdfBytes.Block(
                [.. gain.SelectMany(BitConverter.GetBytes)],
                [.. EdfBytes.Keys(1, "FloatValue", 4), "Dim_1 = 28", "Dim_2 = 24", $"Size = {4 * gain.Length}"]
            )
        );

        PreparationSummary expected = Prepare(clean, mask: null);
        PreparationSummary found = Prepare(measured, mask: null, flat);

        Assert.Equal(expected.Peak, found.Peak);
        // The flat field counts relative to its median, 1 here.
        Assert.Equal(expected.Photons, found.Photons, 0.5);
    }

    private static bool IsWide(int row, int column) => WideRows.Contains(row) || WideColumns.Contains(column);

    private static byte[] Mask() =>
        [.. Enumerable.Range(0, 24 * 28).Select(pixel => (byte)(IsWide(pixel / 28, pixel % 28) ? 1 : 0))];

    private string WriteEdf()
    {
        string path = folder.File("mask.edf");
        File.WriteAllBytes(
            path,
            EdfBytes.Block(Mask(), [.. EdfBytes.Keys(1, "UnsignedByte", 1), "Dim_1 = 28", "Dim_2 = 24", "Size = 672"])
        );
        return path;
    }

    private string WriteNpy()
    {
        string path = folder.File("mask.npy");
        NpyFile.Write(path, [.. Mask().Select(value => value != 0)], 1, 24, 28);
        return path;
    }

    private PreparationSummary Prepare(RealVolume stack, string? mask, string? flat = null)
    {
        string scan = folder.File("scan.npy");
        NpyFile.Write(scan, stack);
        Measurement measurement = new MeasurementSource
        {
            Input = scan,
            MaskPath = mask,
            FlatPath = flat,
        }.Read(cancellation: TestContext.Current.CancellationToken);
        using PreparedPattern prepared = PatternPreparer.Prepare(
            measurement.Stack,
            measurement.Corrections,
            new PreparationOptions { Shape = [20, 24, 28] },
            TestContext.Current.CancellationToken
        );
        return prepared.Summary;
    }
}
