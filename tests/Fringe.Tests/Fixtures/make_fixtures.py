"""Writes the fixtures of the format tests with numpy, h5py, hdf5plugin, bitshuffle, tifffile, fabio and Pillow.

Every stack holds value(k) = k * 7 % 251 for its k-th element in C order, cast to the type in the file's name, so the
tests know what to expect. Debian packages: python3-h5py python3-hdf5plugin bitshuffle python3-tifffile python3-fabio
python3-numpy.
Run in this folder: /usr/bin/python3 make_fixtures.py
"""
from bitshuffle import h5 as bitshuffle_h5  # registers filter 32008
from fabio.cbfimage import CbfImage
from fabio.edfimage import EdfImage
import h5py
import hdf5plugin
import numpy as np
import tifffile

SHAPE = (5, 13, 17)
FIO = """!
! Comments
!
%c
ascan om 10 10.2 40 1
user p10user Acquisition started at Mon Nov 28 06:54:00 2022
!
! Parameter
!
%p
om = 10
mu = 0
chi = 90
phi = 5
gam = 12
del = 32
fmbenergy = 9000
_distance = 1800
foo = not a number
!
! Data
!
%d
 Col 1 om DOUBLE
 Col 2 ipetra DOUBLE
{}
! Acquisition ended at Mon Nov 28 06:55:00 2022
"""


def stack(dtype, shape=SHAPE):
    return (np.arange(np.prod(shape)) * 7 % 251).astype(dtype).reshape(shape)


def plain(name, data, **options):
    with h5py.File(name, "w") as f:
        f.create_dataset("entry/data/data", data=data, **options)


def bitshuffle(block_elements, packing):
    """Filter 32008; packing 0 is none, 2 is LZ4."""
    return {"compression": 32008, "compression_opts": (block_elements, packing)}


def detectors():
    for name, dtype in (("fabio.edf", "int32"), ("fabio.edf.gz", "uint16")):
        frames = stack(dtype)
        image = EdfImage(data=frames[0])
        for frame in frames[1:]:
            image.append_frame(data=frame)
        image.write(name)
    jumps = [-1, -2, 0, 127, 128, -128, 32767, 40000, 1048576, 2147483647, 0, 5]
    CbfImage(data=np.array(jumps, "int32").reshape(3, 4)).write("fabio.cbf")


def scans():
    """Geometry as P10 and BLISS record it."""
    rows = [f" {10 + 0.005 * i:.6f} 99" for i in range(41)]
    with open("p10.fio", "w") as f:
        f.write(FIO.format("\n".join(rows)))
    angles = 10 + 0.01 * np.arange(5)
    with h5py.File("bliss.h5", "w") as f:
        e = f.create_group("7.1")
        e["title"] = "ascan eta 10 10.04 4 1"
        e["measurement/eta"] = angles
        e["measurement/eiger"] = stack("uint16")
        for motor, value in {"mu": 0.0, "eta": angles, "phi": 30.0, "nu": 2.0, "delta": 35.0, "mononrj": 13.0}.items():
            e[f"instrument/positioners/{motor}"] = value
        e["instrument/eiger/distance"] = 0.83
        for axis in "xy":
            e[f"instrument/eiger/{axis}_pixel_size"] = 75e-6


def main():
    scans()
    np.save("big-endian.npy", stack(">u2"))
    np.save("fortran.npy", np.asfortranarray(stack("<f8")))
    for dtype in ("float16", "float32", "int8", "uint8", "int16", "int64", "uint64"):
        np.save(f"{dtype}.npy", stack(dtype, (2, 3, 5)))
    np.save("bool.npy", stack("uint8", (2, 3, 5)) % 2 == 1)
    np.savez_compressed("named.npz", scan=stack("uint16"), dark=stack("float32", (13, 17)))
    np.savez("two-equal.npz", first=stack("uint8"), second=stack("uint8"))

    for dtype in ("uint16", "int32", "float32"):
        tifffile.imwrite(f"pages-{dtype}.tif", stack(dtype), photometric="minisblack")
    tifffile.imwrite("pages-big-endian.tif", stack("uint16"), photometric="minisblack", byteorder=">")
    tifffile.imwrite("pages-bigtiff.tif", stack("uint16"), photometric="minisblack", bigtiff=True)
    tifffile.imwrite("pages-deflate.tif", stack("uint16"), photometric="minisblack", compression="zlib", predictor=True)
    tifffile.imwrite("pages-tiled.tif", stack("uint16"), photometric="minisblack", tile=(16, 16))
    tifffile.imwrite("one-page-imagej.tif", stack("uint16"), imagej=True, truncate=True)
    # Debian's tifffile cannot write LZW; Pillow (libtiff) can.
    from PIL import Image

    frames = [Image.fromarray(frame) for frame in stack("int32")]
    frames[0].save("pages-lzw.tif", save_all=True, append_images=frames[1:], compression="tiff_lzw")

    detectors()

    plain("gzip-shuffle.h5", stack("uint16"), chunks=(2, 8, 8), compression="gzip", shuffle=True, fletcher32=True)
    plain("fletcher32.h5", stack("uint32"), chunks=(2, 8, 8), fletcher32=True)
    plain("big-endian.h5", stack(">i4"))
    plain("chunk-beyond.h5", stack("float32"), chunks=(4, 13, 17), maxshape=(None, None, None))
    for dtype in ("uint16", "uint32"):
        plain(f"lz4-{dtype}.h5", stack(dtype), chunks=(1, 13, 17), **hdf5plugin.LZ4(nbytes=128))
        plain(f"bitshuffle-lz4-{dtype}.h5", stack(dtype), chunks=(1, 13, 17), **bitshuffle(64, 2))
        plain(f"bitshuffle-{dtype}.h5", stack(dtype), chunks=(2, 13, 17), **bitshuffle(0, 0))
    # As a detector writes: one frame a chunk, the default block of 8 kB, several whole ones and a rest.
    big = np.random.default_rng(1).poisson(0.02, (2, 101, 103)).astype("uint32")
    plain("bitshuffle-lz4-detector.h5", big, chunks=(1, 101, 103), **bitshuffle(0, 2))
    print("detector: sum", big.sum(), "weighted", int((big.astype("u8").ravel() * np.arange(big.size)).sum()))
    plain("unsupported-blosc.h5", stack("uint16"), chunks=(1, 13, 17), **hdf5plugin.Blosc())
    plain("unsupported-lzf.h5", stack("uint16"), chunks=(1, 13, 17), compression="lzf")

    with h5py.File("nexus.nxs", "w", libver="latest") as f:
        f.attrs["default"] = "scan_7"
        e = f.create_group("scan_7")
        e.attrs.update(NX_class="NXentry", default="measurement")
        d = e.create_group("measurement")
        d.attrs.update(NX_class="NXdata", signal="counts")
        d["counts"] = stack("uint32")
        f["other/larger"] = stack("uint8", (6, 13, 17))
        f["alias"] = h5py.SoftLink("/scan_7/measurement/counts")
        m = e.create_dataset("instrument/monochromator/energy", data=9000.0)
        m.attrs["units"] = "eV"

    with h5py.File("input.cxi", "w") as f:
        f["cxi_version"] = 140
        e = f.create_group("entry_1")
        det = e.create_group("instrument_1/detector_1")
        det["data"] = stack("int32")
        det["mask"] = (stack("uint8", (13, 17)) > 200).astype("uint8")
        det["distance"] = 0.5
        det["distance"].attrs["units"] = "m"
        det["x_pixel_size"] = 55e-6
        e["instrument_1/source_1/energy"] = 9000 * 1.602176634e-19
        e["data_1/data"] = h5py.SoftLink("/entry_1/instrument_1/detector_1/data")

    with h5py.File("several.h5", "w") as f:
        f["a/first"] = stack("uint8")
        f["b/second"] = stack("uint8")
        f["image"] = stack("uint16", (13, 17))
        f["two"] = stack("uint8", (1, 5, 13, 17))
        f["complex"] = stack("complex64")
        f["text"] = np.array(["a", "b"], dtype="S4")
        f["broken"] = h5py.ExternalLink("absent.h5", "/data")
        f["external"] = h5py.ExternalLink("gzip-shuffle.h5", "/entry/data/data")
        f["loop"] = h5py.SoftLink("/loop")
        f["structured"] = np.zeros((2, 3, 4), dtype=[("x", "f4"), ("n", "i4")])
        f["flags"] = stack("uint8") % 2 == 1
        f["half"] = stack("float16")

    with h5py.File("virtual.h5", "w", libver="latest") as f:
        layout = h5py.VirtualLayout(shape=SHAPE, dtype="uint16")
        layout[:] = h5py.VirtualSource("gzip-shuffle.h5", "entry/data/data", shape=SHAPE)
        f.create_virtual_dataset("data", layout)


main()
