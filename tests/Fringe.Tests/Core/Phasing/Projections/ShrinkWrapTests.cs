using Fringe.Core.Phasing.Projections;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Projections;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ShrinkWrapTests
{
    [Theory]
    [InlineData(10, 5, null, new[] { 10, 15, 20, 25, 30 })]
    [InlineData(3, 7, 17, new[] { 3, 10, 17 })]
    [InlineData(1, 0, null, new int[0])]
    [InlineData(30, 1, null, new[] { 30 })]
    public void IsDue_Trigger_FiresAtItsIterations(int first, int every, int? last, int[] wanted)
    {
        ShrinkWrap wrap = new()
        {
            First = first,
            Every = every,
            Last = last,
        };

        Assert.Equal(wanted, Enumerable.Range(1, 30).Where(wrap.IsDue));
    }

    [Fact]
    public void Redraw_NoBlur_KeepsWhatExceedsTheFraction()
    {
        using var scope = NewDisposeScope();
        Tensor density = Ramp();
        Tensor support = zeros_like(density, ScalarType.Float32);
        ShrinkWrap wrap = new()
        {
            Sigma = 0,
            SigmaEnd = 0,
            Threshold = 0.25,
            ThresholdEnd = 0.25,
            MaximumFraction = 1,
        };

        wrap.Redraw(density, support, 0);

        // Amplitudes 1 to 1000: 250 and more stay.
        Assert.Equal(751, support.sum().item<float>());
        Assert.True(support.gt(0).Equals(density.abs().ge(250)));
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.25, 0.3)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.9, 0.5)]
    public void Redraw_Annealing_MovesTheThresholdLinearlyThenStays(double progress, double level)
    {
        using var scope = NewDisposeScope();
        Tensor support = zeros(10, 10, 10);
        ShrinkWrap wrap = new()
        {
            Sigma = 0,
            SigmaEnd = 0,
            Threshold = 0.1,
            ThresholdEnd = 0.5,
            AnnealFraction = 0.5,
            MaximumFraction = 1,
        };

        wrap.Redraw(Ramp(), support, progress);

        // One voxel: where the level is an amplitude of the ramp, rounding decides.
        Assert.InRange(support.sum().item<float>(), 1000 - (1000 * level), 1001 - (1000 * level));
    }

    [Fact]
    public void Redraw_Annealing_SharpensTheBlur()
    {
        using var scope = NewDisposeScope();
        Tensor density = zeros([21, 21, 21], ScalarType.ComplexFloat32);
        density[10, 10, 10] = 1;
        ShrinkWrap wrap = new()
        {
            Sigma = 3,
            SigmaEnd = 1,
            Threshold = 0.5,
            ThresholdEnd = 0.5,
        };

        // Half of a Gaussian's maximum lies at r = sigma sqrt(2 ln 2): voxels within 3.53 and 1.18 of the point.
        Assert.Equal(Within(3.532), VoxelsAt(0));
        Assert.Equal(Within(1.177), VoxelsAt(1));

        long VoxelsAt(double progress)
        {
            Tensor support = zeros(21, 21, 21);
            wrap.Redraw(density, support, progress);
            return support.sum().to(ScalarType.Int64).item<long>();
        }
    }

    [Theory]
    [InlineData(0.9, 0.25, 0.5, 250)]
    [InlineData(0.05, 0.01, 0.5, 500)]
    public void Redraw_OutsideTheLimits_KeepsTheLargestVoxels(double level, double least, double most, int voxels)
    {
        using var scope = NewDisposeScope();
        Tensor density = Ramp();
        Tensor support = zeros(10, 10, 10);
        ShrinkWrap wrap = new()
        {
            Sigma = 0,
            SigmaEnd = 0,
            Threshold = level,
            ThresholdEnd = level,
            MinimumFraction = least,
            MaximumFraction = most,
        };

        wrap.Redraw(density, support, 0);

        Assert.True(support.gt(0).Equals(density.abs().gt(1000 - voxels)));
    }

    [Fact]
    public void Validate_BadValues_NamesEveryProblem()
    {
        ShrinkWrap wrap = new()
        {
            First = 0,
            Sigma = -1,
            Threshold = 1,
            AnnealFraction = 2,
            MinimumFraction = 0.6,
        };

        Assert.Equal(5, wrap.Validate().Count());
        Assert.Empty(new ShrinkWrap().Validate());
    }

    private static Tensor Ramp() => arange(1, 1001).reshape(10, 10, 10).to(ScalarType.ComplexFloat32);

    private static long Within(double radius)
    {
        int reach = (int)radius;
        int[] steps = [.. Enumerable.Range(-reach, (2 * reach) + 1)];
        return steps
            .SelectMany(z => steps.SelectMany(y => steps.Select(x => (z * z) + (y * y) + (x * x))))
            .Count(square => square <= radius * radius);
    }

    // What is left of a run redraws when the run would have, with the blur and threshold it would have.
    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(85)]
    public void After_AnyStep_IsTheRestOfTheRun(int done)
    {
        const int All = 100;
        ShrinkWrap whole = new()
        {
            First = 10,
            Every = 20,
            Last = 90,
            AnnealFraction = 0.7,
        };
        ShrinkWrap rest = whole.After(done, (double)done / All);

        Assert.Empty(rest.Validate());
        for (int step = done + 1; step <= All; step++)
        {
            Assert.Equal(whole.IsDue(step), rest.IsDue(step - done));
            double progress = (double)(step - done) / (All - done);
            Assert.Equal(SigmaAt(whole, (double)step / All), SigmaAt(rest, progress), 1e-9);
        }

        static double SigmaAt(ShrinkWrap of, double progress)
        {
            double annealed = of.AnnealFraction > 0 ? Math.Min(1, progress / of.AnnealFraction) : 1;
            return of.Sigma + ((of.SigmaEnd - of.Sigma) * annealed);
        }
    }
}
