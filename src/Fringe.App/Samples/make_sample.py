#!/usr/bin/env python3
"""Makes sample.npz, the measurement that ships with Fringe: a simulated rocking curve with the flaws of a real one.

A facetted crystal of about 16 voxels radius with a smooth displacement field; 60 x 88 x 80 (rocking, row, column), the peak away
from the centre, 6e6 photons with Poisson noise, 0.02 background counts a voxel, two dead columns (-1) and four hot pixels.
Writes sample.npz (frames, int32) here and the true object, on the pattern's 60 x 80 x 80 grid, to the folder named as argument.
"""
import sys
from pathlib import Path

import numpy as np

rng = np.random.default_rng(2021)
shape = (60, 80, 80)
z, y, x = (np.arange(n)[(slice(None),) + (None,) * (2 - i)] - n // 2 for i, n in enumerate(shape))

# Distance to the nearest facet: cube and octahedron faces of a rotated crystal, some of them missing.
axes, _ = np.linalg.qr(rng.normal(size=(3, 3)))
normals = [axes @ np.array(n, float) / np.linalg.norm(n)
           for n in [(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)]
           + [(i, j, k) for i in (1, -1) for j in (1, -1) for k in (1, -1)]]
depth = np.full(shape, np.inf)
for n in normals:
    depth = np.minimum(depth, 11 + 3 * rng.random() - (0.85 * n[0] * z * 1.3 + n[1] * y + n[2] * x))
amplitude = 1 / (1 + np.exp(-3 * depth))

phase = np.zeros(shape)
for _ in range(8):
    k = rng.normal(size=3) * 0.16
    phase += rng.normal() * np.cos(k[0] * z + k[1] * y + k[2] * x + 2 * np.pi * rng.random())
phase -= (phase * amplitude).sum() / amplitude.sum()
phase *= 0.7 / np.sqrt((phase**2 * amplitude).sum() / amplitude.sum())
truth = (amplitude * np.exp(1j * phase)).astype(np.complex64)

intensity = np.abs(np.fft.fftshift(np.fft.fftn(np.fft.ifftshift(truth)))) ** 2
intensity *= 6e6 / intensity.sum()
frames = np.zeros((60, 88, 80))
frames[:, 5:85, :] = intensity
frames = rng.poisson(np.roll(frames, (0, 0, 3), (0, 1, 2)) + 0.02).astype(np.int32)
frames[:, :, 61:63] = -1
for frame, row, column in [(7, 12, 20), (31, 60, 11), (31, 61, 70), (52, 3, 44)]:
    frames[frame, row, column] = 60000

here = Path(__file__).resolve().parent
np.savez_compressed(here / "sample.npz", frames=frames)
if len(sys.argv) > 1:
    np.save(Path(sys.argv[1]) / "sample-truth.npy", truth)
print(f"sample.npz: {(here / 'sample.npz').stat().st_size} bytes, peak {frames.max()}, {frames.clip(0).sum()} counts")
