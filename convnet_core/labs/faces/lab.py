"""FacesLab: a net looks for faces in a photograph, one's own too, and learns from what it takes for faces."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape

import numpy as np

from convnet_core.faces import (
    APART,
    HER_FACE,
    PATCHES,
    PHOTOGRAPHS,
    SIDE,
    SIZES,
    STORED_AS,
    WHITE,
    WITH_A_FACE,
    face_net_from,
    local_contrast,
    split_places,
)
from convnet_core.labs.faces.challenges import CHALLENGES
from convnet_core.labs.faces.changes import changed
from convnet_core.labs.kit import photograph
from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.stored import packed, stored
from convnet_core.labs.kit.tables import folded, number_table, picture
from convnet_core.labs.kit.traits import Choice, Flag, Number, Photograph, Whole
from convnet_core.scanning import SHRINK, STRIDE, pyramid, scan, suppress, totals
from convnet_core.stacking import Network

NETS = ("patches", "round 3")
TABS = ("where", "window", "layers", "change", "good", "teach")
DEPTHS = {"conv1": 2, "conv2": 5, "votes": 10}  # after how many layers each stands
LAST_PIXEL = photograph.LONGEST_SIDE - 1
FEW = 8  # boxes in the table


@cache
def book_nets() -> dict[str, dict[str, np.ndarray]]:
    """What the nets of the chapter have learned, by the names of their file (tools/faces_weights.py)."""
    return {
        name: {part: np.array(values) for part, values in weights.items()} for name, weights in stored("faces").items()
    }


def material() -> dict:
    """What the page must know of the files that come on demand: what is held out, and of each photograph its height.

    Whether nets may learn what is no face from it, is told too: of those with faces and of some others they do not.
    """
    photographs = [
        {"height": height, "hasFace": name in WITH_A_FACE, "isApart": name in APART}
        for name, (height, _) in SIZES.items()
    ]
    places = split_places()
    held_out = {kind: sorted(places[f"held-out {kind}"].tolist()) for kind in ("faces", "others")}
    return {"heldOut": held_out, "photographs": photographs}


@lru_cache(maxsize=4)
def _scanned(photo: str, net: str, **how):
    """What a net says of a photograph: its levels, the scores and boxes of all windows, and those that are told."""
    levels = pyramid(changed(photograph.image_of(photo) / WHITE, **how))
    scores, boxes = scan(face_net_from(book_nets()[net]), levels)
    says_face = scores > 0
    told = {}
    for together in (True, False):
        some, around = scores[says_face], boxes[says_face]
        some = totals(some, around) if together else some
        kept = suppress(some, around)
        told[together] = some[kept], around[kept]
    return levels, scores, told


class FacesLab(Lab):
    """Chapter 12's lab. With a kernel, every trait can be read and set from Python.

    photo: the photograph as a data address. net: "patches", which has learned from 140 patches of 25 x 25 pixels, or
    "round 3", which was shown its false alarms three times. size: which size of windows the heat map shows, from 0 (25
    pixels) to 5 (79). threshold: boxes are told from above it on. together: whether windows that overlap speak
    together. turn, mirrored, inverted, dark: what is done to the photograph first. tab: what the lab shows of it. row,
    column: the pixel that is pointed at; the window of the chosen size around it is the one that is shown.

    The properties are those of the stored nets; one that the reader teaches in the page stays there.
    """

    name = "faces"
    title = "Faces lab"
    challenges = CHALLENGES
    on_demand = {"patches": PATCHES, "photographs": PHOTOGRAPHS}

    photo = Photograph(photograph.ASTRONAUT)
    net = Choice("patches", NETS)
    size = Whole(3, low=0, high=len(SHRINK) - 1)
    threshold = Number(0, low=0, high=1000)
    together = Flag(False)
    turn = Whole(0, low=-180, high=180)
    mirrored = Flag(False)
    inverted = Flag(False)
    dark = Number(0, low=0, high=0.95)
    tab = Choice("where", TABS)
    row = Whole(65, low=0, high=LAST_PIXEL)
    column = Whole(113, low=0, high=LAST_PIXEL)

    def _constants(self):
        constants = super()._constants()
        weights = {name: packed(book_nets()[name][part] for part in STORED_AS.values()) for name in NETS}
        return {**constants, "_presets": {"weights": weights, "material": material(), "her": HER_FACE}}

    @property
    def network(self) -> Network:
        """The net that looks. It is made anew each time: what you do to it, the lab does not see."""
        return face_net_from(book_nets()[self.net])

    @property
    def shown(self) -> np.ndarray:
        """The photograph that the net sees (H, W), from 0 (black) to 1 (white): turned and so on."""
        return changed(photograph.image_of(self.photo) / WHITE, **self._how)

    @property
    def _how(self) -> dict:
        return {name: getattr(self, name) for name in ("turn", "mirrored", "inverted", "dark")}

    @property
    def _scan(self):
        return _scanned(self.photo, self.net, **self._how)

    @property
    def _level(self):
        """How much smaller the photograph of the chosen size is, the picture, and how many windows it has.

        None of a photograph that is smaller than a window.
        """
        levels = self._scan[0]
        if not levels:
            return None
        by, small = levels[min(self.size, len(levels) - 1)]
        return by, small, tuple((side - SIDE) // STRIDE + 1 for side in small.shape)

    @property
    def heat_map(self) -> np.ndarray:
        """The scores of the windows of the chosen size (rows, columns): above 0 where the net says "a face"."""
        if self._level is None:
            return np.zeros((0, 0))
        levels, scores, _ = self._scan
        counts = [np.prod([(side - SIDE) // STRIDE + 1 for side in small.shape]) for _, small in levels]
        parts = np.split(scores, np.cumsum(counts)[:-1])
        return parts[min(self.size, len(levels) - 1)].reshape(self._level[2])

    @property
    def totals(self) -> np.ndarray:
        """What the boxes are worth that are told, (K,), the largest first: totals, or scores of single windows."""
        found = self._scan[2][self.together][0]
        return found[found > self.threshold]

    @property
    def boxes(self) -> np.ndarray:
        """Row, column and side of each box, (K, 3), in pixels from the top left corner, counted from 0."""
        return self._scan[2][self.together][1][: len(self.totals)]

    @property
    def window(self) -> np.ndarray:
        """The pixels of the window that is pointed at, (25, 25); zeros in a photograph smaller than a window."""
        if self._level is None:
            return np.zeros((SIDE, SIDE))
        by, small, counts = self._level
        row, column = (
            STRIDE * int(np.clip(np.floor((at / by - SIDE / 2) / STRIDE + 0.5), 0, count - 1))
            for at, count in zip((self.row, self.column), counts, strict=True)
        )
        return small[row : row + SIDE, column : column + SIDE]

    @property
    def contrast(self) -> np.ndarray:
        """What the net gets of it, (21, 21): how much each pixel stands out from those around it."""
        return local_contrast(self.window)

    @property
    def maps(self) -> dict[str, np.ndarray]:
        """What its layers make of that: "conv1" (8, 18, 18), "conv2" (12, 6, 6), and the two "votes" (2,)."""
        values, found = self.contrast[np.newaxis, np.newaxis], []
        for layer in self.network.layers:
            values = layer.forward(values)
            found.append(values[0])
        return {name: found[depth - 1] for name, depth in DEPTHS.items()}

    @property
    def score(self) -> float:
        """The vote for "a face" minus the other, of the window that is pointed at."""
        another, face = self.maps["votes"]
        return float(face - another)

    def tables(self) -> str:
        texts = photograph.texts_of(self.photo)
        height, width = self.shown.shape
        title, credit = texts.get("Title", "Photograph"), texts.get("Copyright", "")
        count = len(self.totals)
        parts = [
            picture("photo", self.photo, texts.get("Description", "A photograph in greys")),
            f"<p>{escape(title)}, {width} x {height} pixels. {escape(credit)}</p>",
            f"<p>The net finds {count} boxes above {self.threshold:g}.</p>",
        ]
        if count:
            rows = np.column_stack([self.boxes, self.totals])[:FEW]
            columns = ("row", "column", "side", "total" if self.together else "score")
            caption = f"The first {len(rows)} of {count} boxes"
            parts.append(number_table(caption, rows, "{:.1f}".format, columns=columns))
        if self.heat_map.size:
            caption = f"Scores of the windows of {SIDE * self._level[0]:.0f} pixels"
            table = number_table(caption, self.heat_map, "{:.1f}".format)
            parts.append(folded("The heat map in numbers: above 0, the net says “a face”", table))
        return "\n".join(parts)
