using Fringe.Core;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Core.Volumes;

namespace Fringe.Tests.Core.Preparation;

public sealed class DetectorCorrectionTests
{
    [Fact]
    public void Apply_DarkAndFlat_SubtractsThenDivides()
    {
        WorkingStack stack = Stacks.Working(Stacks.Flat(2, 4, 5, 21));
        RealVolume flat = Stacks.Flat(1, 4, 5, 300);
        flat[0, 1, 2] = 600;

        CorrectedPixels bad = DetectorCorrection.Apply(
            stack,
            new() { Dark = Stacks.Flat(1, 4, 5, 1), Flat = flat },
            roiOrigin: null
        );

        // The flat's median is 300: efficiency 1, and 2 in one pixel of both frames.
        Assert.Equal(0, bad.Bad);
        Assert.Equal(20, stack.Intensity[0]);
        Assert.Equal(10, stack.Intensity[7]);
        Assert.Equal(10, stack.Intensity[27]);
    }

    [Fact]
    public void Apply_DarkAboveTheCounts_GivesNoNegativePhotons()
    {
        WorkingStack stack = Stacks.Working(Stacks.Flat(2, 4, 4, 1));

        DetectorCorrection.Apply(stack, new() { Dark = Stacks.Flat(1, 4, 4, 3) }, roiOrigin: null);

        Assert.All(stack.Intensity, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Apply_BadPixels_AreMaskedInEveryFrame()
    {
        WorkingStack stack = Stacks.Working(Stacks.Flat(3, 4, 5, 10));
        RealVolume dark = Stacks.Flat(1, 4, 5, 0);
        dark[0, 0, 0] = 50;
        dark[0, 0, 1] = float.NaN;
        RealVolume flat = Stacks.Flat(1, 4, 5, 100);
        flat[0, 1, 0] = 0;
        flat[0, 1, 1] = 1000;
        RealVolume mask = Stacks.Flat(1, 4, 5, 0);
        mask[0, 2, 4] = 1;

        CorrectedPixels bad = DetectorCorrection.Apply(
            stack,
            new()
            {
                Dark = dark,
                Flat = flat,
                Mask = mask,
            },
            roiOrigin: null
        );

        Assert.Equal(5, bad.Bad);
        int[] wanted = [0, 1, 5, 6, 14];
        Assert.Equal(
            wanted.Concat(wanted.Select(i => i + 20)).Concat(wanted.Select(i => i + 40)),
            Enumerable.Range(0, 60).Where(i => stack.Mask[i])
        );
        Assert.All(wanted, i => Assert.Equal(0, stack.Intensity[i]));
    }

    [Fact]
    public void Apply_WholeChipWithOrigin_CutsTheRegion()
    {
        WorkingStack stack = Stacks.Working(Stacks.Flat(2, 4, 5, 100));
        RealVolume mask = Stacks.Flat(1, 10, 12, 0);
        mask[0, 3, 6] = 1;
        mask[0, 0, 0] = 1;

        int bad = DetectorCorrection.Apply(stack, new() { Mask = mask }, roiOrigin: new(2, 5)).Bad;

        Assert.Equal(1, bad);
        Assert.True(stack.Mask[6] && stack.Mask[26]);
    }

    [Fact]
    public void Apply_StackOfMasks_IsTakenFrameByFrame()
    {
        WorkingStack stack = Stacks.Working(Stacks.Flat(2, 4, 5, 100));
        RealVolume mask = Stacks.Flat(2, 4, 5, 0);
        mask[1, 3, 3] = 1;

        DetectorCorrection.Apply(stack, new() { Mask = mask }, roiOrigin: null);

        Assert.Equal([20 + 18], Enumerable.Range(0, 40).Where(i => stack.Mask[i]));
    }

    [Theory]
    [InlineData(1, 10, 12, null, null, "`RoiOrigin`")]
    [InlineData(1, 10, 12, 8, 0, "10 x 12")]
    [InlineData(1, 3, 5, null, null, "3 x 5")]
    [InlineData(4, 4, 5, null, null, "4 x 4 x 5")]
    public void Apply_OtherShape_SaysBothShapes(int depth, int height, int width, int? row, int? column, string part)
    {
        Corrections corrections = new() { Mask = Stacks.Flat(depth, height, width, 0) };
        PixelIndex? origin = row is null ? null : new(row.Value, column!.Value);

        InputException error = Assert.Throws<InputException>(() =>
            DetectorCorrection.Apply(Stacks.Working(Stacks.Flat(2, 4, 5, 1)), corrections, origin)
        );
        Assert.Contains(part, error.Message);
        Assert.Contains("2 frames of 4 x 5", error.Message);
    }

    [Fact]
    public void Apply_FlatWithoutLight_IsRefused() =>
        Assert.Throws<InputException>(() =>
            DetectorCorrection.Apply(
                Stacks.Working(Stacks.Flat(2, 4, 5, 1)),
                new() { Flat = Stacks.Flat(1, 4, 5, 0) },
                roiOrigin: null
            )
        );
}
