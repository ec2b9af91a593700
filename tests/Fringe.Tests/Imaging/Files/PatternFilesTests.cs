using Fringe.Core;
using Fringe.Core.Geometry;
using Fringe.Core.Preparation;
using Fringe.Core.Values;
using Fringe.Formats;
using Fringe.Formats.Beamlines;
using Fringe.Imaging;
using Fringe.Imaging.Files;
using Fringe.Tests.Fixtures;
using Fringe.Tests.Formats.OddFiles;

namespace Fringe.Tests.Imaging.Files;

/// <summary>Prepared patterns as files: what other programs find in them, and that this one finds the same pattern again.</summary>
public sealed class PatternFilesTests : IDisposable
{
    // A gap, an overexposed peak, a hot pixel, a lost and a repeated frame, and a peak near the edge: the crop goes beyond the data.
    private const string Hard = """
        d = np.roll(stack("u2"), (-12, 14), (0, 2))
        d[:, :, 30:33] = 65535
        d[7:10, 21:24, 39:42] = 3000
        d[30, 5, 5] = 900
        d[30, 5, 6] = 60
        d[15] = 0
        d[12] = d[11]
        np.save("scan.npy", d)
        np.save("mask.npy", np.eye(48))
        """;

    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    public static TheoryData<string, int[]?, int[]> Ways =>
        new()
        {
            { ".npz", null, [1, 1, 1] },
            { ".cxi", null, [1, 1, 1] },
            { ".npz", [40, 45, 64], [1, 1, 1] },
            { ".cxi", [25, 20, 27], [1, 2, 2] },
            { ".npy", [33, 45, 64], [1, 1, 1] },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Write_AnyPattern_IsTheSamePatternReadAgain(string kind, int[]? shape, int[] bin)
    {
        files.Make(Hard);
        MeasurementSource source = new() { MaskPath = files["mask.npy"] };
        PreparationOptions options = new()
        {
            Shape = shape,
            Bin = bin,
            Saturation = 3000,
        };
        PreparedMeasurement written = Prepared(source with { Input = files["scan.npy"] }, options);

        Write($"x{kind}", written);
        PreparedMeasurement read = Prepared(
            new MeasurementSource { Input = files[$"x{kind}"] },
            new() { IsPrepared = !PatternFiles.SaysPrepared(kind) }
        );

        Assert.InRange(written.Preparation.SaturatedVoxels, 27, 200);
        Assert.Contains(true, written.Mask);
        Assert.Equal(written.Shape, read.Shape);
        Assert.Equal(written.Intensity.Values, read.Intensity.Values);
        Assert.Equal(written.Mask, read.Mask);
        Assert.Equal(written.Shape.ToArray().Select(length => length / 2), read.Preparation.Peak);
        Assert.Equal(written.Preparation.Photons, read.Preparation.Photons);
        Assert.Equal(written.Preparation.MaskedFraction, read.Preparation.MaskedFraction);
        Assert.Equal(1, read.Preparation.KeptFraction);
        Assert.Contains(read.Account, line => line.What == "prepared");
        if (PatternFiles.SaysPrepared(kind))
        {
            Assert.Equal(written.FirstVoxel, read.FirstVoxel);
        }
    }

    [Fact]
    public void Write_EveryKind_IsWhatNumpyAndH5pyExpect()
    {
        files.Make(Hard);
        PreparedMeasurement prepared = Prepared(
            new()
            {
                Input = files["scan.npy"],
                MaskPath = files["mask.npy"],
                Scan = Scan(),
            },
            new() { Shape = [40, 45, 64] }
        );

        foreach (string name in new[] { "x.npz", "x.cxi", "x.npy" })
        {
            Write(name, prepared);
        }

        // As PyNX reads its input: data and mask of the detector, energy / 1.60218e-16 in keV, lengths in metres; NaN is a mask of its own.
        const string check = """
            import h5py, numpy as np, os, sys
            os.chdir(sys.argv[1])
            z, y, f = np.load("x.npz"), np.load("x.npy"), h5py.File("x.cxi")
            d = f["entry_1/instrument_1/detector_1"]
            m = z["mask"].astype(bool)
            print(z["data"].dtype, z["data"].shape, z["mask"].dtype, m.sum(), int(z["data"][m].sum()))
            print(np.array_equal(np.isnan(y), m), np.array_equal(y[~m], z["data"][~m]), y.dtype)
            print(np.array_equal(d["data"], z["data"]), np.array_equal(d["mask"], z["mask"]), d["mask"].dtype,
                  np.array_equal(f["entry_1/data_1/data"], z["data"]), f["entry_1/data_1"].attrs["signal"])
            e = f["entry_1/instrument_1/source_1/energy"]
            print(round(e[()] / 1.60218e-16, 4), e.attrs["units"], float(z["photon_energy_ev"]))
            print(d["distance"][()], d["x_pixel_size"][()], d["y_pixel_size"][()], d["distance"].attrs["units"],
                  float(z["detector_distance_m"]), float(z["pixel_row_m"]), float(z["pixel_column_m"]))
            g = f["entry_1/data_1/geometry"]
            print(np.allclose(g["reciprocal_steps"][()] * 1e-9, z["reciprocal_steps_per_nm"]),
                  np.allclose(g["scattering_vector"][()] * 1e-9, z["scattering_vector_per_nm"]), g["reciprocal_steps"].attrs["units"])
            # The pixel of the peak from the corner and the two vectors: |Q| from that place alone.
            r, c = d["basis_vectors"][()]
            place = d["corner_position"][()] + 22.5 * r + 32.5 * c
            k = 2 * np.pi / (float(z["wavelength_nm"]) * 1e-9)
            q = k * (place / np.linalg.norm(place) - [0, 0, 1])
            print(np.allclose(q, g["scattering_vector"][()], rtol=1e-9))
            p = f["entry_1/instrument_1/positioners"]
            print(p["Theta"].shape, round(float(np.diff(p["Theta"][()]).mean()), 9), round(p["Delta"][()], 4), p["Delta"].attrs["units"])
            """;
        string[] said = ExternalTool.RunPython(check, [files[""]], "h5py", "numpy").Split('\n');

        Assert.Equal($"float32 (40, 45, 64) uint8 {prepared.Mask.Count(masked => masked)} 0", said[0]);
        Assert.Equal("True True float32", said[1]);
        Assert.Equal("True True uint8 True data", said[2]);
        Assert.Equal("9.0 J 9000.0", said[3]);
        Assert.Equal("0.5 5.5e-05 5.5e-05 m 0.5 5.5e-05 5.5e-05", said[4]);
        Assert.Equal("True True 1/m", said[5]);
        Assert.Equal("True", said[6]);
        Assert.Equal("(40,) 0.005 32.174 deg", said[7]);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void Write_CxiWithGeometry_HasTheSameGeometryReadAgain(int bin, bool knowsBeam)
    {
        files.Make(Hard);
        RockingScan scan = Scan();
        if (!knowsBeam)
        {
            scan = scan with { Geometry = scan.Geometry with { DirectBeam = null } };
        }

        MeasurementSource source = new() { Input = files["scan.npy"], Scan = scan };
        PreparedMeasurement written = Prepared(source, new() { Bin = [bin, bin, bin] });
        Write("x.cxi", written);

        BeamlineDefinition beamline = BeamlineLibrary.Find("34-ID-C");
        RockingScan again = RockingScan.From(
            beamline,
            ScanFile.Read(files["x.cxi"], scan: null, beamline),
            new GeometryOverrides()
        );
        PreparedMeasurement read = Prepared(
            new MeasurementSource
            {
                Input = files["x.cxi"],
                Scan = again,
                Dataset = again.Group,
            },
            new()
        );

        BraggPeak peak = scan.Geometry.At(written.Preparation.PeakPlace(new Axes3<int>(bin, bin, bin)));
        Assert.Equal(0, (peak.ScatteringVector - read.Peak!.ScatteringVector).Length, 1e-9);
        Matrix3 steps = peak.ReciprocalSteps().Scaled(bin);
        Assert.All(
            new[] { 0, 1, 2 },
            axis => Assert.Equal(0, (steps.Column(axis) - read.Peak!.ReciprocalSteps().Column(axis)).Length, 1e-11)
        );
        Assert.Equal(knowsBeam, again.Geometry.DirectBeam is not null);
        Assert.Equal(9000, again.Geometry.EnergyElectronvolts, 1e-6);
    }

    [Fact]
    public void LossesOf_KindThatHoldsLess_SaysWhat()
    {
        files.Make(Hard);
        MeasurementSource source = new() { Input = files["scan.npy"], Scan = Scan() };
        PreparedMeasurement square = Prepared(source, new());
        PreparedMeasurement oblong = Prepared(source, new() { Bin = [1, 2, 1] });
        PreparedMeasurement bare = Prepared(source with { Scan = null }, new());

        Assert.Empty(PatternFiles.LossesOf("x.cxi", square));
        Assert.Contains("110 x 55 um", Assert.Single(PatternFiles.LossesOf("x.cxi", oblong)));
        Assert.Contains("no place for the geometry", Assert.Single(PatternFiles.LossesOf("x.npy", square)));
        Assert.Contains("from a CXI file alone", Assert.Single(PatternFiles.LossesOf("x.npz", square)));
        Assert.Empty(PatternFiles.LossesOf("x.npy", bare));
        Assert.True(PatternFiles.HoldsGeometry("x.cxi", square));
        Assert.False(PatternFiles.HoldsGeometry("x.cxi", oblong));
    }

    // What PyNX makes of such a file is PyNX's.
    [Fact]
    public void Read_CxiOfAnotherProgram_IsPreparedAnew()
    {
        files.Make(Hard);
        Write("x.cxi", Prepared(new() { Input = files["scan.npy"] }, new() { Shape = [40, 45, 64] }));
        files.Make(
            """
            import h5py
            with h5py.File("x.cxi", "a") as f:
                del f["entry_1/data_1/process_1/program"]
                f["entry_1/data_1/process_1/program"] = "PyNX"
            """
        );

        Measurement read = new MeasurementSource { Input = files["x.cxi"] }.Read(
            cancellation: TestContext.Current.CancellationToken
        );

        Assert.Null(read.PreparedOrigin);
    }

    [Fact]
    public void PathsOf_Output_NamesEachFile()
    {
        Assert.Equal(["out/a.npz"], PatternFiles.PathsOf("out/a.npz", ["scan"], [], force: false));
        Assert.Equal(["out/s1.CXI", "out/s2.CXI"], PatternFiles.PathsOf("out/*.CXI", ["s1", "s2"], [], force: false));
    }

    [Fact]
    public void PathsOf_OutputThatCannotBe_IsRefused()
    {
        files.Make("open('there.npz', 'w').close(); os.mkdir('folder.cxi')");

        Assert.Contains("expected a file .npz, .cxi or .npy", Refusal("out.h5", "a"));
        Assert.Contains("expected a file", Refusal("out", "a"));
        Assert.Contains("2 scans would be one file; put a *", Refusal("out.npz", "a", "b"));
        Assert.Contains("both be written to", Refusal("*.npz", "a", "a"));
        Assert.Contains("is a folder", Refusal(files["folder.cxi"], "a"));
        Assert.Contains("already there", Refusal(files["there.npz"], "a"));
        Assert.Equal(
            files["there.npz"],
            Assert.Single(PatternFiles.PathsOf(files["there.npz"], ["a"], [], force: true))
        );
    }

    [Theory]
    [InlineData("x.npz")]
    [InlineData("x.cxi")]
    [InlineData("x.npy")]
    public void Write_Cancelled_LeavesTheFormerFile(string name)
    {
        files.Make("np.save('scan.npy', stack())");
        PreparedMeasurement prepared = Prepared(new() { Input = files["scan.npy"] }, new());
        File.WriteAllText(files[name], "former");
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => PatternFiles.Write(files[name], prepared, Run, source.Token));

        Assert.Equal("former", File.ReadAllText(files[name]));
        Assert.Equal(2, Directory.GetFileSystemEntries(files[""]).Length);
    }

    private static RunRecord Run => new("fringe convert", DateTimeOffset.UnixEpoch, []);

    private static string Refusal(string output, params string[] names) =>
        Assert.Throws<InputException>(() => PatternFiles.PathsOf(output, names, [], force: false)).Message;

    private void Write(string name, PreparedMeasurement prepared) =>
        PatternFiles.Write(files[name], prepared, Run, TestContext.Current.CancellationToken);

    private static PreparedMeasurement Prepared(MeasurementSource source, PreparationOptions options)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        return PreparedMeasurement.Of(source.Read(cancellation: cancellation), options, cancellation);
    }

    private RockingScan Scan() =>
        RockingScan.From(BeamlineLibrary.Find("34-ID-C"), GeometryFile.Read(WriteGeometry()), new GeometryOverrides());

    private string WriteGeometry()
    {
        File.WriteAllText(
            files["geometry.json"],
            """
            {"angles_deg": {"Theta": [0.1, 0.3], "Chi": 90, "Phi": -5, "Delta": 32.174, "Gamma": 12.6346}, "points": 41,
             "energy_kev": 9, "distance_m": 0.5, "pixel_um": 55, "direct_beam": [26, 31]}
            """
        );
        return files["geometry.json"];
    }
}
