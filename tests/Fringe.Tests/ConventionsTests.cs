using System.Text.RegularExpressions;
using Fringe.Core.Diffraction;
using Fringe.Core.Metrics;
using Fringe.Core.Volumes;
using Fringe.Tests.Fixtures;
using static TorchSharp.torch;

namespace Fringe.Tests;

/// <summary>docs/conventions.md: the lines that no other test holds, and that each line names a test that is there.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed partial class ConventionsTests
{
    private const int Size = 12;

    // A primitive cubic lattice, one atom a voxel.
    private static readonly int[] Cells = [5, 4, 3];

    [Fact]
    public void Page_EveryTestItNames_Exists()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "conventions.md"));
        HashSet<string> tests =
        [
            .. typeof(ConventionsTests)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetMethods().Where(IsTest).Select(method => $"{type.Name}.{method.Name}")),
        ];
        string[] lines = [.. page.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal))];

        Assert.True(lines.Length > 20);
        Assert.All(
            lines,
            line =>
            {
                Match named = TestAtTheEnd().Match(line);
                Assert.True(named.Success, $"names no test: {line}");
                Assert.Contains(named.Groups[1].Value, tests);
            }
        );
    }

    [Fact]
    public void RealVolume_Index_IsZYXInCOrder()
    {
        RealVolume volume = new([.. Enumerable.Range(0, 24).Select(i => (float)i)], 2, 3, 4);
        using DiffractionPattern pattern = DiffractionPattern.From(volume, new bool[24]);

        Assert.Equal(1, volume[0, 0, 1]);
        Assert.Equal(4, volume[0, 1, 0]);
        Assert.Equal(12, volume[1, 0, 0]);
        using Tensor element = pattern.Intensity[1, 2, 3];
        Assert.Equal(23, element.item<float>());
    }

    [Theory]
    [InlineData(8, 9, 10)]
    [InlineData(7, 6, 5)]
    public void Propagate_ConstantObject_PeaksAtHalfTheLength(int depth, int height, int width)
    {
        using var scope = NewDisposeScope();
        Tensor field = ForwardModel.Propagate(ones([depth, height, width], ScalarType.ComplexFloat64)).abs();

        long wanted = ((((depth / 2) * height) + (height / 2)) * width) + (width / 2);
        Assert.Equal(wanted, field.argmax().item<long>());
        Assert.Equal(Math.Sqrt(depth * height * width), field.max().item<double>(), 1e-9);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    public void AtomsDisplacedByU_FieldAboutG_IsThatOfPhaseMinusGDotU(int h, int k, int l)
    {
        using var scope = NewDisposeScope();
        // Axes z, y, x; the lattice constant is one voxel, so G = 2 pi (h, k, l) per voxel.
        double[] g = [2 * Math.PI * h, 2 * Math.PI * k, 2 * Math.PI * l];
        Tensor psi = zeros([Size, Size, Size], ScalarType.ComplexFloat64);
        List<(double[] Site, double[] U)> atoms = [.. Atoms()];
        foreach ((double[] site, double[] u) in atoms)
        {
            double phase = -Dot(g, u);
            long[] at = [.. site.Select(coordinate => (long)coordinate + (Size / 2))];
            psi[at[0], at[1], at[2]] = tensor(new System.Numerics.Complex(Math.Cos(phase), Math.Sin(phase)));
        }

        Tensor field = ForwardModel.Propagate(psi);

        // The sum over the displaced atoms, sum exp(-i Q.(r + u)) at Q = G + q. psi leaves q.u out: with |u| <= 0.01 voxels and
        // |q| <= 2 pi sqrt(3) 4/12 it is under 0.04 of the peak.
        double peak = atoms.Count;
        double largest = 0;
        for (int z = -4; z <= 4; z++)
        {
            for (int y = -4; y <= 4; y += 2)
            {
                for (int x = -4; x <= 4; x += 2)
                {
                    double[] big = [g[0] + Q(z), g[1] + Q(y), g[2] + Q(x)];
                    System.Numerics.Complex wanted = 0;
                    foreach ((double[] site, double[] u) in atoms)
                    {
                        wanted += System.Numerics.Complex.Exp(
                            new(0, -Dot(big, [site[0] + u[0], site[1] + u[1], site[2] + u[2]]))
                        );
                    }

                    (double re, double im) = TestTensors.At(field, z + (Size / 2), y + (Size / 2), x + (Size / 2));
                    double scale = Math.Sqrt(Size * Size * Size);
                    largest = Math.Max(
                        largest,
                        (wanted - new System.Numerics.Complex(re * scale, im * scale)).Magnitude
                    );
                }
            }
        }

        Assert.InRange(largest / peak, 0, 0.04);
        // The opposite sign of the phase is far off, so the test can tell.
        Tensor opposite = ForwardModel.Propagate(psi.conj().resolve_conj());
        Assert.True(TestTensors.Difference(opposite, field) > 0.08);
    }

    [Fact]
    public void AtomsDisplacedAlongG_Phase_GivesTheDisplacement()
    {
        // A crystal whose half at x >= 0 is moved by +0.02 voxels along G = (0, 0, 2 pi): the phase of the object found from the field of
        // the atoms about G is -G u there.
        using var scope = NewDisposeScope();
        const double Moved = 0.02;
        double[] positions = [.. Enumerable.Range(-3, 6).Select(x => x + (x >= 0 ? Moved : 0))];
        Tensor re = zeros([1, 1, Size], ScalarType.Float64);
        Tensor im = zeros([1, 1, Size], ScalarType.Float64);
        for (int x = 0; x < Size; x++)
        {
            double q = (2 * Math.PI) + Q(x - (Size / 2));
            re[0, 0, x] = positions.Sum(r => Math.Cos(-q * r));
            im[0, 0, x] = positions.Sum(r => Math.Sin(-q * r));
        }

        Tensor psi = ForwardModel.PropagateBack(complex(re, im));

        // u_G = -phi / |G|; the neglected q.u blurs neighbours by a few per cent of Moved.
        double still = -Phase(psi, (Size / 2) - 2) / (2 * Math.PI);
        double moved = -Phase(psi, (Size / 2) + 1) / (2 * Math.PI);
        Assert.Equal(Moved, moved - still, 0.1 * Moved);
    }

    [Fact]
    public void Twin_AnyObject_HasTheSamePattern()
    {
        using var scope = NewDisposeScope();
        Tensor psi = TestTensors.RandomComplex(1, 7, 8, 9);

        Tensor twin = ForwardModel.Propagate(TrivialTransforms.Twin(psi)).abs();

        Assert.InRange(TestTensors.Difference(twin, ForwardModel.Propagate(psi).abs()), 0, 1e-6);
    }

    // Lattice sites (whole voxels about the centre) and a smooth displacement of up to 0.01 voxels.
    private static IEnumerable<(double[] Site, double[] U)> Atoms()
    {
        for (int z = -Cells[0] / 2; z <= Cells[0] / 2; z++)
        {
            for (int y = -Cells[1] / 2; y < Cells[1] / 2; y++)
            {
                for (int x = -Cells[2] / 2; x <= Cells[2] / 2; x++)
                {
                    yield return ([z, y, x], [0.005 * x, 0.002 * z, (0.0015 * y * y) + (0.001 * z)]);
                }
            }
        }
    }

    private static double Q(int index) => 2 * Math.PI * index / Size;

    private static double Dot(double[] a, double[] b) => a.Zip(b, (left, right) => left * right).Sum();

    private static double Phase(Tensor psi, int x)
    {
        (double re, double im) = TestTensors.At(psi, 0, 0, x);
        return Math.Atan2(im, re);
    }

    private static bool IsTest(System.Reflection.MethodInfo method) => method.IsDefined(typeof(FactAttribute), false);

    [GeneratedRegex(@"`(\w+\.\w+)`$")]
    private static partial Regex TestAtTheEnd();
}
