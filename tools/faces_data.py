"""Writes chapter 12's pictures: 200 patches and 16 photographs, each as one sheet of greys.

    python -m tools.faces_data path/to/skimage/data

The folder is part of scikit-image 0.26.0 (`skimage/data` in its wheel), which readers need not install.
`convnet_core/lfw/README.md` says whose pictures they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, PngImagePlugin

from convnet_core.faces import ACROSS, PATCHES, PHOTOGRAPHS, SIDE, SIZES, WHITE
from convnet_core.labs.kit.photograph import PHOTOS
from convnet_core.resizing import averaged

LONGEST, GREYS = 256, 64  # pixels; greys are evenly spaced from black to white
LAB = PHOTOS / "astronaut.png"  # the photograph that the lab starts with
WORDS = {
    "Title": "Eileen Collins",
    "Description": "An astronaut in an orange space suit, smiling, before a flag and a model of a space shuttle",
    "Copyright": "Photograph by NASA, in the public domain.",
}
FILES = {
    "astronaut": "astronaut.png",
    "camera": "camera.png",
    "cat": "chelsea.png",
    "rocket": "rocket.jpg",
    "coffee": "coffee.png",
    "motorcycle": "motorcycle_left.png",
    "clock": "clock_motion.png",
    "page": "page.png",
    "text": "text.png",
    "brick": "brick.png",
    "grass": "grass.png",
    "gravel": "gravel.png",
    "moon": "moon.png",
    "stars": "hubble_deep_field.jpg",
    "tissue": "ihc.png",
    "retina": "retina.jpg",
}


def in_steps(picture) -> np.ndarray:
    """Numbers from 0 (black) to 1 (white) as the 64 greys of the files."""
    return np.rint(np.rint(picture * (GREYS - 1)) * (WHITE / (GREYS - 1))).astype(np.uint8)


def shrunk(path: Path) -> np.ndarray:
    """A photograph's greys, from 0 to 1, at most 256 pixels a side."""
    picture = np.array(Image.open(path).convert("L")) / 255
    by = min(1, LONGEST / max(picture.shape))
    return averaged(picture, *(round(side * by) for side in picture.shape))


def patches_sheet(patches) -> np.ndarray:
    """Patches of 25 x 25, ten side by side."""
    return patches.reshape(-1, ACROSS, SIDE, SIDE).swapaxes(1, 2).reshape(-1, ACROSS * SIDE)


def sheet_of(pictures: dict[str, np.ndarray]) -> np.ndarray:
    """The photographs one below the other; beside narrower ones it is black."""
    return np.concatenate([np.pad(picture, ((0, 0), (0, LONGEST - picture.shape[1]))) for picture in pictures.values()])


def main(folder: str) -> None:
    patches = np.load(Path(folder) / "lfw_subset.npy").astype(float)
    patches = patches / patches.max()
    pictures = {name: shrunk(Path(folder) / FILES[name]) for name in SIZES}
    for name, picture in pictures.items():
        if picture.shape != SIZES[name]:
            raise ValueError(f"{name} is {picture.shape}, wanted {SIZES[name]}")
    for path, greys in ((PATCHES, patches_sheet(patches)), (PHOTOGRAPHS, sheet_of(pictures))):
        Image.fromarray(in_steps(greys)).save(path, "png", optimize=True)
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    texts = PngImagePlugin.PngInfo()
    for word, text in WORDS.items():
        texts.add_text(word, text)
    Image.fromarray(in_steps(pictures["astronaut"])).save(LAB, "png", pnginfo=texts, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
