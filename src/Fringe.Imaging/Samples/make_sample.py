#!/usr/bin/env python3
"""Makes sample.npz and sample.spec, the scan that ships with Fringe, out of a simulated one:

    fringe simulate scan -o scan --beamline 34-ID-C --gap 4 --hot 8 --strain 0.002 --seed 5
    python3 make_sample.py scan

The frames go into sample.npz (int32), -1 in the gap and in the hot pixels as a detector's own mask would have it. Needs numpy and pillow.
"""
import shutil
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

scan = Path(sys.argv[1])
here = Path(__file__).resolve().parent
with Image.open(scan / "frames.tif") as pages:
    frames = np.stack([np.array(page) for page in ImageSequence.Iterator(pages)]).astype(np.int32)
frames[:, np.load(scan / "mask.npy")[0] > 0] = -1
np.savez_compressed(here / "sample.npz", frames=frames)
shutil.copy(scan / "scan.spec", here / "sample.spec")
print(f"sample.npz: {(here / 'sample.npz').stat().st_size} bytes, {frames.shape}, peak {frames.max()}, {frames.clip(0).sum()} counts")
