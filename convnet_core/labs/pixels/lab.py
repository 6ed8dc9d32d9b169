"""PixelsLab: a picture, and the numbers under a magnifying glass that moves over it."""

from __future__ import annotations

from html import escape

import numpy as np

from convnet_core.labs.kit import photograph
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import number_table, picture
from convnet_core.labs.kit.traits import Choice, Numbers, Photograph, Whole
from convnet_core.labs.pixels.challenges import CHALLENGES

LENS = 8  # pixels along each side of the magnifying glass
PLANES = ("Red", "Green", "Blue")


class PixelsLab(Lab):
    """The lab of pixels as numbers. With a kernel, every trait can be read and set from Python.

    photo: the picture as a data address; `colours` is the same as an array, (3, H, W), `image` its greys, (H, W),
    both from 0 to 255, at most 256 pixels a side. planes: "colour" (red, green and blue) or "grey". row, column:
    the magnifying glass's upper left pixel. mix: (1, 3), red, green and blue of one colour that the reader mixes.
    """

    name = "pixels"
    title = "Pixels lab"
    challenges = CHALLENGES

    photo = Photograph(photograph.FLOWER)
    planes = Choice("colour", ["colour", "grey"])
    row = Whole(24, low=0, high=photograph.LONGEST_SIDE - 1)
    column = Whole(12, low=0, high=photograph.LONGEST_SIDE - 1)

    mix = Numbers([[225, 60, 110]], shapes=[(1, len(PLANES))], low=0, high=photograph.WHITE)

    @property
    def colours(self) -> np.ndarray:
        """Red, green and blue of each pixel (3, H, W)."""
        return photograph.colours_of(self.photo)

    @property
    def image(self) -> np.ndarray:
        """The grey of each pixel (H, W)."""
        return photograph.image_of(self.photo)

    @property
    def patches(self) -> dict[str, np.ndarray]:
        """The numbers under the magnifying glass, by plane: (8, 8) each, smaller where the picture is."""
        planes = {"Grey": self.image} if self.planes == "grey" else dict(zip(PLANES, self.colours, strict=True))
        height, width = self.image.shape
        side = min(LENS, height, width)
        row, column = min(self.row, height - side), min(self.column, width - side)
        return {name: plane[row : row + side, column : column + side] for name, plane in planes.items()}

    def tables(self) -> str:
        texts = photograph.texts_of(self.photo)
        _, height, width = self.colours.shape
        title, credit = texts.get("Title", "Picture"), texts.get("Copyright", "")
        is_grey = self.planes == "grey"
        colours, count = ("", width * height) if is_grey else (" x 3 colours", 3 * width * height)
        return "\n".join(
            [
                picture("photo", self.photo, texts.get("Description", "A picture")),
                f"<p>{escape(title)}, {width} x {height} pixels{colours} = {count} numbers. {escape(credit)}</p>",
                *(number_table(f"{name} under the glass", patch) for name, patch in self.patches.items()),
                number_table("A colour of red, green and blue", self.mix),
            ]
        )
