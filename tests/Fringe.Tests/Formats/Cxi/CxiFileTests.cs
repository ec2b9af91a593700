using Fringe.Core.Volumes;
using Fringe.Formats.Cxi;
using Fringe.Tests.Fixtures;

namespace Fringe.Tests.Formats.Cxi;

/// <summary>The CXI file as h5py, and so silx and PyNX users, find it.</summary>
public sealed class CxiFileTests
{
    [Fact]
    public void Write_FullRecord_H5pyReadsGroupsValuesAndUnits()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("reconstruction.cxi");
        CxiFile.Write(file, Example());

        string printed = ExternalTool.RunPython(
            """
            import sys, h5py, numpy as n
            f = h5py.File(sys.argv[1])
            e = f['entry_1']; im = e['image_1']
            d = im['data'][()]
            k = n.arange(60).reshape(3, 4, 5)
            assert d.dtype == n.complex64 and (d == 2*k + 1j*(2*k+1)).all(), d
            assert (im['support'][()] == (k % 3 == 0)).all() and (im['mask'][()] == im['support'][()]).all()
            assert int(f['cxi_version'][()]) == 160
            assert isinstance(f.get('entry_last', getlink=True), h5py.SoftLink) and f['entry_last'] == e
            assert isinstance(e.get('data_1/data', getlink=True), h5py.SoftLink) and (e['data_1/data'][()] == d).all()
            t = lambda p: e[p].asstr()[()]
            assert t('image_1/data_type') == 'electron density' and t('image_1/data_space') == 'real'
            assert int(im['is_fft_shifted'][()]) == 0 and int(im['dimensionality'][()]) == 3
            p = im['process_1']
            assert t('image_1/process_1/command') == 'fringe phase x.h5' and t('image_1/process_1/version') == '0.1.0'
            assert p['configuration/beta'][()] == 0.9 and p['configuration'].keys() == {'beta', 'recipe'}
            assert p['results/chi'][()] == 0.012 and p['results/free_llk'][()] == 1.5 and p['results/support_voxels'][()] == 20
            assert p['results/voxel'].attrs['units'] == 'nm'
            i = im['instrument_1']
            assert abs(i['source_1/energy'][()] / (9000 * 1.602176634e-19) - 1) < 1e-12 and i['source_1/energy'].attrs['units'] == 'J'
            assert abs(i['beam_1/incident_wavelength'][()] / 1.3776022e-10 - 1) < 1e-6
            assert i['detector_1/distance'][()] == 0.5 and i['detector_1/x_pixel_size'].attrs['units'] == 'm'
            assert f[f.attrs['default']][e.attrs['default']].attrs['signal'] == 'data'
            assert e.attrs['NX_class'] == 'NXentry' and t('end_time') == '2026-01-02T03:04:05+00:00'
            print('good')
            """,
            [file],
            "h5py",
            "numpy"
        );

        Assert.Equal("good", printed);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    private static CxiReconstruction Example()
    {
        float[] values = [.. Enumerable.Range(0, 120).Select(i => (float)i)];
        bool[] support = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0)];
        var end = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        return new CxiReconstruction(
            new ComplexVolume(values, 3, 4, 5),
            support,
            "fringe",
            "0.1.0",
            "fringe phase x.h5",
            end
        )
        {
            Configuration = [CxiValue.Of("recipe", "20*ER"), CxiValue.Of("beta", 0.9)],
            Results =
            [
                CxiValue.Of("chi", 0.012),
                CxiValue.Of("free_llk", 1.5),
                CxiValue.Of("support_voxels", 20L),
                CxiValue.Of("voxel", 7.5, "nm"),
            ],
            EnergyElectronvolts = 9000,
            DetectorDistanceMetres = 0.5,
            PixelSizeXMetres = 55e-6,
            PixelSizeYMetres = 55e-6,
        };
    }
}
