"""Beside the table of reading: makes the scan that is read, and reads it with h5py (libhdf5 with its plugin of bitshuffle).

    reading.py make FILE                        2000 frames of 1024 x 1024, uint32, a chunk a frame, bitshuffle and LZ4
    reading.py region FILE ROW COLUMN H W       one part of the detector of every frame
    reading.py frames FILE                      whole frames, one after another

What reads prints seconds and the peak of the memory in MB.
"""

import resource
import sys
import time

import h5py
import numpy as np

FRAMES, ROWS, COLUMNS = 2000, 1024, 1024
PATH = "entry/data/data"


def make(path):
    rng = np.random.default_rng(1)
    row, column = np.arange(160)[:, None] - 80, np.arange(160)[None] - 80
    spot = np.exp(-((row / 14.0) ** 2) / 2 - (column / 12.0) ** 2 / 2)
    gap = np.zeros((ROWS, COLUMNS), "u4")
    gap[512:550] = 1
    gap[:, 256:268] = 1
    backgrounds = rng.poisson(0.02, (8, ROWS, COLUMNS)).astype("u4")
    with h5py.File(path, "w") as file:
        stack = file.create_dataset(
            PATH, (FRAMES, ROWS, COLUMNS), "u4", chunks=(1, ROWS, COLUMNS), compression=32008, compression_opts=(0, 2)
        )
        file["entry/instrument/detector/pixel_mask"] = gap
        for index in range(FRAMES):
            # No two frames are the same.
            shift = rng.integers(ROWS), rng.integers(COLUMNS)
            frame = np.roll(backgrounds[index % 8], shift, axis=(0, 1))
            bright = 4000 * np.exp(-(((index - 1010) / 40.0) ** 2) / 2)
            frame[320:480, 530:690] += rng.poisson(bright * spot).astype("u4")
            frame[gap == 1] = 2**32 - 1
            stack[index] = frame


def read(path, region):
    start = time.perf_counter()
    with h5py.File(path) as file:
        stack = file[PATH]
        if region:
            row, column, height, width = region
            values = stack[:, row : row + height, column : column + width].astype("f4")
        else:
            for index in range(len(stack)):
                values = stack[index]
    assert values.size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - start, peak)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    else:
        read(sys.argv[2], [int(number) for number in sys.argv[3:]])
