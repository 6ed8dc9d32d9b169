"""Figures say the right numbers, can be read on any page, and come out the same each time."""

import base64
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from convnet_core.convolution import feature_map
from convnet_core.palette import LABS, LINE, NIGHT, TINT
from convnet_core.pictures import BLANK, FACE, FEATURES, X
from convnet_core.plots import (
    CARD,
    CELL,
    FEATURE_COLOURS,
    INK,
    MARGIN,
    MINUS,
    OPERATOR,
    PLUS,
    TITLE,
    draw_grid,
    draw_grids,
    draw_heatmap,
)
from convnet_core.printing import as_printed, truncated

SVG = "{http://www.w3.org/2000/svg}"
FOUND = feature_map(X, FEATURES["backslash"])


def shapes(figure, tag):
    """The elements of a figure's SVG with that tag."""
    return list(ElementTree.fromstring(figure._repr_svg_()).iter(SVG + tag))


def cells(figure):
    """The squares of the grid, without the card behind them and the outlines above."""
    return [shape for shape in shapes(figure, "rect") if shape.get("fill") not in (CARD, "none")]


def luminance(colour):
    """Relative luminance as WCAG 2 defines it, from #rrggbb or #rgb."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def pictures(figure):
    """The pictures of a figure's heatmaps: (H, W, 4) each, red, green, blue and how much they cover."""
    images = [shape.get("href").removeprefix("data:image/png;base64,") for shape in shapes(figure, "image")]
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA")).astype(int) for data in images]


def test_five_pictures_without_numbers_fit_a_notebook():
    row = draw_grids([draw_grid(X, kind="ink", text=False)] * 5)
    assert row.width + 2 * MARGIN <= 900
    assert draw_grid(FEATURES["cross"], text=False).width == 3 * CELL, "a small one is no smaller than with numbers"


def test_every_cell_shows_its_number_as_the_slides_print_it():
    texts = [text.text for text in shapes(draw_grid(FOUND), "text")]
    assert texts == [word for row in as_printed(FOUND) for word in row]


def test_whole_numbers_are_written_as_they_are():
    assert [text.text for text in shapes(draw_grid([[1, -1], [45, 0]]), "text")] == ["1", "-1", "45", "0"]
    assert [text.text for text in shapes(draw_grid([[1]], text=truncated), "text")] == ["1.00"]
    assert shapes(draw_grid(X, text=False), "text") == []


def test_cells_stand_where_they_belong():
    figure = draw_grid(np.arange(6).reshape(2, 3))
    places = [(int(cell.get("x")), int(cell.get("y"))) for cell in cells(figure)]
    assert places == [(column * CELL, row * CELL) for row in range(2) for column in range(3)]
    assert (figure.width, figure.height) == (3 * CELL, 2 * CELL)


@pytest.mark.parametrize("kind", ["value", "ink", "photo"])
def test_numbers_can_be_read_on_every_shade(kind):
    figure = draw_grid(np.linspace(-1, 1, 201)[np.newaxis], kind=kind)
    for cell, text in zip(cells(figure), shapes(figure, "text"), strict=True):
        assert contrast(cell.get("fill"), text.get("fill", "#000")) >= 4.5


@pytest.mark.parametrize("colour", [INK, *FEATURE_COLOURS.values()])
def test_titles_can_be_read_on_the_card(colour):
    assert contrast(CARD, colour) >= 4.5


def test_sign_and_size_decide_the_colour():
    fills = [cell.get("fill") for cell in cells(draw_grid([[1, -1, 0, 0.5]]))]
    assert fills[:2] == [PLUS, MINUS]
    assert luminance(fills[2]) > luminance(fills[3]) > luminance(fills[0])
    assert cells(draw_grid([[1]], full=2))[0].get("fill") == cells(draw_grid([[2, 1]]))[1].get("fill")
    assert cells(draw_grid([[5]], full=2))[0].get("fill") == PLUS


def test_ink_is_dark_and_paper_is_light_with_either_numbers_for_them():
    plus_minus = [cell.get("fill") for cell in cells(draw_grid(2 * FACE - 1, kind="ink"))]
    zero_one = [cell.get("fill") for cell in cells(draw_grid(FACE, kind="ink"))]
    assert plus_minus == zero_one
    assert {fill == INK for fill in np.array(zero_one)[FACE.ravel() == 1]} == {True}
    assert INK not in {cell.get("fill") for cell in cells(draw_grid(BLANK, kind="ink"))}


def test_outlines_frame_the_windows_they_name():
    figure = draw_grid(X, highlight=[(1, 2, 3, 4), (8, 8)], colour="#7a3fa0")
    frames = [shape for shape in shapes(figure, "rect") if shape.get("stroke") == "#7a3fa0"]
    found = [[int(frame.get(name)) / CELL for name in ("y", "x", "height", "width")] for frame in frames]
    assert found == [[1, 2, 3, 4], [8, 8, 1, 1]]


def test_a_row_of_grids_reads_from_left_to_right():
    figure = draw_grids([draw_grid(X, kind="ink", title="image"), "*", FEATURES["cross"], "=", draw_grid(FOUND)])
    texts = [text.text for text in shapes(figure, "text")]
    assert texts[0] == "image"
    assert texts[1 + 81] == "*"
    assert texts[1 + 81 + 1 + 9] == "="
    assert figure.width > CELL * (9 + 3 + 7)
    assert figure.height == TITLE + 9 * CELL
    assert draw_grids([FACE, FACE]).width > 2 * CELL * 7, "a gap parts two grids without a sign between them"


def test_the_words_carry_the_numbers():
    patch, found = draw_grid([[1, -1]], title="patch"), draw_grid([[2, -3]], title="products")
    figure = draw_grids([patch, "\N{MULTIPLICATION SIGN}", [[2, 3]], "=", found])
    expected = "patch, 1 by 2: 1 -1, times grid, 1 by 2: 2 3, gives products, 1 by 2: 2 -3"
    assert figure.alt == repr(figure) == expected
    assert ElementTree.fromstring(figure._repr_svg_()).get("aria-label") == expected
    assert draw_grid(X, title="X", text=False).alt == "X, 9 by 9"
    assert draw_grids([[[1]], [[2]]]).alt == "grid, 1 by 1: 1. grid, 1 by 1: 2"


def test_a_title_is_text_and_never_markup():
    figure = draw_grid([[1]], title='<b> & "quotes"', highlight=(0, 0))
    assert shapes(figure, "text")[0].text == '<b> & "quotes"'
    assert '<b> & "quotes"' in ElementTree.fromstring(figure._repr_svg_()).get("aria-label")


def test_the_same_numbers_give_the_same_figure():
    def figure():
        return draw_grids([draw_grid(X, kind="ink", highlight=(1, 1, 3, 3)), "*", FEATURES["slash"], "=", FOUND])

    assert figure()._repr_svg_() == figure()._repr_svg_()
    assert draw_heatmap(FOUND)._repr_svg_() == draw_heatmap(FOUND)._repr_svg_()


def test_a_figure_is_small_and_asks_for_nothing_from_outside():
    svg = draw_grids([draw_grid(X, kind="ink"), "*", FEATURES["slash"], "=", FOUND])._repr_svg_()
    assert len(svg.encode()) < 20_000
    assert "href" not in svg
    assert "url(" not in svg


def test_numbers_passed_in_are_not_changed():
    values = FOUND.copy()
    draw_grids([values])
    draw_heatmap(values, kind="value")
    assert (values == FOUND).all()


def test_heatmap_shows_each_number_as_a_square():
    heatmap = draw_heatmap([[0, 255], [-9, 128]], title="photo")
    assert heatmap.alt == repr(heatmap) == "photo, 2 by 2 pixels, from -9.00 to 255.00"
    assert (heatmap.width, heatmap.height) == (256, 256 + TITLE)
    (found,) = pictures(heatmap)
    assert found.reshape(4, 4).tolist() == [[grey, grey, grey, 255] for grey in (0, 255, 0, 128)]


def test_heatmap_takes_about_the_width_that_it_is_given():
    values = np.zeros((28, 20))
    assert [draw_heatmap(values, panel=panel).width for panel in (256, 140, 100, 5)] == [180, 100, 60, 20]
    with pytest.raises(ValueError, match="draw_heatmap: panel is 0, wanted a whole number of at least 1"):
        draw_heatmap(values, panel=0)


def test_heatmap_outlines_windows_and_says_where():
    windows = [(1, 2, 10, 20), (0, 0, 5, 5)]
    heatmap = draw_heatmap(np.zeros((64, 64)), title="photo", highlight=windows, colour="#123456")
    frames = [frame for frame in shapes(heatmap, "rect") if frame.get("stroke") == "#123456"]
    assert [frame.get("x") for frame in frames] == ["8", "0"]
    assert [frame.get("width") for frame in frames] == ["80", "20"]
    assert heatmap.alt.endswith("outlined: row 1, column 2, 10 by 20; row 0, column 0, 5 by 5")
    with pytest.raises(ValueError, match="highlight width is 20, wanted a whole number from 1 to 8"):
        draw_heatmap(np.zeros((8, 8)), highlight=(0, 0, 8, 20))


def test_heatmap_of_values_is_blue_above_zero_and_orange_below_on_the_ground_of_zero():
    heatmap = draw_heatmap([[1, -1, 0.5, 0]], kind="value", full=1)
    (found,) = pictures(heatmap)
    for cell, colour in zip(found[0], (PLUS, MINUS, PLUS), strict=False):
        assert cell[:3].tolist() == [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    np.testing.assert_allclose(found[0, :, 3], [255, 255, 128, 0], atol=1.1)
    assert "--night" in shapes(heatmap, "rect")[1].get("style")


def test_heatmaps_side_by_side():
    photo = np.add.outer(np.arange(100.0), np.arange(128.0))
    row = draw_grids([draw_heatmap(photo, title="photo"), draw_heatmap(-photo, kind="value", title="map")])
    assert [picture.shape for picture in pictures(row)] == [(100, 128, 4)] * 2
    assert row.height == TITLE + 200
    assert row.alt == "photo, 100 by 128 pixels, from 0.00 to 226.00. map, 100 by 128 pixels, from -226.00 to 0.00"


def test_a_picture_of_many_pixels_is_whole():
    (found,) = pictures(draw_heatmap(np.tile(np.arange(256.0), (300, 2)), full=255))
    assert found.shape == (300, 512, 4)
    assert (found[:, :, 0] == np.tile(np.arange(256), 2)).all()


def test_by_night_a_value_has_the_labs_colours_and_a_picture_of_ink_or_light_none():
    figure = draw_grid([[1, -1, 0, 0.5]])
    nights = [cell.get("style").removeprefix("--night:") for cell in cells(figure)]
    dark = LABS["dark"]
    assert nights[:3] == [dark["plus"], dark["minus"], dark["empty"]]
    assert min(contrast(night, "#f4f4f2") for night in nights) >= 4.5
    for kind in ("ink", "photo"):
        assert {cell.get("style") for cell in cells(draw_grid(X, kind=kind))} == {None}


def test_the_style_sheet_knows_every_colour_of_the_night():
    """Of words and lines: each can be read on the night's card, and its colour by day is one that a rule names."""
    sheet = (Path(__file__).parent.parent / "book/_static/book.css").read_text(encoding="utf-8")
    given = set(re.findall(r"--night-[a-z]+: (#\w+);", sheet))
    assert given == set(NIGHT.values())
    assert all(f'="{day}"]' in sheet for day in NIGHT)
    for day, night in NIGHT.items():
        if day not in (CARD, LINE, TINT):
            assert contrast(night, NIGHT[CARD]) >= 4.5
            assert contrast(night, NIGHT[TINT]) >= 4.5


def test_headings_stand_beside_the_rows_and_above_the_columns():
    figure = draw_grid([[1, 2, 3], [4, 5, 6]], headings=(["up", "down"], "abc"), title="title")
    texts = [element.text for element in shapes(figure, "text")]
    assert texts[:6] == ["title", "up", "down", "a", "b", "c"]
    plain = draw_grid([[1, 2, 3], [4, 5, 6]], title="title")
    assert (figure.width - plain.width, figure.height - plain.height) == (OPERATOR, TITLE)


def test_headings_of_another_number_are_refused():
    with pytest.raises(ValueError, match="headings: for 2 rows and 2 columns, wanted 2 and 3"):
        draw_grid([[1, 2, 3], [4, 5, 6]], headings=("ab", "ab"))
