using System.Text.Json;
using Fringe.Core.Metrics;
using Fringe.Imaging.Figures;

namespace Fringe.Tests.Imaging.Figures;

public sealed class FigureSetTests
{
    private static readonly FigureSet Figures =
    [
        PhasingFigures.SupportVoxels.Of(4012),
        PhasingFigures.Chi.Of(0.00174),
        PhasingFigures.Agreement.Of(double.NaN),
    ];

    [Fact]
    public void Values_ByFigure_AreThoseGivenOrNull()
    {
        Assert.Equal(4012, Figures[PhasingFigures.SupportVoxels]);
        Assert.Null(Figures[PhasingFigures.Agreement]);
        Assert.Null(Figures[TimeFigures.Total]);
        Assert.True(Figures.Contains(PhasingFigures.Agreement));
        Assert.False(Figures.Contains(TimeFigures.Total));
        Assert.Null(Figures.Find(TimeFigures.Total));
    }

    [Fact]
    public void Known_SomeFigures_AreThoseInTheirOrder() =>
        Assert.Equal(
            [PhasingFigures.Chi, PhasingFigures.SupportVoxels],
            Figures
                .Known([PhasingFigures.Chi, TimeFigures.Total, PhasingFigures.Agreement, PhasingFigures.SupportVoxels])
                .Select(value => value.Figure)
        );

    [Fact]
    public void Create_AFigureTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => FigureSet.Create([PhasingFigures.Chi.Of(1), PhasingFigures.Chi.Of(2)]));

    [Fact]
    public void Json_OfASet_HasCountsAsWholeNumbersInOrder() =>
        Assert.Equal(
            """{"support_voxels":4012,"chi":0.00174,"agreement":null}""",
            JsonSerializer.Serialize(FigureJson.Of(Figures))
        );

    [Fact]
    public void Json_ANameTwice_IsRefused()
    {
        Dictionary<string, object?> json = FigureJson.Of(Figures);

        Assert.Throws<ArgumentException>(() => FigureJson.Add([PhasingFigures.Chi.Of(1)], json));
    }

    [Fact]
    public void Text_ResolutionNeverReached_IsAtMostTheLimit()
    {
        ShellCurve high = new([0.1, 0.3, 0.5], [1, 0.9, 0.8]);
        ShellCurve low = new([0.1, 0.3, 0.5], [1, 0.4, 0.1]);

        Assert.Equal("<= 8 nm", StrainFigures.FscResolution.OfResolution(high, 0.5, voxel: 4).TextWithUnit);
        Assert.Equal("15 nm", StrainFigures.FscResolution.OfResolution(low, 0.5, voxel: 4).TextWithUnit);
        Assert.Equal("-", StrainFigures.FscResolution.OfResolution(null, 0.5, voxel: 4).TextWithUnit);
    }

    [Fact]
    public void Text_OfASpacing_HasItsDigitsUnlessTheRunHasFewer()
    {
        FigureValue spacing = StrainFigures.DSpacing.Of(0.23348123);

        Assert.Equal("0.23348", spacing.Text);
        Assert.Equal("0.2335", (spacing with { Digits = 4 }).Text);
    }

    [Fact]
    public void Explanation_OfAValue_SaysWhichWayIsBetterAndTheRemark()
    {
        FigureValue value = PhasingFigures.Agreement.Of(0.5) with { Remark = "Here of two." };

        Assert.Equal($"{PhasingFigures.Agreement.Meaning} Higher is better. Here of two.", value.Explanation);
        Assert.Equal(PhasingFigures.Starts.Meaning, PhasingFigures.Starts.Explanation);
        Assert.EndsWith(" Lower is better.", PhasingFigures.Chi.Explanation);
    }

    [Fact]
    public void Axes_OfVolumeAndSpace_KeepTheOrderOfTheirValues()
    {
        Assert.Equal(
            ["oversampling_z = 1", "oversampling_y = 2", "oversampling_x = 3"],
            PatternFigures.Oversampling.Of([1, 2, 3]).Select(value => $"{value.Figure} = {value.Text}")
        );
        Assert.Equal(["size_x_nm", "size_y_nm", "size_z_nm"], StrainFigures.Size.Select(figure => figure.JsonName));
    }
}
