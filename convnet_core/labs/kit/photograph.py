"""Photographs as the labs keep them: small pictures as PNG, each in the text of a data address.

A data address (`data:image/png;base64,...`) holds the whole picture, so a page that shows it has
nothing to load. The picture's title, description and licence travel in it as PNG texts.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from convnet_core.checks import as_image
from convnet_core.pictures import read_only

START = "data:image/png;base64,"
LONGEST_SIDE = 256  # pixels: small enough to filter anew sixty times a second
WHITE = 255
UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)  # Pillow's ways to refuse a file
DEEP = ("I", "I;16", "I;16B", "I;16L", "F")  # more than 8 bits: Pillow would cut them off at 255


def address_of(image, name: str = "image") -> str:
    """A grey picture as a data address; the other way round than `image_of`.

    image  (H, W), at most 256 pixels a side, greys from 0 (black) to 255 (white); PNG holds whole
           greys, so others are rounded
    name   what messages call it

    Raises ValueError on any other image.
    """
    image = as_image(name, image)
    height, width = image.shape
    if max(height, width) > LONGEST_SIDE:
        raise ValueError(f"{name} is {height} x {width}, wanted at most {LONGEST_SIDE} pixels a side")
    if image.min() < 0 or image.max() > WHITE:
        given = f"{image.min():g} to {image.max():g}"
        raise ValueError(f"{name} holds numbers from {given}, wanted greys from 0 (black) to {WHITE} (white)")
    if image.max() <= 1 and not np.array_equal(image, np.rint(image)):
        raise ValueError(f"{name} holds fractions from 0 to 1, wanted greys from 0 to {WHITE}: multiply it by {WHITE}")
    file = BytesIO()
    Image.fromarray(np.rint(image).astype(np.uint8)).save(file, "png", optimize=True)
    return address_of_file(file.getvalue())


def address_of_file(png: bytes) -> str:
    """The bytes of a PNG file as a data address."""
    return START + base64.b64encode(png).decode("ascii")


@lru_cache(maxsize=8)
def image_of(address: str) -> np.ndarray:
    """The greys of a data address: float64 (H, W), 0 (black) to 255 (white), read-only.

    Colours become grey by their brightness, and what is see-through lies on white.

    Raises ValueError where the picture is too large or its data is damaged.
    """
    return read_only(np.array(_on_white(address).convert("L")))


@lru_cache(maxsize=8)
def colours_of(address: str) -> np.ndarray:
    """The colour planes of a data address: float64 (3, H, W), red, green and blue from 0 to 255, read-only.

    In a grey picture all three are the same. See-through and ValueError as for `image_of`.
    """
    return read_only(np.array(_on_white(address).convert("RGB")).transpose(2, 0, 1))


def _on_white(address: str):
    try:
        picture = _opened(address)
        if max(picture.size) > LONGEST_SIDE:  # known before anything is unpacked
            width, height = picture.size
            raise ValueError(f"it is {height} x {width}, wanted at most {LONGEST_SIDE} pixels a side")
        if picture.mode in DEEP:
            raise ValueError(f"its pixels are of the kind {picture.mode}, wanted 8 bits for each grey or colour")
        picture = picture.convert("RGBA")
    except UNREADABLE as problem:
        raise ValueError(f"this picture can't be read: {problem}") from problem
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)


def texts_of(address: str) -> dict[str, str]:
    """What a picture says of itself: its PNG texts, such as Title, Description and Copyright."""
    return dict(_opened(address).text)


def _opened(address: str):
    return Image.open(BytesIO(base64.b64decode(address.removeprefix(START), validate=True)), formats=["PNG"])


PHOTOS = Path(__file__).parent / "photos"
CAT, FLOWER, ASTRONAUT = (
    address_of_file((PHOTOS / name).read_bytes()) for name in ("cat.png", "flower.png", "astronaut.png")
)
