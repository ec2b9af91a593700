using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Preparation;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Preparation;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class PatternPreparerTests
{
    private static readonly int[] Shape = [20, 24, 28];

    public static TheoryData<int, int, int> Places =>
        new()
        {
            { 10, 12, 14 },
            { 7, 15, 9 },
            { 1, 12, 14 },
            { 18, 22, 26 },
            { 1, 1, 1 },
        };

    [Theory]
    [MemberData(nameof(Places))]
    public void Prepare_PeakAnywhere_StandsAtTheCentre(int z, int y, int x)
    {
        RealVolume stack = Stacks.Peak(Shape, [z, y, x], [5, 6, 7], 5000);

        using PreparedPattern prepared = Stacks.Prepare(stack, new() { Shape = [16, 16, 16] });

        Assert.Equal([z, y, x], prepared.Summary.Peak);
        RealVolume pattern = prepared.Pattern.Intensity.ToRealVolume();
        Assert.Equal(5000, pattern[8, 8, 8]);
        Assert.Equal(5000, pattern.Values.Max());
    }

    [Fact]
    public void Prepare_ShapeBeyondTheData_MasksThePadding()
    {
        RealVolume stack = Stacks.Peak(Shape, [3, 12, 14], [5, 6, 7], 5000);

        using PreparedPattern prepared = Stacks.Prepare(stack, new() { Shape = [32, 24, 28] });

        // z runs from 3 - 16: the first 13 frames and those from 13 + 20 on (none below 32) lie beyond the data; 0 <= z < 19.
        using var scope = NewDisposeScope();
        Tensor framesMasked = prepared.Pattern.Mask.all(1).all(1);
        Assert.Equal(Enumerable.Range(0, 32).Select(z => z < 13), framesMasked.ToBooleans());
        Assert.Equal(13.0 / 32, prepared.Summary.MaskedFraction, 1e-9);
        Assert.Equal(0, prepared.Pattern.Intensity[..13].sum().item<float>());
    }

    [Fact]
    public void Prepare_FirstFrames_MasksTheOthersAndFindsThePeakAmongThem()
    {
        RealVolume stack = Stacks.Peak(Shape, [10, 12, 14], [5, 6, 7], 5000);
        // Brighter, but not measured yet.
        stack[17, 3, 3] = stack[17, 3, 4] = stack[17, 4, 3] = 50_000;

        using PreparedPattern prepared = Stacks.Prepare(stack, new() { Shape = [16, 16, 16], Frames = 14 });

        using var scope = NewDisposeScope();
        Assert.Equal([10, 12, 14], prepared.Summary.Peak);
        // z runs from 10 - 8 = 2.
        Tensor framesMasked = prepared.Pattern.Mask.all(1).all(1);
        Assert.Equal(Enumerable.Range(2, 16).Select(z => z >= 14), framesMasked.ToBooleans());
        Assert.Equal(0, prepared.Pattern.Intensity[12..].sum().item<float>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Prepare_HotPixelAThousandTimesThePeak_DoesNotMoveIt(bool maskHotPixels)
    {
        RealVolume stack = Stacks.Peak(Shape, [10, 12, 14], [5, 6, 7], 5000);
        stack[4, 5, 22] = 5e6f;

        using PreparedPattern prepared = Stacks.Prepare(
            stack,
            new() { Shape = [16, 16, 16], MaskHotPixels = maskHotPixels }
        );

        Assert.Equal([10, 12, 14], prepared.Summary.Peak);
        Assert.Equal(maskHotPixels ? 1 : 0, prepared.Summary.HotVoxels);
    }

    [Fact]
    public void Prepare_InvalidAndSaturatedVoxels_AreMaskedAndCounted()
    {
        RealVolume stack = Stacks.Peak(Shape, [10, 12, 14], [5, 6, 7], 5000);
        stack[9, 12, 14] = float.NaN;
        stack[10, 11, 14] = float.PositiveInfinity;
        stack[10, 12, 13] = -1;

        using PreparedPattern prepared = Stacks.Prepare(
            stack,
            new()
            {
                Shape = [20, 24, 28],
                Saturation = 5000,
                MaskHotPixels = false,
            }
        );

        Assert.Equal(3, prepared.Summary.InvalidVoxels);
        Assert.Equal(1, prepared.Summary.SaturatedVoxels);
        using var scope = NewDisposeScope();
        Assert.Equal(
            prepared.Pattern.Mask.ToBooleans().Count(masked => masked),
            prepared.Summary.MaskedFraction * 13440,
            1e-6
        );
        Assert.Equal(0, prepared.Pattern.Intensity.masked_select(prepared.Pattern.Mask).sum().item<float>());
        Assert.True(prepared.Pattern.Intensity.isfinite().all().item<bool>());
    }

    [Fact]
    public void Prepare_Background_IsSubtractedDownToZero()
    {
        RealVolume stack = Stacks.Peak(Shape, [10, 12, 14], [5, 6, 7], 5000);

        using PreparedPattern prepared = Stacks.Prepare(
            stack,
            new()
            {
                Shape = [20, 24, 28],
                Background = 10,
                Threshold = 5,
            }
        );

        RealVolume pattern = prepared.Pattern.Intensity.ToRealVolume();
        for (int i = 0; i < pattern.Values.Length; i++)
        {
            float wanted = stack.Values[i] - 10;
            Assert.Equal(wanted < 5 ? 0 : wanted, pattern.Values[i]);
        }
    }

    [Fact]
    public void Prepare_Amplitudes_AreSquaredFirst()
    {
        RealVolume photons = Stacks.Peak(Shape, [10, 12, 14], [5, 6, 7], 400);
        RealVolume amplitudes = new([.. photons.Values.Select(MathF.Sqrt)], 20, 24, 28);

        using PreparedPattern prepared = Stacks.Prepare(
            amplitudes,
            new()
            {
                Shape = Shape,
                IsAmplitude = true,
                Bin = [1, 2, 2],
            }
        );
        using PreparedPattern wanted = Stacks.Prepare(photons, new() { Shape = Shape, Bin = [1, 2, 2] });

        using var scope = NewDisposeScope();
        Assert.InRange(TestTensors.Difference(prepared.Pattern.Intensity, wanted.Pattern.Intensity), 0, 1e-6);
    }

    [Fact]
    public void Prepare_WithoutShape_KeepsTheSignalInAFastSize()
    {
        // A small peak in a large, otherwise empty stack.
        RealVolume small = Stacks.Peak([40, 40, 40], [20, 20, 20], [10, 10, 10], 20000);
        RealVolume stack = Stacks.Flat(90, 96, 100, 0);
        for (int z = 0; z < 40; z++)
        {
            for (int y = 0; y < 40; y++)
            {
                for (int x = 0; x < 40; x++)
                {
                    stack[z + 30, y + 20, x + 45] = small[z, y, x];
                }
            }
        }

        using PreparedPattern prepared = Stacks.Prepare(stack, new());

        Assert.Equal([50, 40, 65], prepared.Summary.Peak);
        Assert.True(prepared.Summary.KeptFraction > 0.99, $"{prepared.Summary.KeptFraction}");
        Assert.All(prepared.Pattern.Shape, length => Assert.Equal(length, FastFftSize.AtLeast((int)length)));
        Assert.All(prepared.Pattern.Shape, length => Assert.InRange(length, 32, 48));
    }

    [Fact]
    public void Prepare_Photons_AreThoseOfThePreparedVolume()
    {
        RealVolume stack = Stacks.Peak(Shape, [10, 12, 14], [5, 6, 7], 5000);

        using PreparedPattern prepared = Stacks.Prepare(stack, new() { Shape = [8, 8, 8] });

        using var scope = NewDisposeScope();
        double photons = prepared.Pattern.Intensity.sum(ScalarType.Float64).item<double>();
        Assert.Equal(photons, prepared.Summary.Photons, 1e-3);
        Assert.Equal(photons / stack.Values.Sum(value => (double)value), prepared.Summary.KeptFraction, 1e-6);
        Assert.InRange(prepared.Summary.KeptFraction, 0.3, 0.95);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(-1f)]
    public void Prepare_NothingMeasured_IsRefused(float value) =>
        Assert.Throws<InputException>(() => Stacks.Prepare(Stacks.Flat(8, 8, 8, value), new()).Dispose());

    [Fact]
    public void Prepare_Stack_IsLeftAsItIs()
    {
        RealVolume stack = Stacks.Peak(Shape, [10, 12, 14], [5, 6, 7], 5000);
        float[] before = [.. stack.Values];

        Stacks.Prepare(stack, new() { Background = 3, Bin = [2, 2, 2] }).Dispose();

        Assert.Equal(before, stack.Values);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1.0)]
    [InlineData(double.PositiveInfinity)]
    public void Validate_BadBackground_IsNamed(double background) =>
        Assert.Equal(
            nameof(PreparationOptions.Background),
            Assert.Single(new PreparationOptions { Background = background }.Validate()).Property
        );

    [Fact]
    public void Validate_BadShapeAndBin_NamesBoth() =>
        Assert.Equal(
            2,
            new PreparationOptions { Shape = [4, 64, 64], Bin = [0, 1, 1] }
                .Validate()
                .Count()
        );

    // Beside what was masked before, a voxel looks hot that is none; and another crop would hold other photons.
    [Fact]
    public void Prepare_PreparedPattern_IsTakenAsItIs()
    {
        RealVolume stack = Stacks.Peak([33, 36, 40], [12, 20, 30], [6, 8, 9], 50_000);
        stack.Values[5] = 5000;
        stack.Values[7] = float.NaN;
        stack.Values[8] = -1;
        PreparationOptions options = new() { IsPrepared = true };

        using PreparedPattern prepared = Stacks.Prepare(stack, options);

        Assert.Equal([16, 18, 20], prepared.Summary.Peak);
        Assert.Equal([33, 36, 40], prepared.Pattern.Shape);
        Assert.True(prepared.Summary.IsPrepared);
        Assert.Equal(0, prepared.Summary.HotVoxels);
        Assert.Equal(2, prepared.Summary.InvalidVoxels);
        Assert.Equal(1, prepared.Summary.KeptFraction);
        Assert.Equal(
            stack.Values.Select(value => value >= 0 ? value : 0),
            prepared.Pattern.Intensity.ToRealVolume().Values
        );
    }

    [Fact]
    public void Prepare_PreparedPatternBinned_KeepsItsMiddle()
    {
        RealVolume stack = Stacks.Peak([32, 36, 40], [16, 18, 20], [6, 8, 9], 50_000);

        using PreparedPattern prepared = Stacks.Prepare(stack, new() { IsPrepared = true, Bin = [2, 2, 2] });

        Assert.Equal([8, 9, 10], prepared.Summary.Peak);
        Assert.Equal([16, 18, 20], prepared.Pattern.Shape);
    }

    // On the detector binned as often as it was.
    [Fact]
    public void TryPrepare_PreparedPatternBinnedAgain_HasItsPlaceInBinnedVoxels()
    {
        RealVolume stack = Stacks.Peak([32, 36, 40], [16, 18, 20], [6, 8, 9], 50_000);

        (PreparedPattern? prepared, _) = PatternPreparer.TryPrepare(
            stack,
            new(),
            new() { Bin = [2, 2, 2] },
            new() { PreparedOrigin = [4, 7, -3] },
            TestContext.Current.CancellationToken
        );
        using PreparedPattern pattern = prepared!;

        Assert.Equal([2, 3, -2], pattern.Pattern.Origin);
    }
}
