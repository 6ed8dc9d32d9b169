"""Arrows go from where they should to where they should, lines show their numbers, and words say the same."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from convnet_core.diagrams import COLOURS, DASHES, PLOT, draw_curves, draw_diagram
from convnet_core.plots import CARD, INK, TITLE, draw_grids
from tests.test_plots import contrast

SVG = "{http://www.w3.org/2000/svg}"
LOOP = {"votes": (0, 0, "votes"), "state": (0, 1, "the\nstate", "state"), "word": (0, 2, "word")}
ROUND = [("word", "state", "weights"), ("state", "state", "other\nweights"), ("state", "votes")]
CELL = {
    "old": (0, 0, "old"),
    "gate": (1, 0, "forget\ngate", "gate"),
    "plus": (2, 1, "+", "sign"),
    "note": (0, 1, "?", "text"),
}


def drawn(figure, tag):
    """The elements of a figure's SVG with that tag."""
    return list(ElementTree.fromstring(figure._repr_svg_()).iter(SVG + tag))


def texts(figure):
    return [text.text for text in drawn(figure, "text")]


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def tails(figure):
    """Where each arrow begins: the lines have no fill."""
    return [numbers(path.get("d"))[:2] for path in drawn(figure, "path") if path.get("fill") == "none"]


def heads(figure):
    """Where the tip of each arrow is, and its direction in degrees."""
    return [numbers(path.get("transform")) for path in drawn(figure, "path") if path.get("transform")]


def frames(figure):
    """The framed boxes by their place: left, top, right, bottom. The card comes first, and is none of them."""
    places = [[float(box.get(name)) for name in ("x", "y", "width", "height")] for box in drawn(figure, "rect")[1:]]
    return [(x, y, x + width, y + height) for x, y, width, height in places]


def test_every_text_is_there_a_line_break_begins_a_new_line():
    figure = draw_diagram(LOOP, ROUND, title="a loop")
    words = ["a loop", "votes", "the", "state", "word", "weights", "other", "weights"]
    assert sorted(texts(figure)) == sorted(words)


def test_boxes_stand_on_the_grid():
    boxes = {"one": (0, 0, "one"), "two": (2, 1.5, "two")}
    first, second = frames(draw_diagram(boxes, [], step=(100, 80)))
    assert (second[0] - first[0], second[1] - first[1]) == (200, 120)


def test_arrows_go_from_rim_to_rim():
    figure = draw_diagram(LOOP, ROUND)
    votes, state, word = frames(figure)
    middle = (word[0] + word[2]) / 2
    (into, around, out), (begin, turn, leave) = heads(figure), tails(figure)
    assert [begin, into] == [[middle, word[1]], [middle, state[3] + 3, -90]]
    assert [leave, out] == [[middle, state[1]], [middle, votes[3] + 3, -90]]
    assert [turn[0], *around] == [state[2], state[2] + 3, turn[1] + 26, 180]
    assert state[1] < turn[1] < around[1] < state[3], "the loop leaves the box and comes back to it"


def test_arrows_stop_at_the_rim_of_what_is_round():
    figure = draw_diagram(CELL, [("old", "gate"), ("gate", "plus")])
    circles = {float(c.get("r")): (float(c.get("cx")), float(c.get("cy"))) for c in drawn(figure, "circle")}
    gate, plus = circles[27], circles[17]
    (to_gate, to_plus), (_, from_gate) = heads(figure), tails(figure)
    assert to_gate == [gate[0] - 30, gate[1], 0]
    assert np.hypot(*np.subtract(from_gate, gate)) == pytest.approx(27, abs=0.1)
    assert np.hypot(*np.subtract(to_plus[:2], plus)) == pytest.approx(20, abs=0.1)
    assert "\N{MULTIPLICATION SIGN}" in texts(figure), "a gate is a product"


def test_arrows_with_the_same_text_have_the_same_colour():
    boxes = {name: (at, 0, name) for at, name in enumerate("abcd")}
    figure = draw_diagram(boxes, [("a", "b", "one"), ("b", "c", "two"), ("c", "d", "one"), ("a", "c")])
    strokes = [path.get("stroke") for path in drawn(figure, "path") if path.get("stroke")]
    assert strokes == [COLOURS[0], COLOURS[1], COLOURS[0], INK]


def test_everything_lies_within_the_card():
    boxes = LOOP | {"gate": (3, 2, "a long name\nof a gate", "gate")}
    for title in (None, "a title that is a good deal wider than what it stands above, and then some"):
        figure = draw_diagram(boxes, ROUND, title=title)
        _, (right, down) = (numbers(group.get("transform")) for group in drawn(figure, "g"))
        lefts, tops, *_ = np.transpose(frames(figure)) + [[right], [down], [right], [down]]
        assert lefts.min() >= 0
        assert tops.min() >= (TITLE if title else 0)
        text = next(text for text in drawn(figure, "text") if text.text == "of a gate")
        assert float(text.get("y")) + down <= figure.height
        assert float(text.get("x")) + right + 40 <= figure.width
        assert figure.width >= 8 * len(title or "")


def test_a_diagram_in_words():
    figure = draw_diagram(LOOP, ROUND, title="loop")
    said = "loop: word to the state (weights); the state to itself (other weights); the state to votes"
    assert figure.alt == repr(figure) == said
    assert ElementTree.fromstring(figure._repr_svg_()).get("aria-label") == said
    assert draw_diagram(CELL, [("old", "plus")]).alt == "diagram: forget gate; ?; old to +"


def test_text_is_never_markup():
    figure = draw_diagram({"a": (0, 0, "<b> & c")}, [("a", "a", "<i>")], title="<u>")
    assert texts(figure) == ["<u>", "<i>", "<b> & c"]
    assert "<b>" in texts(draw_curves([0, 1], {"<b>": [0, 1]}))


def test_a_chart_shows_each_number_at_its_place():
    figure = draw_curves([0, 5, 20], {"down": [1, 0.5, 0], "up": [0, 0.2, 1]})
    lines = [np.reshape(numbers(line.get("points")), (-1, 2)) for line in drawn(figure, "polyline")]
    left, bottom = lines[1][0]
    shares = [(line - (left, bottom)) / (PLOT[0], -PLOT[1]) for line in lines]
    np.testing.assert_allclose(shares[0], [[0, 1], [0.25, 0.5], [1, 0]], atol=0.001)
    np.testing.assert_allclose(shares[1], [[0, 0], [0.25, 0.2], [1, 1]], atol=0.001)


def test_a_logarithmic_scale_puts_powers_of_ten_at_equal_distances():
    figure = draw_curves([0, 1, 2], {"fading": [100, 1, 0.01]}, log=True)
    heights = numbers(drawn(figure, "polyline")[0].get("points"))[1::2]
    assert heights == [TITLE, TITLE + PLOT[1] / 2, TITLE + PLOT[1]]
    assert [word for word in texts(figure) if word][:5] == ["1/100", "1/10", "1", "10", "100"]


def test_lines_are_told_apart_by_dash_and_colour_and_name():
    curves = {name: [0, height] for name, height in (("low", 0), ("also low", 0.01), ("high", 1), ("higher", 1.01))}
    figure = draw_curves([0, 1], curves, axes=("steps", "blame"))
    lines = drawn(figure, "polyline")
    assert [line.get("stroke") for line in lines] == list(COLOURS)
    assert [line.get("stroke-dasharray") for line in lines] == list(DASHES)
    names = [text for text in drawn(figure, "text") if text.text in curves]
    assert [name.get("fill") for name in names] == list(COLOURS)
    ys = sorted(float(name.get("y")) for name in names)
    assert min(np.diff(ys)) >= 17, "names at nearly the same height stand one below the other"
    assert {"steps", "blame"} <= set(texts(figure))


@pytest.mark.parametrize("colour", COLOURS)
def test_names_can_be_read_on_the_card(colour):
    assert contrast(CARD, colour) >= 4.5


def test_ticks_are_round_numbers():
    figure = draw_curves(range(1, 41), {"right": np.linspace(0.51, 1, 40)}, text="{:.0%}".format)
    assert texts(figure)[2:-1] == ["50%", "60%", "70%", "80%", "90%", "100%", "10", "20", "30", "40"]
    assert "3" in texts(draw_curves([0, 1], {"level": [3, 3]})), "a line without any slope has a scale too"


def test_a_chart_in_words():
    figure = draw_curves([0, 10], {"plain": [1, 0.25], "LSTM": [1, 1]}, axes=("steps", "blame"))
    assert figure.alt == "blame, steps 0 to 10: plain from 1 to 0.25; LSTM from 1 to 1"


def test_the_same_input_gives_the_same_figure_and_stands_in_a_row():
    def figure():
        return draw_grids([draw_diagram(LOOP, ROUND), "=", draw_curves([0, 1], {"a": [0, 1 / 3]})])

    assert figure()._repr_svg_() == figure()._repr_svg_()
    assert "url(" not in figure()._repr_svg_()
    assert figure().alt.startswith("diagram: word to the state (weights)")


BAD = {
    "boxes is empty": lambda: draw_diagram({}, []),
    "box 'a' is (0, 0), wanted (column, row, text) or": lambda: draw_diagram({"a": (0, 0)}, []),
    "kind of box 'a' is 'round', wanted 'box'": lambda: draw_diagram({"a": (0, 0, "a", "round")}, []),
    "column of box 'a' holds text": lambda: draw_diagram({"a": ("0", 0, "a")}, []),
    "arrow is ('word', 'wrd'), wanted the names of two boxes": lambda: draw_diagram(LOOP, [("word", "wrd")]),
    "arrow is ('word',), wanted": lambda: draw_diagram(LOOP, [("word",)]),
    "curves holds 0 lines, wanted 1 to 4": lambda: draw_curves([0, 1], {}),
    "curves holds 5 lines": lambda: draw_curves([0, 1], dict.fromkeys("abcde", [0, 1])),
    "curve 'a' is (3,), wanted (2,)": lambda: draw_curves([0, 1], {"a": [1, 2, 3]}),
    "x does not grow": lambda: draw_curves([0, 0], {"a": [1, 2]}),
    "curves holds 0, wanted numbers above 0": lambda: draw_curves([0, 1], {"a": [1, 0]}, log=True),
    "curve 'a' holds nan": lambda: draw_curves([0, 1], {"a": [1, np.nan]}),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_input_is_refused(message):
    with pytest.raises(ValueError, match=re.escape(message)):
        BAD[message]()
