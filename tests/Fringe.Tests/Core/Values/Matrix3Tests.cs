using Fringe.Core.Values;

namespace Fringe.Tests.Core.Values;

public sealed class Matrix3Tests
{
    private static readonly Matrix3 Some = Matrix3.FromRows([2, -1, 0.5, 3, 4, -2, 0.25, 1, 5]);

    [Fact]
    public void Inverse_TimesTheMatrix_IsTheIdentity()
    {
        double[] product = Some.Inverse().Times(Some).ToArray();

        Assert.All(product.Zip(Matrix3.Identity.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
    }

    [Fact]
    public void Inverse_Singular_Throws() =>
        Assert.Throws<ArgumentException>(() => Matrix3.FromRows([1, 2, 3, 2, 4, 6, 0, 0, 1]).Inverse());

    [Fact]
    public void FromRows_Elements_ComeBackInTheirOrder()
    {
        Assert.Equal([2, -1, 0.5, 3, 4, -2, 0.25, 1, 5], Some.ToArray());
        Assert.Equal(new Vector3D(-1, 4, 1), Some.Column(1));
        Assert.Equal(new Vector3D(-1, 4, 1), Some.Transposed().B);
        Assert.Equal(Some, Matrix3.FromColumns(Some.Column(0), Some.Column(1), Some.Column(2)));
    }

    [Fact]
    public void Times_TwoTurns_AppliesTheSecondFirst()
    {
        Matrix3 aboutX = Matrix3.Rotation(new(1, 0, 0), Math.PI / 2);
        Matrix3 aboutZ = Matrix3.Rotation(new(0, 0, 1), Math.PI / 2);

        // About x first: y goes to z, which a turn about z leaves where it is.
        Vector3D turned = aboutZ.Times(aboutX).Apply(new(0, 1, 0));

        Assert.InRange((turned - new Vector3D(0, 0, 1)).Length, 0, 1e-15);
    }

    // Columns that belong to z, y, x: one step along x leads along the last column.
    [Fact]
    public void ToPlace_AStepAlongX_IsTheLastColumn()
    {
        Assert.Equal(Some.Column(2), Some.ToPlace(new(Z: 0, Y: 0, X: 1)));
        Assert.Equal(Some.Column(0), Some.ToPlace(new(Z: 1, Y: 0, X: 0)));
    }

    [Fact]
    public void ToSteps_OfAPlace_AreTheStepsThatLeadThere()
    {
        Axes3<double> steps = Some.Inverse().ToSteps(Some.ToPlace(new(Z: 3, Y: -2, X: 0.5)));

        Assert.Equal(3, steps.Z, 1e-14);
        Assert.Equal(-2, steps.Y, 1e-14);
        Assert.Equal(0.5, steps.X, 1e-14);
    }

    [Fact]
    public void WithColumnsScaled_Factors_BelongToZYX() =>
        Assert.Equal(
            Matrix3.FromColumns(2 * Some.Column(0), 3 * Some.Column(1), 5 * Some.Column(2)),
            Some.WithColumnsScaled(new(Z: 2, Y: 3, X: 5))
        );
}
