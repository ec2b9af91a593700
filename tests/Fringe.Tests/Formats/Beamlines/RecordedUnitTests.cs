using System.Globalization;
using Fringe.Core;
using Fringe.Formats.Beamlines;
using Fringe.Tests.Formats.OddFiles;

namespace Fringe.Tests.Formats.Beamlines;

/// <summary>Units of the numbers in an HDF5 scan, and numbers that are not there as one.</summary>
public sealed class RecordedUnitTests : IDisposable
{
    private readonly OddFile files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("rad", Math.PI / 180)]
    [InlineData("mrad", 1000 * Math.PI / 180)]
    [InlineData("urad", 1e6 * Math.PI / 180)]
    [InlineData("µrad", 1e6 * Math.PI / 180)]
    [InlineData("mdeg", 1e3)]
    [InlineData("udeg", 1e6)]
    [InlineData("arcsec", 3600)]
    [InlineData("arcmin", 60)]
    [InlineData("Degrees", 1)]
    [InlineData("deg.", 1)]
    [InlineData("°", 1)]
    [InlineData("", 1)]
    public void Read_AnglesInAUnit_AreThoseAngles(string unit, double perDegree)
    {
        string factor = perDegree.ToString("R", CultureInfo.InvariantCulture);
        Write($"for d in motors: d[...] = d[()] * {factor}; d.attrs['units'] = '{unit}'");

        RockingScan scan = Scan();

        Assert.Equal(10, Degrees(scan.Geometry.SampleAnglesRadians[1]), 1e-6);
        Assert.Equal(0.01, Degrees(scan.Geometry.RockingStepRadians), 1e-8);
        Assert.Equal([5, 32], scan.Geometry.DetectorAnglesRadians.Select(angle => Math.Round(Degrees(angle), 6)));
    }

    [Theory]
    [InlineData("mm")]
    [InlineData("counts")]
    [InlineData("gon")]
    public void Read_AngleInAnUnknownUnit_IsRefusedWhereItIsUsed(string unit)
    {
        Write($"e['instrument/positioners/phi'].attrs['units'] = '{unit}'");
        Assert.Contains($"an angle in '{unit}'", Refusal());
        Assert.Contains("instrument/positioners/phi", Refusal());

        Write($"e['instrument/positioners/sz'] = 1.0; e['instrument/positioners/sz'].attrs['units'] = '{unit}'");
        Assert.Equal(41, Scan().Points);
    }

    [Fact]
    public void Read_AngleBeyondAWholeTurn_IsNoted()
    {
        Write("e['instrument/positioners/delta'][...] = 558.5");

        Assert.Contains(Scan().Remarks, remark => remark.Contains("delta stands at 558.5 deg, beyond a whole turn"));
    }

    [Theory]
    [InlineData("measurement/eta")]
    [InlineData("instrument/positioners/delta")]
    public void Read_MotorInAVirtualDataset_IsSaidToBeThere(string place)
    {
        Write(
            $"""
            v = np.atleast_1d(e["{place}"][()]); del e["{place}"]; f["raw"] = v
                vl = h5py.VirtualLayout(v.shape, "f8"); vl[:] = h5py.VirtualSource(".", "raw", v.shape)
                e.create_virtual_dataset("{place}", vl)
            """
        );

        Assert.Contains($"{place}]: its numbers lie in another dataset (an HDF5 virtual dataset)", Refusal());
    }

    [Theory]
    [InlineData("np.full(41, 9.0)", "keV", 9000)]
    [InlineData("np.linspace(9000, 9001, 41)", "eV", 9000.5)]
    public void Read_EnergyAtEveryPoint_IsItsMean(string values, string unit, double energy)
    {
        Write(
            $"""
            del e["instrument/positioners/nrj"]
                n = e.create_dataset("instrument/monochromator/energy", data={values}); n.attrs["units"] = "{unit}"
            """
        );

        Assert.Equal(energy, Scan().Geometry.EnergyElectronvolts, 1e-6);
    }

    [Theory]
    [InlineData("m", 1)]
    [InlineData("meters", 1)]
    [InlineData("millimeter", 1e3)]
    [InlineData("millimetres", 1e3)]
    [InlineData("micrometer", 1e6)]
    [InlineData("centimeter", 1e2)]
    [InlineData("nm", 1e9)]
    public void Read_LengthsInAUnit_AreThoseLengths(string unit, double perMetre)
    {
        string factor = perMetre.ToString("R", CultureInfo.InvariantCulture);
        Write(
            $"""
            for n, v in dict(distance=0.83, x_pixel_size=55e-6).items():
                    d = e.create_dataset("instrument/mpx/" + n, data=v * {factor}); d.attrs["units"] = "{unit}"
            """
        );

        RockingScan scan = Scan(new GeometryOverrides());
        Assert.Equal(0.83, scan.Geometry.DistanceMetres, 1e-9);
        Assert.Equal(55e-6, scan.Geometry.RowPitchMetres, 1e-12);
    }

    [Fact]
    public void Read_LengthInAnUnknownUnit_SaysSo()
    {
        Write("d = e.create_dataset('instrument/mpx/distance', data=3.0); d.attrs['units'] = 'ft'");

        Assert.Contains(
            "a length in 'ft', which is no known unit",
            Assert.Throws<InputException>(() => Scan(new GeometryOverrides())).Message
        );
    }

    [Fact]
    public void Read_MotorWithoutNumbersAtItsEnd_SaysHowManyFramesDo()
    {
        Write("e['measurement/eta'][30:] = np.nan");

        Assert.Contains("eta is no number at point 30 of 41 and behind it", Refusal());
        Assert.Contains("`Preparation.Frames` 30", Refusal());
    }

    [Fact]
    public void Read_OnePoint_IsSaid()
    {
        Write("del e['measurement/eta']; e['measurement/eta'] = np.array([10.0])");

        Assert.Contains("the scan has one point", Refusal());
    }

    private static double Degrees(double radians) => radians * 180 / Math.PI;

    private void Write(string change) =>
        files.Make(
            $"""
            import h5py
            with h5py.File("scan.h5", "w") as f:
                e = f.create_group("1.1")
                e["measurement/eta"] = 10 + 0.01 * np.arange(41)
                for n, v in dict(mu=0.0, phi=0.0, nu=5.0, delta=32.0, nrj=9.0).items():
                    e["instrument/positioners/" + n] = v
                motors = [e["measurement/eta"]] + [e["instrument/positioners/" + n] for n in ("mu", "phi", "nu", "delta")]
                {change}
            """
        );

    private string Refusal() => Assert.Throws<InputException>(() => Scan()).Message;

    private RockingScan Scan(GeometryOverrides? overrides = null)
    {
        BeamlineDefinition beamline = BeamlineLibrary.Find("ID01");
        ScanRecord record = Hdf5ScanFile.Read(files["scan.h5"], null, beamline);
        return RockingScan.From(beamline, record, overrides ?? new() { DistanceMetres = 1 });
    }
}
