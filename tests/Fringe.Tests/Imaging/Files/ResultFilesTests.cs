using System.Text.Json.Nodes;
using Fringe.Core;
using Fringe.Core.Diffraction;
using Fringe.Core.Phasing.Projections;
using Fringe.Core.Preparation;
using Fringe.Formats.Cxi;
using Fringe.Imaging;
using Fringe.Imaging.Figures;
using Fringe.Imaging.Files;
using Fringe.Imaging.Methods;
using Fringe.Imaging.Samples;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Imaging.Files;

/// <summary>What a library writes it reads again; what is no whole result is one clear line.</summary>
[LeakCheck]
[Collection(TensorTests.Name)]
public sealed class ResultFilesTests : IDisposable
{
    private static readonly ImagingOptions Options = new()
    {
        Method = new Iterations
        {
            Iterate = new Iterate { Recipe = PhasingRecipe.Parse("10*ER+10*RAAR+10*ER", 0.8), AverageLast = 5 },
            Starts = 1,
        },
        Preparation = new PreparationOptions { Shape = [32, 36, 40] },
        Reflection = new MillerIndices(1, 1, 1),
        Replicas = 2,
        Seed = 3,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheResult()
    {
        ImagingResult result = Written(Options, scan: true);

        StoredResult read = ResultFiles.Read(folder.Path);

        Assert.Equal(folder.Path, read.Folder);
        Assert.Equal(result.Crystal.Object.Interleaved, read.Crystal.Object.Interleaved);
        Assert.Equal(
            (result.Crystal.Object.Depth, result.Crystal.Object.Height, result.Crystal.Object.Width),
            (read.Crystal.Object.Depth, read.Crystal.Object.Height, read.Crystal.Object.Width)
        );
        Assert.Equal(result.Crystal.Support, read.Crystal.Support);
        Assert.Equal(result.Uncertainty!.Amplitude.Values, read.Uncertainty!.Amplitude.Values);
        Assert.Equal(result.Uncertainty.PhaseRadians.Values, read.Uncertainty.PhaseRadians.Values);
        Assert.Null(read.Uncertainty.Strain);
        Assert.Equal(result.Options, read.ReadOptions());
        Assert.Equal(FiguresOf(result.Figures), FiguresOf(read.Figures).Take(result.Figures.Count));
        Assert.Equal(
            result.Clock.Stages.Select(stage => stage.Seconds),
            read.Figures.Skip(result.Figures.Count + 1).Select(value => value.Value!.Value)
        );
        Assert.Equal(result.DataHash, read[Facts.DataHash]);
        Assert.Equal(result.Measurement.Input, read[Facts.Input]);
        Assert.Equal(result.Verdict.Word, read[Facts.Verdict]);
        Assert.Equal(string.Join(' ', result.Notes), read[Facts.Notes]);
        Assert.Equal("34-ID-C", read[Facts.Beamline]);
        Assert.Null(read[Facts.Truth]);
        Assert.Equal(TimeProvider.System.GetLocalNow(), read.Date, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Read_WithGeometry_HasTheCrystalInSpace()
    {
        ImagingResult result = Written(Options, scan: true);

        CxiCrystal read = ResultFiles.Read(folder.Path).Space!;

        CxiCrystal written = StrainFiles.ForCxi(result.Space!);
        Assert.Equal(written.Image.Interleaved, read.Image.Interleaved);
        Assert.Equal(written.Support, read.Support);
        Assert.Equal(written.Inside, read.Inside);
        Assert.Contains(true, read.Inside);
        Assert.Equal(written.DisplacementNanometres.Values, read.DisplacementNanometres.Values);
        Assert.Equal(written.Strain.Values, read.Strain.Values);
        Assert.Equal(written.Uncertainty!.Amplitude.Values, read.Uncertainty!.Amplitude.Values);
        Assert.Equal(written.Uncertainty.PhaseRadians.Values, read.Uncertainty.PhaseRadians.Values);
        Assert.Equal(
            written.Uncertainty.DisplacementNanometres!.Values,
            read.Uncertainty.DisplacementNanometres!.Values
        );
        Assert.Equal(written.Uncertainty.Strain!.Values, read.Uncertainty.Strain!.Values);
        Assert.Equal((written.Beamline, written.Frame), (read.Beamline, read.Frame));
        // The file has metres: the last digit may differ.
        Assert.Equal(written.VoxelNanometres, read.VoxelNanometres, 1e-13 * written.VoxelNanometres);
        AssertClose(written.ReciprocalSteps.ToArray(), read.ReciprocalSteps.ToArray());
        AssertClose(written.DirectSteps.ToArray(), read.DirectSteps.ToArray());
        AssertClose(written.FromLaboratory.ToArray(), read.FromLaboratory.ToArray());
        Assert.Equal(0, (written.ScatteringVector - read.ScatteringVector).Length, 1e-13);
    }

    [Fact]
    public void Read_WithoutGeometryAndReplicas_HasNone()
    {
        Written(Options with { Replicas = 0 }, scan: false);

        StoredResult read = ResultFiles.Read(folder.Path);

        Assert.Null(read.Space);
        Assert.Null(read.Uncertainty);
        Assert.Null(read[Facts.Beamline]);
    }

    [Fact]
    public void Read_NoResult_SaysWhatIsMissing()
    {
        Assert.Contains("no such folder", Line(folder.File("nowhere")));
        Assert.Contains("metrics.json, which is written last, is not there", Line(folder.Path));

        folder.File(ResultFiles.Metrics, "{}");
        Assert.Contains("holds no result of fringe phase (reconstruction.cxi)", Line(folder.Path));
    }

    [Fact]
    public void Read_HalfWritten_IsRefused()
    {
        ImagingResult result = Written(Options with { Replicas = 0 }, scan: false);
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ResultFiles.Write(result, folder.Path, source.Token));
        Assert.Contains("no whole result", Line(folder.Path));
    }

    // As after a crash between two runs into one folder.
    [Fact]
    public void Read_FilesOfTwoResults_IsRefused()
    {
        Written(Options with { Replicas = 0 }, scan: false);
        string path = folder.File(ResultFiles.Metrics);
        string whole = File.ReadAllText(path);
        JsonObject another = Metrics();
        JsonObject older = Metrics();
        another["data_sha256"] = "ab12";
        older["date"] = ResultFiles.Read(folder.Path).Date.AddSeconds(-1).ToString("O");

        File.WriteAllText(path, another.ToJsonString());
        Assert.Contains("are of two results", Line(folder.Path));
        File.WriteAllText(path, older.ToJsonString());
        Assert.Contains("are of two results", Line(folder.Path));
        File.WriteAllText(path, whole);
        Assert.NotNull(ResultFiles.Read(folder.Path));
    }

    [Fact]
    public void Read_DamagedAnywhere_IsOneClearLine()
    {
        Written(Options with { Replicas = 0 }, scan: false);
        foreach (string name in new[] { ResultFiles.Cxi, ResultFiles.Metrics })
        {
            string path = folder.File(name);
            byte[] whole = File.ReadAllBytes(path);
            for (int part = 0; part < 10; part++)
            {
                File.WriteAllBytes(path, whole[..(whole.Length * part / 10)]);

                string line = Line(folder.Path);
                Assert.StartsWith(path, line);
                Assert.DoesNotContain('\n', line);
            }

            File.WriteAllBytes(path, whole);
        }

        Assert.NotNull(ResultFiles.Read(folder.Path));
    }

    [Theory]
    [InlineData("chi", "\"small\"", "'chi' is not a number or null; phase the measurement again")]
    [InlineData("verdict", "3", "'verdict' is not a text; phase the measurement again")]
    public void Read_WrongKind_NamesTheFigure(string name, string value, string expected)
    {
        Written(Options with { Replicas = 0 }, scan: false);
        JsonObject metrics = Metrics();
        metrics[name] = JsonNode.Parse(value);
        File.WriteAllText(folder.File(ResultFiles.Metrics), metrics.ToJsonString());

        Assert.Contains(expected, Line(folder.Path));
    }

    // A figure that a later version adds must not close its results to this one.
    [Fact]
    public void Read_FigureOfAnotherVersion_IsLeftOut()
    {
        Written(Options with { Replicas = 0 }, scan: false);
        StoredResult before = ResultFiles.Read(folder.Path);
        JsonObject metrics = Metrics();
        metrics["sharpness"] = 3;
        File.WriteAllText(folder.File(ResultFiles.Metrics), metrics.ToJsonString());

        Assert.Equal(FiguresOf(before.Figures), FiguresOf(ResultFiles.Read(folder.Path).Figures));
    }

    [Fact]
    public void ReadOptions_OfAnotherVersion_SaysSo()
    {
        Written(Options with { Replicas = 0 }, scan: false);
        StoredResult other = ResultFiles.Read(folder.Path) with { OptionsText = """{"Sharpness": 3}""" };

        string line = Assert.Throws<InputException>(other.ReadOptions).Message;

        Assert.StartsWith(folder.File(ResultFiles.Cxi), line);
        Assert.Contains($"of Fringe {Provenance.Version}", line);
        Assert.Contains("`Sharpness` is no option", line);
    }

    private ImagingResult Written(ImagingOptions options, bool scan)
    {
        using Imager imager = Imager.Create(new ImagerOptions { Threads = 1 });
        Measurement measurement = new MeasurementSource { Scan = scan ? EmbeddedSample.Scan() : null }.Read();
        ImagingResult result = imager.Image(measurement, options, null, TestContext.Current.CancellationToken);
        ResultFiles.Write(result, folder.Path, TestContext.Current.CancellationToken);
        return result;
    }

    private JsonObject Metrics() => JsonNode.Parse(File.ReadAllText(folder.File(ResultFiles.Metrics)))!.AsObject();

    private static IEnumerable<(Figure, double?)> FiguresOf(FigureSet figures) =>
        figures.Select(value => (value.Figure, value.Value));

    private static void AssertClose(double[] wanted, double[] found) =>
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-13 * wanted.Max(Math.Abs)));

    private static string Line(string path) => Assert.Throws<InputException>(() => ResultFiles.Read(path)).Message;
}
