"""KernelsLab: its Python half, and in a real browser what a reader does with kernels and pixels."""

import numpy as np
import pytest
import traitlets
from PIL import PngImagePlugin
from playwright.sync_api import expect
from scipy import ndimage

from convnet_core.filtering import KERNELS
from convnet_core.labs.kernels.lab import KernelsLab
from convnet_core.labs.kit import photograph
from tests.kernelspage import COUNT, NOISE, SMOOTH, address, file_of, on_screen, png_head, settled
from tests.labpage import opener, printed
from tests.readable import findings_in_every_look

SHIFT_LEFT = [[0, 0, 0], [0, 0, 1], [0, 0, 0]]
IDENTITY = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
NO_SUM = [[0.1, 0.2, -0.3], [0, 0, 0], [0, 0, 0]]  # but for rounding
UPRIGHT = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
RAMP = np.add.outer(np.arange(20.0), 3 * np.arange(30.0))  # (20, 30), all greys whole


# Python alone.


def test_the_lab_starts_with_the_cat():
    lab = KernelsLab()
    assert lab.image.shape == (160, 240)
    assert lab.image.dtype == np.float64
    assert (lab.image.min(), lab.image.max()) == (3, 194)
    assert not lab.image.flags.writeable
    assert np.array_equal(lab.kernel, KERNELS["edges"])
    assert repr(lab) == "KernelsLab()"
    assert photograph.texts_of(lab.photo)["Copyright"].endswith("(CC0)")


@pytest.mark.parametrize("name", KernelsLab.presets["kernel"])
@pytest.mark.parametrize("divide", ["sum", "nothing"])
def test_the_feature_map_is_a_correlation_with_repeated_edges(name, divide):
    kernel = KernelsLab.presets["kernel"][name]
    lab = KernelsLab(kernel=kernel, divide=divide, offset=7)
    divisor = kernel.sum() if divide == "sum" and kernel.sum() != 0 else 1
    assert lab.divisor == divisor
    wanted = ndimage.correlate(lab.image, kernel, mode="nearest") / divisor + 7
    np.testing.assert_allclose(lab.feature_map, wanted, rtol=0, atol=1e-9)


def test_a_sum_that_is_zero_but_for_rounding_divides_nothing():
    assert np.sum(NO_SUM) != 0
    assert KernelsLab(kernel=NO_SUM).divisor == 1


def test_the_patch_is_what_the_kernel_lies_on():
    lab = KernelsLab(image=RAMP, row=0, column=29)
    assert lab.patch.tolist() == [[84, 87, 87], [84, 87, 87], [85, 88, 88]]
    lab.kernel = np.ones((5, 5))
    assert lab.patch.shape == (5, 5)
    assert lab.feature_map[0, 29] == pytest.approx(lab.patch.mean())
    lab.row = 255  # beyond this photograph: its last row counts
    assert lab.patch[2, 2] == RAMP[19, 29]


def test_an_image_comes_back_as_it_was_given():
    lab = KernelsLab()
    lab.image = RAMP
    assert np.array_equal(lab.image, RAMP)
    lab.image = RAMP + 0.4
    assert np.array_equal(lab.image, RAMP)
    lab.image = RAMP.astype(np.uint8)
    assert np.array_equal(lab.image, RAMP)
    assert len(repr(lab)) < 100
    lab.image = np.full((256, 1), 255)
    assert lab.feature_map.shape == (256, 1)


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.zeros((4, 4, 3)), r"KernelsLab: image is \(4, 4, 3\), wanted \(H, W\)"),
        (np.zeros((257, 4)), "image is 257 x 4, wanted at most 256 pixels a side"),
        (np.full((4, 4), np.nan), r"image holds nan at \[0, 0\], wanted finite numbers"),
        (np.full((4, 4), 256), "holds numbers from 256 to 256, wanted greys from 0"),
        (np.full((4, 4), -1), "holds numbers from -1 to -1, wanted greys from 0"),
        (np.full((4, 4), 0.5), "holds fractions from 0 to 1, wanted greys from 0 to 255: multiply it by 255"),
        (np.zeros((0, 4)), "which is empty"),
        (np.zeros((4, 4)) > 0, "holds True and False"),
        ([[1, 2], [3]], "its rows differ in length"),
        ("cat.png", "holds text"),
    ],
)
def test_a_bad_image_is_refused_and_the_old_one_stays(image, words):
    lab = KernelsLab()
    with pytest.raises(traitlets.TraitError, match=words):
        lab.image = image
    assert lab.photo == photograph.CAT
    with pytest.raises(traitlets.TraitError, match=words):
        KernelsLab(image=image)


@pytest.mark.parametrize(
    "photo",
    [
        "",
        "https://example.org/cat.png",
        photograph.START,
        photograph.address_of_file(b"no picture"),
        photograph.address_of_file(file_of(SMOOTH.resize((40, 30)), "jpeg")),
        photograph.address_of_file(png_head(10_000, 10_000)),
        photograph.address_of_file(file_of(NOISE)[:2000]),
        address(NOISE.resize((257, 10))),
        photograph.CAT + "\n",
        photograph.CAT[:-3] + "=AA",
    ],
)
def test_a_bad_photo_is_refused_and_the_old_one_stays(photo):
    lab = KernelsLab()
    with pytest.raises(traitlets.TraitError, match="photo"):
        lab.photo = photo
    assert lab.photo == photograph.CAT


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("kernel", np.ones((4, 4)), "kernel has the wrong shape: wanted 3 x 3 or 5 x 5"),
        ("kernel", np.full((3, 3), 100), "kernel must hold numbers from -99 to 99 only"),
        ("kernel", np.full((3, 3), np.nan), "kernel must hold numbers from -99 to 99 only"),
        ("divide", "average", "divide must be one of: sum, nothing"),
        ("offset", 256, "offset must be a number from 0 to 255"),
        ("row", -1, "row must be a whole number from 0 to 255"),
    ],
)
def test_bad_state_is_refused(name, value, words):
    with pytest.raises(traitlets.TraitError, match=words):
        KernelsLab(**{name: value})


def test_the_page_holds_the_photograph_once_and_the_numbers():
    html = KernelsLab().static_html()
    assert html.count(photograph.CAT) == 1
    assert 'alt="The face of a tabby cat' in html
    assert "<caption>Kernel</caption>" in html
    assert "dedicated to the public domain" in html


def test_a_pictures_own_words_are_escaped():
    words = PngImagePlugin.PngInfo()
    for key in ("Title", "Description", "Copyright"):
        words.add_text(key, '"><script>')
    html = KernelsLab(photo=address(NOISE, pnginfo=words)).static_html()
    assert "<script" not in html


# In the browser.

open_lab = opener(KernelsLab, settled, init_script=COUNT)


@pytest.mark.in_turn("state", 3)
@pytest.mark.parametrize(
    "state",
    [
        {},
        {"offset": 128},
        {"kernel": KERNELS["smoothing"]},
        {"kernel": KERNELS["smoothing"], "divide": "nothing"},
        {"kernel": KernelsLab.presets["kernel"]["weighted_smoothing_5"]},
        {"kernel": np.random.default_rng(3).uniform(-2, 2, (5, 5))},
        {"kernel": -np.ones((3, 3)), "image": RAMP},
        {"kernel": NO_SUM, "image": RAMP, "offset": 10},
    ],
)
def test_the_screen_shows_what_python_computes(open_lab, state):
    lab, python = open_lab(**state), KernelsLab(**state)
    assert np.array_equal(lab.shown(lab.photo), python.image)
    assert np.array_equal(lab.shown(lab.result), on_screen(python.feature_map))
    assert lab.numbers("Patch") == printed(python.patch)
    assert lab.numbers("Products") == printed(python.patch * python.kernel)


@pytest.mark.sweep
def test_every_named_kernel_can_be_chosen(open_lab):
    lab = open_lab()
    names = lab.menu("Choose a kernel").evaluate("menu => [...menu.options].map(o => o.value)")
    assert names == [*KernelsLab.presets["kernel"], "own"]
    for name, kernel in KernelsLab.presets["kernel"].items():
        lab.choose("Choose a kernel", name)
        assert lab.numbers("Kernel") == printed(kernel)
        assert np.array_equal(lab.shown(lab.result), on_screen(KernelsLab(kernel=kernel).feature_map))
    assert lab.solved() == [], "a menu must not solve a challenge"


def test_dragging_a_number_redraws_once_a_frame_and_is_undone_at_once(open_lab):
    lab = open_lab()
    lab.cell("Kernel", 0, 0).click()
    lab.slider.scroll_into_view_if_needed()
    box = lab.slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    lab.page.mouse.move(box["x"] + box["width"] * 0.475, middle)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] * 0.8, middle, steps=8)
    lab.page.mouse.up()
    value = float(lab.numbers("Kernel")[0][0])
    assert value > 5
    lab.expect_status("Kernel, row 1, column 1:", "Its sum:", "The pixel at row 57, column 94:")
    kernel = np.array(KERNELS["edges"])
    kernel[0, 0] = value
    assert np.array_equal(lab.shown(lab.result), on_screen(KernelsLab(kernel=kernel).feature_map))
    lab.press("Undo")
    assert lab.numbers("Kernel") == printed(KERNELS["edges"])

    lab.settle()
    drawn = lab.page.evaluate("counts.drawn")
    lab.slider.evaluate("""slider => {
      for (let step = 0; step < 50; step++) {
        slider.value = step / 5;
        slider.dispatchEvent(new Event("input"));
      }
    }""")
    lab.settle()
    assert lab.page.evaluate("counts.drawn") - drawn == 1


def test_a_kernel_grows_and_shrinks(open_lab):
    lab = open_lab()
    before = lab.shown(lab.result)
    lab.choose("Size", "5 x 5")
    lab.expect_status("with zeros around the old one")
    assert lab.numbers("Kernel") == printed(np.pad(KERNELS["edges"], 1))
    assert np.array_equal(lab.shown(lab.result), before)
    lab.choose("Size", "3 x 3")
    lab.expect_status("its outer numbers are gone")
    assert lab.numbers("Kernel") == printed(KERNELS["edges"])


def test_a_number_can_be_typed_and_a_wrong_one_is_refused(open_lab):
    lab = open_lab()
    lab.cell("Kernel", 1, 1).click()
    lab.page.keyboard.type("-2.5")
    assert lab.numbers("Kernel")[1][1] == "-2.5"
    lab.root.locator(".cl-kernels-editor input[type=text]").fill("100")
    lab.expect_status("a cell takes numbers from -99 to 99")
    assert lab.numbers("Kernel")[1][1] == "-2.5"


@pytest.mark.in_turn("way", 2)
@pytest.mark.parametrize("canvas", ["photo", "result"])
@pytest.mark.parametrize("way", ["hover", "touch"])
def test_pointing_at_a_pixel_explains_it(open_lab, way, canvas):
    lab, python = open_lab(page={"has_touch": True}), KernelsLab(row=100, column=30)
    target = getattr(lab, canvas)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    place = box["x"] + box["width"] * 30.5 / 240, box["y"] + box["height"] * 100.5 / 160
    (lab.page.mouse.move if way == "hover" else lab.page.touchscreen.tap)(*place)
    assert lab.numbers("Patch") == printed(python.patch)
    expect(lab.root.locator(".cl-sum")).to_contain_text("Row 101, column 31:")
    expect(lab.root.locator(".cl-result strong")).to_have_text(f"{python.feature_map[100, 30]:.0f}")
    expect(lab.root.locator(".cl-code code")).to_have_text("np.sum(padded[100:103, 30:33] * kernel)")


def test_arrow_keys_show_what_hover_shows(open_lab):
    lab = open_lab(image=RAMP, kernel=KERNELS["smoothing"], row=2, column=2)
    lab.frame.focus()
    lab.page.keyboard.press("ArrowRight")
    assert lab.numbers("Patch") == printed(KernelsLab(image=RAMP, row=2, column=3).patch)
    lab.expect_status("Row 3, column 4: 11 becomes 11.")
    expect(lab.frame).to_have_attribute("aria-label", "Photograph. Arrow keys lead to other pixels, with Shift by 10.")
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.expect_status("Row 13, column 4:")
    lab.page.keyboard.press("ArrowUp")
    for _ in range(4):
        lab.page.keyboard.press("Shift+ArrowUp")
    lab.expect_status("Row 1, column 4:")  # the edge stops it
    lab.press("Reset")
    assert lab.numbers("Patch") == printed(KernelsLab(image=RAMP, row=2, column=2).patch)


@pytest.mark.in_turn("kernel", 3)
@pytest.mark.parametrize(
    ("kernel", "number", "praise"),
    [
        (IDENTITY, 0, "each pixel is copied"),
        (SHIFT_LEFT, 1, "everything moves to the left"),
        (UPRIGHT, 2, "Each row of numbers adds up to 0"),
    ],
)
def test_challenges_can_be_solved(open_lab, kernel, number, praise):
    lab = open_lab()
    assert lab.solved() == []
    lab.choose("Choose a kernel", "zeros")
    lab.type_kernel(kernel)
    (solved,) = lab.solved()
    assert praise in solved
    assert lab.root.locator(".cl-challenge").nth(number).inner_text() == solved


@pytest.mark.sweep
def test_what_a_challenge_asks_for_is_what_happens(open_lab):
    python = KernelsLab(kernel=SHIFT_LEFT)
    assert np.array_equal(python.feature_map[:, :-1], python.image[:, 1:])
    assert np.array_equal(KernelsLab(kernel=IDENTITY).feature_map, python.image)
    level_edges = np.repeat(np.arange(20.0)[:, np.newaxis] ** 2 % 256, 9, axis=1)
    assert not KernelsLab(image=level_edges, kernel=UPRIGHT).feature_map.any()
    assert KernelsLab(image=level_edges.T, kernel=UPRIGHT).feature_map.any()
    # Wrong ways round, and nothing at all, do not count.
    wrong = [np.fliplr(SHIFT_LEFT), np.transpose(SHIFT_LEFT), np.transpose(UPRIGHT), np.zeros((3, 3)), KERNELS["edges"]]
    for kernel in wrong:
        lab = open_lab(kernel=kernel)
        for offset in ("1", "0"):
            lab.root.get_by_role("slider", name="Offset").fill(offset)
        assert lab.solved() == []


MEANINGS = [
    (IDENTITY, "sum", 0, "Each pixel is copied, so the photograph comes back as it is."),
    ([[0, 0, 0], [0, 5, 0], [0, 0, 0]], "sum", 0, "Each pixel is copied, so the photograph comes back as it is."),
    ([[0, 0, 0], [0, 5, 0], [0, 0, 0]], "nothing", 0, "even areas come out 5 times as bright."),
    (IDENTITY, "sum", 5, "Each pixel is copied, so the photograph comes back as it is. Then 5 is added."),
    (SHIFT_LEFT, "sum", 0, "a copy of the pixel 1 to the right. So the photograph moves: 1 left."),
    (np.pad([[1]], ((0, 4), (4, 0))), "nothing", 0, "2 above, 2 to the right. So the photograph moves: 2 down, 2 left"),
    (np.zeros((3, 3)), "sum", 9, "Every number is 0, so every result is 9."),
    (KERNELS["edges"], "sum", 0, "even areas give 0, and only changes show. Results below 0 are black here"),
    (KERNELS["edges"], "sum", 128, "even areas give 0, and only changes show. Then 128 is added."),
    (KERNELS["smoothing"], "sum", 0, "is divided by that: even areas keep their brightness. Each result is an average"),
    (KERNELS["smoothing"], "nothing", 0, "add up to 9, and nothing divides by it: even areas come out 9 times as"),
    (KERNELS["sharpen"], "sum", 0, "add up to 1: even areas keep their brightness. Some of them have the other sign"),
    (-KERNELS["smoothing"], "nothing", 0, "add up to -9, and nothing divides by it: even areas come out black."),
    ([[0, 0, 0], [0, -1, 0], [0, 0, 0]], "nothing", 255, "even areas fall below 0. Then 255 is added."),
    (-KERNELS["smoothing"], "sum", 0, "even areas keep their brightness. Each result is an average"),
]  # fmt: skip


@pytest.mark.in_turn("kernel", 4)
@pytest.mark.parametrize(("kernel", "divide", "offset", "words"), MEANINGS)
def test_the_lab_says_what_a_kernel_does(open_lab, kernel, divide, offset, words):
    lab = open_lab(kernel=kernel, divide=divide, offset=offset)
    meaning = lab.root.locator(".cl-kernels-meaning").inner_text()
    assert words in meaning
    assert ("other sign" in meaning) == ("other sign" in words)


def test_results_beyond_black_and_white_are_counted(open_lab):
    lab, results = open_lab(), KernelsLab().feature_map
    expect(lab.root.locator(".cl-pane").nth(1)).to_contain_text(
        f"Of 38,400 results, {(results < 0).sum():,} are below 0 and shown black, {(results > 255).sum():,} are above"
    )
    lab.choose("Choose a kernel", "smoothing")
    expect(lab.root.locator(".cl-pane").nth(1)).to_contain_text("Every result is between 0 (black) and 255 (white).")


# The page around it.


@pytest.mark.sweep
def test_the_lab_is_readable_by_everyone(open_lab, known):
    lab = open_lab()
    for size in ("3 x 3", "5 x 5"):
        lab.choose("Size", size)
        lab.settle()
        assert findings_in_every_look(lab.page, known=known) == []
    for width in (900, 320):
        lab.page.set_viewport_size({"width": width, "height": 800})
        photo, result = lab.photo.bounding_box(), lab.result.bounding_box()
        assert (photo["y"] < result["y"]) == (width == 320), "side by side, or one above the other where it is narrow"


def test_every_grey_can_be_read(open_lab):
    """The numbers on the pixels are black or white, with a contrast of at least 4.5 on any grey."""
    greys = np.arange(256).reshape(16, 16)
    lab = open_lab(image=greys, kernel=np.ones((5, 5)), page={"viewport": {"width": 600, "height": 800}})
    read = """cells => cells.map((cell) => {
      const { color, backgroundColor } = getComputedStyle(cell);
      return [color, backgroundColor, cell.textContent];
    })"""
    worst = 21.0
    for row in range(2, 16, 5):
        for column in range(2, 16, 5):
            box = lab.photo.bounding_box()
            across, down = (column + 0.5) / 16, (row + 0.5) / 16
            lab.page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
            cells = lab.grid("Patch").get_by_role("gridcell").evaluate_all(read)
            assert len(cells) == 25
            for text, paper, number in cells:
                worst = min(worst, contrast(brightness(text), brightness(paper)))
                assert brightness(paper) == pytest.approx((int(number) / 255 + 0.055) ** 2.4 / 1.055**2.4, abs=0.02)
    assert worst >= 4.5


def brightness(colour):
    """The relative luminance of a grey, as CSS writes it: rgb(0-255 ...) or color(srgb 0-1 ...)."""
    part = float(colour.split("(")[1].removeprefix("srgb ").split(",")[0].split(" ")[0])
    share = part if "srgb" in colour else part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrast(one, other):
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_without_javascript_the_photograph_and_the_numbers_are_there(open_labs):
    page = open_labs(KernelsLab(), java_script_enabled=False)
    assert page.get_by_role("img", name="The face of a tabby cat").is_visible()
    assert page.get_by_role("table", name="Kernel").get_by_role("cell", name="8", exact=True).is_visible()
