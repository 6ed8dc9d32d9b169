"""KernelsLab: a photograph through a kernel of nine or twenty-five numbers."""

from __future__ import annotations

from html import escape

import numpy as np
import traitlets

from convnet_core import filtering
from convnet_core.convolution import conv2d
from convnet_core.filtering import KERNELS
from convnet_core.labs.kernels.challenges import CHALLENGES
from convnet_core.labs.kit import photograph
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.tables import number_table, picture
from convnet_core.labs.kit.traits import Choice, Number, Numbers, Photograph, Whole
from convnet_core.printing import plain

LAST_PIXEL = photograph.LONGEST_SIDE - 1
ROW_OF_PASCAL = [1, 4, 6, 4, 1]  # of Pascal's triangle: a bell of whole numbers
NO_SUM = 0.01  # what is printed as 0 counts as 0; and 0.1 + 0.2 - 0.3 is not quite 0 on a computer


class KernelsLab(Lab):
    """The lab of photographs. With a kernel, every trait can be read and set from Python.

    photo: the photograph as a data address; `image` is the same as an array, (H, W), greys from
    0 to 255, at most 256 a side. kernel: (3, 3) or (5, 5), numbers from -99 to 99. divide: "sum"
    (the sum of the kernel, where that is not 0) or "nothing". offset: 0 to 255, added to every
    result. row, column: the pixel that is explained.
    """

    name = "kernels"
    title = "Kernels lab"
    challenges = CHALLENGES
    presets = {
        "kernel": {
            **KERNELS,
            "smoothing_5": np.ones((5, 5)),
            "weighted_smoothing_5": np.outer(ROW_OF_PASCAL, ROW_OF_PASCAL),
            "zeros": np.zeros((3, 3)),
        }
    }

    photo = Photograph(photograph.CAT)
    kernel = Numbers(KERNELS["edges"], shapes=[(3, 3), (5, 5)], low=-99, high=99)
    divide = Choice("sum", ["sum", "nothing"])
    offset = Number(0, low=0, high=255)
    row = Whole(56, low=0, high=LAST_PIXEL)
    column = Whole(93, low=0, high=LAST_PIXEL)

    def __init__(self, **state):
        image = state.pop("image", None)
        super().__init__(**state)
        if image is not None:
            self.image = image

    @property
    def image(self) -> np.ndarray:
        """The photograph's greys (H, W), 0 to 255; assigning an array shows it, rounded to whole greys."""
        return photograph.image_of(self.photo)

    @image.setter
    def image(self, values) -> None:
        try:
            self.photo = photograph.address_of(values, "KernelsLab: image")
        except ValueError as problem:
            raise traitlets.TraitError(str(problem)) from problem

    @property
    def divisor(self) -> float:
        """What each sum of products is divided by."""
        total = sum(self.kernel.flat)  # in reading order, as the page adds them up
        return float(total) if self.divide == "sum" and abs(total) >= NO_SUM else 1.0

    @property
    def patch(self) -> np.ndarray:
        """The pixels under the kernel at (row, column), as many as the kernel has numbers."""
        return filtering.patch_at(self._padded_image, self.kernel.shape, *self._explained_pixel)

    @property
    def feature_map(self) -> np.ndarray:
        """The filtered photograph (H, W), neither rounded nor cut to 0..255 as the one on the screen is.

        Beyond the edge the nearest pixel is repeated, so the map is as large as the photograph.
        """
        sums = conv2d(self._padded_image[np.newaxis], self.kernel[np.newaxis, np.newaxis])[0]
        return sums / self.divisor + self.offset

    @property
    def _explained_pixel(self) -> tuple[int, int]:
        """(row, column), or the nearest pixel where the photograph is smaller."""
        height, width = self.image.shape
        return min(self.row, height - 1), min(self.column, width - 1)

    @property
    def _padded_image(self) -> np.ndarray:
        return np.pad(self.image, len(self.kernel) // 2, mode="edge")

    def tables(self) -> str:
        texts = photograph.texts_of(self.photo)
        height, width = self.image.shape
        row, column = self._explained_pixel
        title, credit = texts.get("Title", "Photograph"), texts.get("Copyright", "")
        result = plain(self.feature_map[row, column])
        return "\n".join(
            [
                picture("photo", self.photo, texts.get("Description", "A photograph in greys")),
                f"<p>{escape(title)}, {width} x {height} pixels. {escape(credit)}</p>",
                number_table("Kernel", self.kernel),
                number_table(f"Patch around row {row + 1}, column {column + 1}", self.patch),
                number_table("Products of patch and kernel", filtering.products(self.patch, self.kernel)),
                f"<p>Added up, divided by {plain(self.divisor)}, plus {plain(self.offset)}: {result}.</p>",
            ]
        )
