using Fringe.Core.Metrics;
using Fringe.Core.Phasing;
using Fringe.Core.Phasing.Combining;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Phasing.Refinement;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests.Core.Phasing.Refinement;

[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class CoarseToFineTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(64, 64, 64, 1)]
    [InlineData(80, 80, 80, 1)]
    [InlineData(128, 160, 160, 2)]
    [InlineData(256, 256, 256, 3)]
    [InlineData(20, 400, 20, 1)]
    public void Shapes_OfAPattern_EndWithItsOwn(long depth, long height, long width, int count)
    {
        IReadOnlyList<IReadOnlyList<long>> shapes = CoarseToFine.Shapes([depth, height, width]);

        Assert.Equal(count, shapes.Count);
        Assert.Equal([depth, height, width], shapes[^1]);
        Assert.All(shapes.Zip(shapes.Skip(1)), pair => Assert.True(Voxels(pair.First) * 3 <= Voxels(pair.Second)));
        Assert.All(shapes[0].Zip(shapes[^1]), pair => Assert.True(pair.First >= Math.Min(64, pair.Second)));
    }

    [Fact]
    public void Run_LargePattern_FindsTheObject()
    {
        using SyntheticProblem problem = SyntheticProblems.Create(new("large") { Size = 96, Photons = 1e7 });
        // A start may end elsewhere on any grid; the free voxels choose among three.
        PhasingOptions options = RefinedPhasing.DefaultOptions;
        double error = Error(problem, options, new CoarseToFine(options, new RefinementOptions(), CPU));

        output.WriteLine($"error {error:F4}");
        Assert.InRange(error, 0, 0.01);
    }

    private static double Error(SyntheticProblem problem, PhasingOptions options, IPhasingMethod method)
    {
        using PhasingResult result = new MultiStart(options, method).Run(
            problem.Pattern,
            null,
            TestContext.Current.CancellationToken
        );
        return RealSpaceError.Of(result.Object, problem.Truth);
    }

    private static long Voxels(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, length) => product * length);
}
