"""Figures as SVG: grids of numbers, and large arrays as pictures, a square of colour for each number.

    draw_grid(X, kind="ink", title="image")
    draw_grids([draw_grid(X, kind="ink"), "*", draw_grid(feature, kind="ink"), "=", draw_grid(found)])

A figure is shown when it is the last line of a cell, and once only. The same numbers give the same text on every
machine, so a stored figure can be compared. It brings its own paper, to be read on any page, and a description of
itself in words, `figure.alt`. On the book's dark pages its paper gets dark: what counts up and down from zero changes
its colours with it (`--night`), a picture of ink or light keeps them.
"""

import base64
import struct
import zlib
from dataclasses import dataclass
from html import escape

import numpy as np

from convnet_core.checks import as_choice, as_image, as_number, as_whole
from convnet_core.palette import CARD, FEATURE_COLOURS, INK, LABS, LINE, MINUS, PAPER, PLUS
from convnet_core.printing import plain, truncated

__all__ = ["FEATURE_COLOURS", "Drawing", "draw_grid", "draw_grids", "draw_heatmap"]

CELL = 40  # pixels along the side of a cell, as are the others
TITLE = 28
MARGIN = 16
OPERATOR = 44
PICTURE = 156  # the width of a grid without numbers, at most: five in a row fit where a notebook shows them
PANEL = 256  # a heatmap grows by whole steps to about this width, if not told another
KINDS = ("value", "ink", "photo")

# How the signs between grids are read aloud.
SPOKEN = {
    "*": "filtered with",
    "\N{MULTIPLICATION SIGN}": "times",
    "=": "gives",
    "+": "plus",
    "-": "minus",
    "→": "becomes",
}


@dataclass(frozen=True)
class Drawing:
    """A figure made of SVG shapes, which a notebook shows by itself.

    width, height  pixels, without the margin
    middle         pixels from the top to the line on which neighbours in a row are centred
    shapes         the SVG elements
    alt            the figure in words
    """

    width: int
    height: int
    middle: int
    shapes: str
    alt: str

    def _repr_svg_(self):
        width, height = self.width + 2 * MARGIN, self.height + 2 * MARGIN
        size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        words = f'role="img" aria-label="{escape(self.alt)}"'
        card = f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8" fill="{CARD}" stroke="{LINE}"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {words}'
            f' font-family="system-ui, sans-serif" text-anchor="middle">\n{card}\n'
            f'<g transform="translate({MARGIN} {MARGIN})">\n{self.shapes}\n</g>\n</svg>\n'
        )

    def __repr__(self):
        return self.alt


def draw_grid(values, *, title=None, kind="value", text=None, highlight=None, colour=None, full=None, headings=None):
    """Draw an array cell by cell, with its numbers.

    values     (H, W)
    title      a word or two above the grid
    kind       "value": blue above zero, orange below; "ink": from paper to ink; "photo": from black to white
    text       how a number is written: a function such as `plain`, or False to write none. If left out, whole
               numbers are written as they are, and all others as the slides print them. Without numbers, cells are
               small enough for a few pictures in a row
    highlight  a cell (row, column) or a window (row, column, height, width) to outline, or a list of those
    colour     of the title and of the outline, such as FEATURE_COLOURS["cross"]
    full       the magnitude that gets the full colour; the largest one in `values` if left out
    headings   (rows, columns): a short word for each, written at the left of the grid and above it

    Returns a Drawing. Raises ValueError on an unknown kind, on an outline that leaves the grid, and on headings
    of another number than rows and columns.
    """
    values = as_image("values", values)
    windows = [_as_window(window, values.shape, "draw_grid") for window in _as_list(highlight)]
    words = _words_of(values, text)
    colours = _colours(values, kind, full)
    cell = min(CELL, PICTURE // values.shape[1]) or 1 if text is False else CELL
    nights = _by_night(values, full) if kind == "value" else {}
    left, top = 0, TITLE if title else 0
    beside = []
    if headings is not None:
        left, top = OPERATOR, top + TITLE
        beside = _headings(headings, values.shape, top, cell)
    width, height = left + cell * values.shape[1], cell * values.shape[0]

    parts = [_label(title, (left + width) // 2, TITLE - 11, 15, colour or INK)] if title else []
    parts += beside
    parts.append(f'<g transform="translate({left} {top})" font-size="{_font_size(words)}">')
    for row, column in np.ndindex(values.shape):
        where = (row, column)
        parts.append(_cell(*where, cell, colours[where], words[row][column], nights.get(where)))
    parts += [_outline(*window, cell, colour or INK) for window in windows]
    parts.append("</g>")
    return Drawing(width, top + height, top + height // 2, "\n".join(parts), _in_words(title, values, words))


def draw_grids(row):
    """Draw grids side by side, with signs between them: image * feature = map.

    row  Drawings, arrays (drawn as values), and strings for the signs between, such as "*" and "="

    Returns a Drawing. Raises ValueError if there is nothing to draw.
    """
    items = [item if isinstance(item, (Drawing, str)) else draw_grid(item) for item in row]
    drawings = [item for item in items if isinstance(item, Drawing)]
    if not drawings:
        raise ValueError("draw_grids: row holds no grid, wanted at least one")
    middle = max(drawing.middle for drawing in drawings)
    height = middle + max(drawing.height - drawing.middle for drawing in drawings)

    parts, alt, left = [], "", 0
    for item, before in zip(items, [None, *items], strict=False):
        if isinstance(item, str):
            parts.append(_label(item, left + OPERATOR // 2, middle + 9, 26, INK))
            alt += f", {SPOKEN.get(item, item)} "
            left += OPERATOR
            continue
        if isinstance(before, Drawing):
            alt += ". "
            left += OPERATOR // 2
        parts.append(f'<g transform="translate({left} {middle - item.middle})">\n{item.shapes}\n</g>')
        alt += item.alt
        left += item.width
    return Drawing(left, height, middle, "\n".join(parts), alt.strip(", "))


def draw_heatmap(values, *, title=None, kind="photo", full=None, panel=PANEL, highlight=None, colour=None):
    """Draw a large array, one small square of colour for each number.

    values             (H, W)
    title, kind, full  as in draw_grid; a photo is black at zero and below, and white at `full`
    panel              about how many pixels its longer side takes: it grows by whole steps, and is no smaller than
                       a pixel a number
    highlight, colour  as in draw_grid

    Returns a Drawing. Raises ValueError on an unknown kind, and on an outline that leaves the picture.
    """
    values = as_image("values", values)
    windows = [_as_window(window, values.shape, "draw_heatmap") for window in _as_list(highlight)]
    kind = as_choice("kind", kind, KINDS)
    share, panel = _shares(values, kind, full), as_whole("panel", panel, minimum=1)
    rows, columns = values.shape
    zoom = max(1, panel // max(values.shape))
    width, height, top = zoom * columns, zoom * rows, TITLE if title else 0
    place = f'y="{top}" width="{width}" height="{height}"'
    parts = [_label(title, width // 2, TITLE - 11, 15, INK)] if title else []
    if kind == "value":  # blue and orange lie thinner or thicker on the ground of zero
        parts.append(f'<rect {place} fill="{PAPER}" style="--night:{LABS["dark"]["empty"]}"/>')
    picture = base64.b64encode(_png(share, kind)).decode()
    parts.append(f'<image {place} image-rendering="pixelated" href="data:image/png;base64,{picture}"/>')
    if windows:
        outlines = "".join(_outline(*window, zoom, colour or INK) for window in windows)
        parts.append(f'<g transform="translate(0 {top})">{outlines}</g>')
    ends = f"from {truncated(values.min())} to {truncated(values.max())}"
    alt = f"{title or kind}, {rows} by {columns} pixels, {ends}" + _outlined_in_words(windows)
    return Drawing(width, top + height, top + height // 2, "\n".join(parts), alt)


def _png(share, kind):
    """A picture as a PNG file of 256 colours, of shares from -1 to 1 for values and from 0 to 1 for all else.

    Its bytes are not packed: what packs them differs from machine to machine.
    """
    steps = np.linspace(-1 if kind == "value" else 0, 1, 256)
    colours, alphas = _blend(steps, kind), np.full(256, 255)
    if kind == "value":
        colours, alphas = _blend(np.sign(steps), kind), np.rint(255 * np.abs(steps))
    numbers = np.rint((share - steps[0]) / (1 - steps[0]) * 255).astype(np.uint8)
    lines = b"".join(b"\0" + line.tobytes() for line in numbers)  # each in no filter's form
    height, width = share.shape
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": np.rint(colours).astype(np.uint8).tobytes(),
        b"tRNS": alphas.astype(np.uint8).tobytes(),
        b"IDAT": _unpacked(lines),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks.items()
    )


def _unpacked(data, most=65535):
    """Bytes in zlib's form, in stored blocks."""
    starts = range(0, len(data), most)
    blocks = [(start + most >= len(data), data[start : start + most]) for start in starts]
    stored = [struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block for last, block in blocks]
    return b"\x78\x01" + b"".join(stored) + struct.pack(">I", zlib.adler32(data))


def _colours(values, kind, full):
    """The colour of each number: (H, W, 3), red, green and blue from 0 to 255."""
    kind = as_choice("kind", kind, KINDS)
    return _blend(_shares(values, kind, full), kind)


def _shares(values, kind, full):
    """How much of the full colour each number gets: values from -1 to 1, ink and light from 0 to 1."""
    share = np.clip(values / _full_magnitude(values, kind, full), -1, 1)
    if kind == "photo":
        return share.clip(min=0)
    return (share + 1) / 2 if kind == "ink" and share.min() < 0 else share


def _blend(share, kind):
    """The colour of each share: (..., 3)."""
    if kind == "photo":
        return _blended("#000000", "#ffffff", share)
    if kind == "ink":
        return _blended(PAPER, INK, share)
    return np.where(share[..., np.newaxis] > 0, _blended(PAPER, PLUS, share), _blended(PAPER, MINUS, -share))


def _by_night(values, full):
    """The colour of each number on a dark page, which a lab gives it there, too: {(row, column): (3,)}."""
    share, night = _shares(values, "value", full), LABS["dark"]
    ends = {
        True: _blended(night["empty"], night["plus"], share),
        False: _blended(night["empty"], night["minus"], -share),
    }
    return {cell: ends[bool(share[cell] > 0)][cell] for cell in np.ndindex(share.shape)}


def _full_magnitude(values, kind, full):
    if full is not None:
        return as_number("full", full, above=0)
    largest = float(np.abs(values).max())
    return max(1.0, largest) if kind == "ink" else largest or 1.0


def _blended(start, end, share):
    """Colours on the way from `start` (share 0) to `end` (share 1)."""
    start, end = (np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) for colour in (start, end))
    return start + share[..., np.newaxis] * (end - start)


def _luminance(colour):
    """How bright a colour of 0 to 255 looks, from 0 to 1 (WCAG 2, relative luminance)."""
    linear = np.where(colour <= 10, colour / 255 / 12.92, ((colour / 255 + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def _words_of(values, text):
    """The text of every cell, or empty texts."""
    if text is False:
        return [[""] * values.shape[1] for _ in values]
    write = text or (plain if (values == np.rint(values)).all() else truncated)
    return [[write(value) for value in row] for row in values.tolist()]


def _font_size(words):
    """The largest size, up to 14, at which the longest word fits its cell."""
    # A digit is about two thirds as wide as the type is high, the point and the minus a third.
    widest = max(sum(0.36 if mark in "-." else 0.66 for mark in word) for row in words for word in row)
    return round(min(14, (CELL - 5) / max(widest, 1)), 1)


def _written(colour):
    return "#" + "".join(f"{round(part):02x}" for part in colour.tolist())


def _cell(row, column, side, colour, word, night=None):
    left, top = column * side, row * side
    dark = "" if night is None else f' style="--night:{_written(night)}"'
    place = f'x="{left}" y="{top}" width="{side}" height="{side}"'
    square = f'<rect {place} fill="{_written(colour)}" stroke="{LINE}"{dark}/>'
    if not word:
        return square
    # White and black stand out equally at a luminance of 0.179, each with a contrast of 4.58 to 1.
    white = ' fill="#fff"' if _luminance(colour) < 0.179 else ""
    return f'{square}<text x="{left + side // 2}" y="{top + side // 2 + 5}"{white}>{escape(word)}</text>'


def _outline(row, column, height, width, cell, colour):
    """A frame around some cells, in colour on white, to be seen on any background."""
    place = f'x="{column * cell}" y="{row * cell}" width="{width * cell}" height="{height * cell}"'
    frame, thick = f'<rect {place} fill="none"', max(3, cell // 10)
    return f'{frame} stroke="#fff" stroke-width="{thick + 3}"/>{frame} stroke="{colour}" stroke-width="{thick}"/>'


def _headings(headings, shape, top, cell):
    """The words beside the rows and above the columns of a grid that starts at `top`."""
    rows, columns = [list(map(str, words)) for words in headings]
    if (len(rows), len(columns)) != shape:
        raise ValueError(f"headings: for {len(rows)} rows and {len(columns)} columns, wanted {shape[0]} and {shape[1]}")
    at = cell // 2
    beside = [_label(word, OPERATOR // 2, top + cell * row + at + 5, 14, INK) for row, word in enumerate(rows)]
    return beside + [_label(word, OPERATOR + cell * k + at, top - 9, 14, INK) for k, word in enumerate(columns)]


def _label(text, middle, baseline, size, colour):
    place = f'x="{middle}" y="{baseline}" font-size="{size}" font-weight="600" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"


def _as_list(highlight):
    if highlight is None:
        return []
    return highlight if isinstance(highlight, list) else [highlight]


def _as_window(window, shape, caller):
    """(row, column) or (row, column, height, width), checked, as all four."""
    if len(window) not in (2, 4):
        wanted = "(row, column) or (row, column, height, width)"
        raise ValueError(f"{caller}: highlight is {window}, wanted {wanted}")
    row = as_whole("highlight row", window[0], minimum=0, maximum=shape[0] - 1)
    column = as_whole("highlight column", window[1], minimum=0, maximum=shape[1] - 1)
    height, width = window[2:] or (1, 1)
    height = as_whole("highlight height", height, minimum=1, maximum=shape[0] - row)
    return row, column, height, as_whole("highlight width", width, minimum=1, maximum=shape[1] - column)


def _outlined_in_words(windows):
    places = "; ".join(f"row {row}, column {column}, {height} by {width}" for row, column, height, width in windows)
    return f", outlined: {places}" if windows else ""


def _in_words(title, values, words):
    size = f"{values.shape[0]} by {values.shape[1]}"
    rows = "; ".join(" ".join(row) for row in words)
    return f"{title or 'grid'}, {size}" + (f": {rows}" if rows.strip("; ") else "")
