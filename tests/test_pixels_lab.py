"""PixelsLab: its numbers are the picture's, in Python and on the page; a reader's own picture keeps its colours."""

import re
from pathlib import Path

import numpy as np
import pytest
import traitlets
from PIL import Image
from playwright.sync_api import expect

from convnet_core.labs.kit import photograph
from convnet_core.labs.pixels.lab import LENS, PixelsLab
from tests.golden import LECTURE
from tests.kernelspage import NOISE, SMOOTH, address, file_of, png_head
from tests.labpage import LabOnPage, opener, printed

NOISE_ADDRESS = address(NOISE)
PICTURES = Path(photograph.__file__).parent / "photos"
PLANES = ["Red", "Green", "Blue"]
SHOWN = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return [0, 1, 2].map(plane => Array.from({ length: height }, (_, r) =>
    Array.from({ length: width }, (_, c) => data[4 * (r * width + c) + plane])));
}"""


class PixelsOnPage(LabOnPage):
    """The lab's own parts: the picture's canvas, and the way in for a file."""

    def __init__(self, page):
        super().__init__(page, "pixels")
        self.canvas = self.root.locator("canvas").first
        self.count = self.root.locator(".cl-pixels-count")
        expect(self.count).to_contain_text("numbers")  # the picture is unpacked

    def shown(self, number=0):
        """What is on a canvas: (3, H, W)."""
        return np.array(self.root.locator("canvas").nth(number).evaluate(SHOWN))

    def place(self, row, column):
        """Where a pixel of the picture is on the screen."""
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        height, width = self.shown().shape[1:]
        return box["x"] + box["width"] * (column + 0.5) / width, box["y"] + box["height"] * (row + 0.5) / height

    def hand_over(self, data, name="holiday.png"):
        self.root.locator("input[type=file]").set_input_files({"name": name, "mimeType": "image/png", "buffer": data})


open_lab = opener(PixelsLab, PixelsOnPage)


def expect_page(lab, python):
    for name, patch in python.patches.items():
        assert lab.numbers(name) == printed(patch)


# The Python half


def test_the_flower_has_as_many_numbers_as_the_lecture_says():
    lab, wanted = PixelsLab(), LECTURE["color_image_shape"]
    assert np.moveaxis(lab.colours, 0, -1).shape == tuple(wanted["shape"])
    assert lab.colours.size == wanted["count"]
    assert f"= {wanted['count']} numbers" in lab.tables()


def test_the_flower_is_the_one_that_its_recipe_draws(tmp_path, monkeypatch):
    recipe = re.search(r"```python\n(.*?)```", (PICTURES / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    monkeypatch.chdir(tmp_path)
    exec(recipe, {})
    drawn = photograph.address_of_file((tmp_path / "flower.png").read_bytes())
    assert np.array_equal(photograph.colours_of(drawn), photograph.colours_of(photograph.FLOWER))
    assert photograph.texts_of(drawn) == photograph.texts_of(photograph.FLOWER)


def test_planes_and_greys_are_those_of_the_file():
    lab = PixelsLab(photo=NOISE_ADDRESS)
    assert np.array_equal(lab.colours, np.moveaxis(np.array(NOISE), -1, 0))
    assert np.array_equal(lab.image, np.array(NOISE.convert("L")))
    with pytest.raises(ValueError, match="read-only"):
        lab.colours[0, 0, 0] = 5


@pytest.mark.parametrize(("row", "column", "top", "left"), [(0, 0, 0, 0), (12, 20, 12, 20), (255, 255, 52, 72)])
def test_the_glass_stays_inside(row, column, top, left):
    patches = PixelsLab(photo=NOISE_ADDRESS, row=row, column=column).patches
    assert list(patches) == PLANES
    for index, patch in enumerate(patches.values()):
        assert np.array_equal(patch, np.array(NOISE)[top : top + LENS, left : left + LENS, index])


def test_a_picture_smaller_than_the_glass():
    lab = PixelsLab(photo=address(NOISE.crop((0, 0, 5, 3))), planes="grey", column=9)
    assert np.array_equal(lab.patches["Grey"], lab.image[:, 2:])


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("photo", "data:image/png;base64,AAAA", "this picture can't be read"),
        ("photo", "https://example.org/flower.png", "photo must be a PNG picture"),
        ("planes", "cmyk", "planes must be one of: colour, grey"),
        ("mix", [[0, 0, 256]], "mix must hold numbers from 0 to 255 only"),
        ("row", 256, "row must be a whole number from 0 to 255"),
    ],
)
def test_bad_state_is_refused(name, value, words):
    with pytest.raises(traitlets.TraitError, match=words):
        PixelsLab(**{name: value})


# The page


@pytest.mark.in_turn("state", 3)
@pytest.mark.parametrize(
    "state",
    [
        {},
        {"planes": "grey"},
        {"photo": NOISE_ADDRESS, "row": 7, "column": 30},
        {"photo": NOISE_ADDRESS, "row": 255, "column": 255, "planes": "grey"},
        {"photo": address(NOISE.crop((0, 0, 5, 3)))},
    ],
)
def test_the_page_shows_what_python_reads(open_lab, state):
    lab, python = open_lab(**state), PixelsLab(**state)
    expect_page(lab, python)
    height, width = python.image.shape
    if python.planes == "grey":
        assert np.array_equal(lab.shown(), np.stack([python.image] * 3))
        expect(lab.count).to_have_text(f"{height} x {width} = {height * width:,} numbers")
        return
    assert np.array_equal(lab.shown(), python.colours)
    expect(lab.count).to_have_text(f"{height} x {width} x 3 = {height * width * 3:,} numbers")
    for index, plane in enumerate(python.colours):
        shown = lab.shown(1 + index)
        assert np.array_equal(shown[index], plane)
        assert not np.delete(shown, index, axis=0).any(), "a plane is shown in its own colour alone"


@pytest.mark.parametrize("way", ["hover", "touch"])
def test_the_glass_follows_the_pointer(open_lab, way):
    lab = open_lab({"has_touch": True})
    at = lab.place(8, 20)
    (lab.page.mouse.move if way == "hover" else lab.page.touchscreen.tap)(*at)
    expect_page(lab, PixelsLab(row=4, column=16))
    expect(lab.root).to_contain_text("Under the glass: rows 5 to 12, columns 17 to 24.")
    expect(lab.cell("Red", 0, 0)).to_have_attribute("aria-label", re.compile("^row 5, column 17, "))


def test_after_a_finger_has_moved_it_arrow_keys_go_on_with_the_glass(open_lab):
    lab = open_lab({"has_touch": True})
    session = lab.page.context.new_cdp_session(lab.page)
    for kind, at in [("touchStart", (8, 5)), ("touchMove", (8, 12)), ("touchMove", (8, 20)), ("touchEnd", None)]:
        points = [dict(zip("xy", lab.place(*at), strict=True))] if at else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(lab.frame).to_be_focused()
    lab.page.keyboard.press("ArrowDown")
    expect_page(lab, PixelsLab(row=5, column=16))


def test_the_glass_follows_the_arrow_keys(open_lab):
    lab = open_lab(row=10, column=10)
    lab.frame.focus()
    lab.page.keyboard.press("ArrowUp")
    lab.page.keyboard.press("Shift+ArrowRight")
    lab.expect_status("rows 10 to 17, columns 21 to 28.")
    expect_page(lab, PixelsLab(row=9, column=20))
    for _ in range(3):
        lab.page.keyboard.press("Shift+ArrowDown")
    lab.expect_status("rows 25 to 32,")  # the edge stops it
    lab.page.keyboard.press("ArrowUp")
    lab.expect_status("rows 24 to 31,")


def test_from_colours_to_greys_and_back(open_lab):
    lab = open_lab()
    lab.menu("Each pixel as").select_option("grey")
    lab.expect_status("Each pixel: 3 numbers → 1, its brightness.")
    expect_page(lab, PixelsLab(planes="grey"))
    expect(lab.grid("Red")).to_be_hidden()
    lab.press("Undo")
    expect_page(lab, PixelsLab())
    assert np.array_equal(lab.shown(), PixelsLab().colours)


def test_a_pixel_lights_up_in_every_plane(open_lab):
    lab = open_lab()
    lab.cell("Green", 2, 3).hover()
    for name in PLANES:
        (twin,) = lab.grid(name).locator(".is-twin").all()
        assert (twin.get_attribute("data-row"), twin.get_attribute("data-column")) == ("2", "3")


def test_a_picture_of_ones_own_keeps_its_colours_and_stays_here(open_lab):
    lab = open_lab()
    lab.hand_over(file_of(NOISE))
    lab.expect_status("holiday.png is here: 80 x 60 pixels, in colour.")
    expect(lab.count).to_have_text("60 x 80 x 3 = 14,400 numbers")
    assert np.array_equal(lab.shown(), np.moveaxis(np.array(NOISE), -1, 0))
    expect_page(lab, PixelsLab(photo=NOISE_ADDRESS))
    assert lab.page.record.elsewhere("file://") == []
    lab.press("Back to the first photograph")
    expect(lab.count).to_have_text("32 x 32 x 3 = 3,072 numbers")


def test_a_large_one_is_shrunk_in_colour(open_lab):
    lab = open_lab()
    lab.hand_over(file_of(Image.merge("RGB", [SMOOTH.split()[0], Image.new("L", SMOOTH.size, 9), SMOOTH.split()[1]])))
    lab.expect_status("640 x 400 pixels, shrunk to 256 x 160, in colour.")
    expect(lab.count).to_have_text("160 x 256 x 3 = 122,880 numbers")
    assert (lab.shown()[1] == 9).all()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty."),
        (b"no picture", "is not a picture that this page can read"),
        (png_head(30, 30), "but it is damaged."),
        (png_head(30000, 30000), "30000 x 30000 pixels; this page takes at most"),
    ],
)
def test_a_bad_file_is_refused_and_the_picture_stays(open_lab, data, words):
    lab = open_lab()
    lab.hand_over(data)
    lab.expect_status(words, "The photograph stays as it was.")
    assert np.array_equal(lab.shown(), PixelsLab().colours)


# The challenges


def test_the_challenges_can_be_solved(open_lab):
    lab = open_lab()

    def check_at(row, column):
        lab.page.mouse.move(*lab.place(row, column))
        lab.button("Check this place").press("Enter")

    check_at(12, 16)
    lab.expect_status("of 64 pixels here have more blue than green")
    lab.page.mouse.move(*lab.place(4, 4))
    assert lab.solved() == [], "a glance is no answer"
    check_at(4, 4)
    lab.expect_status("Challenge solved!", "64 of 64 pixels", "such a place is the sky")
    check_at(27, 12)
    assert len(lab.solved()) == 1
    lab.menu("Each pixel as").select_option("grey")
    check_at(26, 5)
    lab.expect_status("From the smallest number here to the largest:")
    assert len(lab.solved()) == 1
    check_at(26, 17)
    lab.expect_status("Challenge solved!", "dark meets bright")
    assert len(lab.solved()) == 2


def test_the_challenges_are_what_the_numbers_say():
    colours, greys = PixelsLab(row=0, column=0).patches, PixelsLab(row=22, column=13, planes="grey").patches["Grey"]
    assert ((colours["Blue"] > colours["Green"]) & (colours["Green"] > colours["Red"])).all()
    assert np.ptp(greys) > 120 >= np.ptp(PixelsLab(row=22, column=1, planes="grey").patches["Grey"])


def test_a_colour_is_mixed_by_numbers_and_by_sliders(open_lab):
    lab = open_lab()
    swatch = lab.root.locator(".cl-pixels-swatch")
    assert lab.numbers("Red, green, blue") == [["225", "60", "110"]]
    expect(swatch).to_have_css("background-color", "rgb(225, 60, 110)")
    lab.cell("Red, green, blue", 0, 1).click()
    lab.page.keyboard.type("200")
    lab.expect_status("Green: 60 → 200. Your colour: red 225, green 200, blue 110.")
    assert lab.solved() == []
    lab.root.get_by_role("slider", name="Blue of your colour").fill("0")
    expect(swatch).to_have_css("background-color", "rgb(225, 200, 0)")
    lab.expect_status("Challenge solved!", "Red and green together look yellow")
    lab.page.keyboard.type("999")
    lab.cell("Red, green, blue", 0, 0).focus()
    lab.page.keyboard.type("300")
    lab.expect_status("a cell takes numbers from 0 to 255")
    assert lab.numbers("Red, green, blue")[0][0] == "30"


@pytest.mark.parametrize("mix", [[255, 255, 90], [255, 190, 0], [199, 199, 0], [200, 179, 0]])
def test_what_is_no_bright_yellow(open_lab, mix):
    lab = open_lab(mix=[[0, *mix[1:]]])
    lab.root.get_by_role("slider", name="Red of your colour").fill(str(mix[0]))
    assert lab.solved() == []
