"""Diagrams of boxes and arrows, and line charts, as SVG on the same card as the grids of numbers.

boxes = {"word": (0, 1, "word"), "state": (0, 0, "state", "state")}
draw_diagram(boxes, [("word", "state", "weights"), ("state", "state", "other weights")])
draw_curves([1, 2, 3], {"plain": [1, 0.9, 0.5], "LSTM": [1, 1, 1]}, axes=("letters", "right"))
"""

import math
from html import escape
from typing import NamedTuple

import numpy as np

from convnet_core.checks import as_array, as_choice, as_number, as_vector
from convnet_core.palette import CARD, FEATURE_COLOURS, INK, LINE, PLUS, TINT
from convnet_core.plots import TITLE, Drawing

FRAMED = ("box", "state")
KINDS = (*FRAMED, "gate", "sign", "text")
COLOURS = (PLUS, FEATURE_COLOURS["slash"], FEATURE_COLOURS["backslash"], FEATURE_COLOURS["cross"])
DASHES = ("none", "10 5", "3 4", "14 4 3 4")  # a line is told by these too

SIZE = 15  # of the type, in pixels as are the others
HEAD = 10  # length of an arrow's head
DIAL = 27  # radius of a gate
LOOP = 13  # half the height of a loop
PLOT = (290, 200)


def draw_diagram(boxes, arrows, *, title=None, step=(120, 90)):
    """Draw boxes on a coarse grid, and straight arrows from one to another.

    boxes   {name: (column, row, text)} or {name: (column, row, text, kind)}. Columns and rows count from 0, and may
            be halves. A kind is "box"; "state", a box in colour; "gate", a dial with its text below; "sign", a small
            circle; or "text", words without a frame. A line break in a text begins a new line
    arrows  (start, end) or (start, end, text), by the names of boxes. Arrows with the same text have the same colour.
            From a box to itself, it is a loop at its right
    title   a word or two above the diagram
    step    pixels from a column to the next, and from a row to the next

    Returns a Drawing. Raises ValueError if there is nothing to draw, and on an unknown kind or name.
    """
    if not boxes:
        raise ValueError("draw_diagram: boxes is empty, wanted at least one")
    boxes = {name: _as_box(name, box, step) for name, box in boxes.items()}
    widest = max((box.wide for box in boxes.values() if box.kind in FRAMED), default=0)
    boxes = {name: box._replace(wide=widest) if box.kind in FRAMED else box for name, box in boxes.items()}
    arrows = [_as_arrow(arrow, boxes) for arrow in arrows]
    labels = list(dict.fromkeys(text for *_, text in arrows if text))

    parts, edges = [], []
    for start, end, text in arrows:
        colour = COLOURS[labels.index(text) % len(COLOURS)] if text else INK
        parts += _loop(start, text, colour, edges) if start is end else _arrow(start, end, text, colour, edges)
    for box in boxes.values():
        parts += _shape(box, edges)

    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    width, height = math.ceil(max(right - left, _text_width(title or ""))), math.ceil(bottom - top)
    above = TITLE if title else 0
    heading = [_text(title, width / 2, TITLE - 11)] if title else []
    place = f"{_rounded((width - right - left) / 2)} {_rounded(above - top)}"
    shapes = "\n".join([*heading, f'<g transform="translate({place})">', *parts, "</g>"])
    return Drawing(width, above + height, above + height // 2, shapes, _in_words(title, boxes.values(), arrows))


def draw_curves(x, curves, *, axes=("", ""), log=False, text="{:g}".format):
    """Draw lines in one chart, each with its name at its end.

    x       (points,), growing: where on the horizontal axis
    curves  {name: (points,)}, up to four
    axes    what is counted along the horizontal and along the vertical axis, a word or two each
    log     a logarithmic scale upwards: each line of the scale is the same number of times the one below
    text    how a number at the vertical axis is written, a function. A logarithmic scale writes 100 and 1/100

    Returns a Drawing. Raises ValueError on lines of another length than x, and on what the scale can't show.
    """
    x = as_array("x", x).ravel()
    if len(x) < 2 or (np.diff(x) <= 0).any():
        raise ValueError("draw_curves: x does not grow, wanted two numbers or more, each larger than the one before")
    if not 1 <= len(curves) <= len(COLOURS):
        raise ValueError(f"draw_curves: curves holds {len(curves)} lines, wanted 1 to {len(COLOURS)}")
    curves = {name: as_vector(f"curve {name!r}", y, len(x)) for name, y in curves.items()}
    values = np.stack(list(curves.values()))
    if log and values.min() <= 0:
        raise ValueError(f"draw_curves: curves holds {values.min():g}, wanted numbers above 0 on a logarithmic scale")
    values = np.log10(values) if log else values

    levels = _ticks(values.min(), values.max(), whole=log)
    words = [_power_of_ten(level) if log else text(level) for level in levels]
    left, top, (width, height) = max(map(_text_width, words)) + 8, TITLE, PLOT
    across = left + (x - x[0]) / (x[-1] - x[0]) * width
    up = top + height * (levels[-1] - values) / (levels[-1] - levels[0])

    parts = _axes(axes, (left, top), zip(np.linspace(top + height, top, len(levels)), words, strict=True), x, across)
    baselines = _baselines_apart(up[:, -1] + 5)
    for name, y, baseline, colour, dash in zip(curves, up, baselines, COLOURS, DASHES, strict=False):
        points = " ".join(f"{_rounded(a)},{_rounded(b)}" for a, b in zip(across, y, strict=True))
        line = f'fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="{dash}"'
        parts.append(f'<polyline points="{points}" {line}/>')
        parts.append(_text(name, left + width + 8, baseline, colour, "start"))

    ends = "; ".join(f"{name} from {y[0]:.3g} to {y[-1]:.3g}" for name, y in curves.items())
    alt = f"{axes[1] or 'chart'}, {axes[0]} {x[0]:g} to {x[-1]:g}: {ends}".replace("  ", " ")
    full = math.ceil(left + width + 8 + max(map(_text_width, curves)))
    return Drawing(full, top + height + 48, top + height // 2, "\n".join(parts), alt)


def _axes(names, corner, levels, x, across):
    """Both axes with their names and numbers. levels: (pixels from the top, text) of each line of the scale."""
    (left, top), (width, height) = corner, PLOT
    parts = [_text(names[1], 0, top - 16, anchor="start"), _text(names[0], left + width / 2, top + height + 44)]
    for level, word in levels:
        parts.append(f'<path d="M{_rounded(left)} {_rounded(level)}h{width}" stroke="{LINE}"/>')
        parts.append(_text(word, left - 8, level + 5, anchor="end", weight=400))
    for tick in [tick for tick in _ticks(x[0], x[-1]) if x[0] <= tick <= x[-1]]:
        at = np.interp(tick, x, across)
        parts.append(f'<path d="M{_rounded(at)} {top + height}v6" stroke="{INK}"/>')
        parts.append(_text(f"{tick:g}", at, top + height + 22, weight=400))
    return [*parts, f'<path d="M{_rounded(left)} {top}v{height}h{width}" fill="none" stroke="{INK}"/>']


class _Box(NamedTuple):
    """A box in pixels: its centre, what is in it, and half its width and height; a round one has its radius in both."""

    x: float
    y: float
    text: str
    kind: str
    wide: float
    high: float


def _as_box(name, box, step):
    """A box, checked and measured."""
    if len(box) not in (3, 4):
        raise ValueError(
            f"draw_diagram: box {name!r} is {box}, wanted (column, row, text) or (column, row, text, kind)"
        )
    column, row = (as_number(f"{axis} of box {name!r}", at) for axis, at in zip(("column", "row"), box, strict=False))
    kind = as_choice(f"kind of box {name!r}", box[3] if len(box) == 4 else "box", KINDS)
    text = str(box[2])
    wide, high = max(_text_width(text) / 2 + 8, 22), 12 + 10 * len(text.split("\n"))
    if kind in ("gate", "sign"):
        wide = high = DIAL if kind == "gate" else max(17, _text_width(text) / 2 + 4)
    return _Box(column * step[0], row * step[1], text, kind, wide, high)


def _as_arrow(arrow, boxes):
    """(start, end) or (start, end, text), checked, as two boxes and a text."""
    if len(arrow) not in (2, 3) or not {*arrow[:2]} <= boxes.keys():
        raise ValueError(f"draw_diagram: arrow is {arrow}, wanted the names of two boxes, and a text or none")
    return boxes[arrow[0]], boxes[arrow[1]], "".join(arrow[2:])


def _shape(box, edges):
    """A box with its text; how far it reaches to the left, up, right and down joins `edges`."""
    x, y, text, kind, wide, high = box
    edges.append((x - wide - 1, y - high - 1, x + wide + 1, y + high + 1))
    frame = f'fill="{TINT if kind == "state" else "#fff"}" stroke="{PLUS if kind == "state" else INK}" stroke-width="2"'
    if kind in FRAMED:
        corner = f'x="{_rounded(x - wide)}" y="{_rounded(y - high)}" rx="7"'
        return [
            f'<rect {corner} width="{_rounded(2 * wide)}" height="{_rounded(2 * high)}" {frame}/>',
            *_text_lines(text, x, y),
        ]
    if kind == "text":
        return _text_lines(text, x, y)
    circle = f'<circle cx="{_rounded(x)}" cy="{_rounded(y)}"'
    parts = [f'{circle} r="{_rounded(wide)}" {frame}/>']
    if kind == "sign":
        return parts + _text_lines(text, x, y)
    turned = f'transform="rotate(135 {_rounded(x)} {_rounded(y)})"'
    ring = f'r="{DIAL - 7}" fill="none" stroke-width="7" pathLength="100" {turned}'
    parts += [f'{circle} {ring} stroke="{LINE}" stroke-dasharray="75 25"/>']
    parts += [f'{circle} {ring} stroke="{PLUS}" stroke-dasharray="50 50"/>']
    below = 20 * len(text.split("\n"))
    edges.append((x - _text_width(text) / 2, y, x + _text_width(text) / 2, y + DIAL + below))
    return [*parts, _text("\N{MULTIPLICATION SIGN}", x, y + 7, size=22), *_text_lines(text, x, y + DIAL + below / 2)]


def _arrow(start, end, text, colour, edges):
    """A straight arrow from rim to rim, its text above and below it, or at its right if it is a steep one."""
    (x0, y0), (x1, y1) = _point_on_rim(start, end, 0), _point_on_rim(end, start, 3)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    parts = _line_with_head(f"M{_rounded(x0)} {_rounded(y0)}L", x1, y1, math.atan2(y1 - y0, x1 - x0), colour)
    if abs(x1 - x0) > abs(y1 - y0):
        sides = zip(text.split("\n"), (y - 8, y + 20), strict=False)
        return parts + [_text(line, x, baseline, colour) for line, baseline in sides if line]
    edges.append((x, y, x + 9 + _text_width(text), y))
    return parts + _text_lines(text, x + 9, y, colour, "start")


def _loop(box, text, colour, edges):
    """An arrow out of the right side of a box and back into it."""
    x, y = box.x + box.wide, box.y
    edges.append((x, y - LOOP, x + 30 + LOOP + _text_width(text), y + LOOP))
    way = f"M{_rounded(x)} {_rounded(y - LOOP)}h22a{LOOP} {LOOP} 0 0 1 0 {2 * LOOP}L"
    return _line_with_head(way, x + 3, y + LOOP, math.pi, colour) + _text_lines(text, x + 30 + LOOP, y, colour, "start")


def _line_with_head(path, x, y, angle, colour):
    """A path whose last stretch goes to (x, y), and an arrow's head there."""
    neck = f"{_rounded(x - HEAD * math.cos(angle))} {_rounded(y - HEAD * math.sin(angle))}"
    turned = f"translate({_rounded(x)} {_rounded(y)}) rotate({_rounded(math.degrees(angle))})"
    return [
        f'<path d="{path}{neck}" fill="none" stroke="{colour}" stroke-width="2.5"/>',
        f'<path d="M0 0L-{HEAD + 1} 5.5V-5.5Z" transform="{turned}" fill="{colour}"/>',
    ]


def _point_on_rim(box, other, gap):
    """Where the way from a box to another one leaves it, `gap` pixels outside."""
    x, y = other.x - box.x, other.y - box.y
    length = math.hypot(x, y)
    if box.kind in ("gate", "sign"):
        reach = box.wide
    else:
        reach = length * min(side / abs(way) for side, way in ((box.wide, x), (box.high, y)) if way)
    return box.x + x / length * (reach + gap), box.y + y / length * (reach + gap)


def _ticks(low, high, whole=False):
    """Round numbers at equal distances, about five of them, from `low` or below to `high` or above."""
    rough = max((high - low) / 5, 1e-9 * max(abs(low), abs(high), 1))
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * many for many in (1, 2, 5, 10) if power * many >= rough * (1 - 1e-9))
    if whole:
        step = max(1, math.ceil(rough))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * tick for tick in range(first, max(last, first + 1) + 1)]


def _power_of_ten(exponent):
    return f"{10**exponent:,}" if exponent >= 0 else f"1/{10**-exponent:,}"


def _baselines_apart(baselines):
    """Heights for names, in the same order, each at least a line below the next one above it."""
    above, placed = -math.inf, dict.fromkeys(range(len(baselines)))
    for at in sorted(placed, key=lambda at: baselines[at]):
        above = placed[at] = max(baselines[at], above + SIZE + 3)
    return list(placed.values())


def _text_width(text):
    """About how wide a text is, its widest line."""
    return 0.6 * SIZE * max(map(len, text.split("\n")))


def _text_lines(text, x, middle, colour=INK, anchor="middle"):
    lines = text.split("\n") if text else []
    top = middle + 5 - 10 * (len(lines) - 1)
    return [_text(line, x, top + 20 * at, colour, anchor) for at, line in enumerate(lines)]


def _text(text, x, baseline, colour=INK, anchor="middle", weight=600, size=SIZE):
    place = f'x="{_rounded(x)}" y="{_rounded(baseline)}" text-anchor="{anchor}"'
    # A rim in the card's colour keeps words readable where a line passes behind them.
    rim = f'stroke="{CARD}" stroke-width="4" paint-order="stroke"' if colour != INK else ""
    return f'<text {place} font-size="{size}" font-weight="{weight}" fill="{colour}" {rim}>{escape(text)}</text>'


def _rounded(number):
    """At most one decimal: enough for the eye, and the same on every machine."""
    return f"{round(float(number), 1) + 0.0:g}"


def _in_words(title, boxes, arrows):
    ways = [
        (start.text, "itself" if start is end else end.text, f" ({text})" * bool(text)) for start, end, text in arrows
    ]
    joined = [f"{start} to {end}{text}" for start, end, text in ways]
    ends = {id(box) for arrow in arrows for box in arrow[:2]}
    alone = [box.text for box in boxes if id(box) not in ends]
    return f"{title or 'diagram'}: {'; '.join(alone + joined)}".replace("\n", " ")
