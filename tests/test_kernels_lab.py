"""KernelsLab: its Python half, and in a real browser what a reader does with it."""

import base64
import io
import struct
import zlib

import numpy as np
import pytest
import traitlets
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, PngImagePlugin
from playwright.sync_api import expect
from scipy import ndimage

from convnet_core.convolution import KERNELS
from convnet_core.labs import photograph
from convnet_core.labs.kernels import KernelsLab
from tests.labpage import LabOnPage, printed

SHIFT_LEFT = [[0, 0, 0], [0, 0, 1], [0, 0, 0]]
IDENTITY = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
UPRIGHT = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
RAMP = np.add.outer(np.arange(20.0), 3 * np.arange(30.0))  # (20, 30), all greys whole


def file_of(picture, kind="png", **options):
    """A Pillow picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def address(picture, **options):
    return photograph.address_of_file(file_of(picture, **options))


def png_head(width, height):
    """A PNG that ends after its header: large at the cost of 33 bytes."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


SMOOTH = Image.fromarray(np.add.outer(np.arange(400) / 4, np.arange(640) / 5).astype(np.uint8)).convert("RGB")
NOISE = Image.fromarray(np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8))

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
    kernel = np.zeros((3, 3))
    kernel[0] = 0.1, 0.2, -0.3
    assert kernel.sum() != 0
    assert KernelsLab(kernel=kernel).divisor == 1


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

# Counts what is unpacked and drawn; notes what is copied.
COUNT = """
window.counts = { decoded: 0, drawn: 0 };
const decode = window.createImageBitmap.bind(window);
window.createImageBitmap = (...args) => { window.counts.decoded += 1; return decode(...args); };
const put = CanvasRenderingContext2D.prototype.putImageData;
CanvasRenderingContext2D.prototype.putImageData = function (...args) { window.counts.drawn += 1; return put.apply(this, args); };
Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text; } } });
"""
GREYS = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return Array.from({ length: height }, (_, r) => Array.from({ length: width }, (_, c) => data[4 * (r * width + c)]));
}"""


class KernelsOnPage(LabOnPage):
    """The lab's own parts: two canvases, the slider, the ways in for a file."""

    def __init__(self, page):
        super().__init__(page, "kernels")
        self.photo, self.result = self.root.locator("canvas").nth(0), self.root.locator("canvas").nth(1)
        self.slider = self.root.get_by_label("Drag to change it")
        self.file = self.root.locator("input[type=file]")
        self.note = self.root.locator(".cl-photo-tools .cl-note")

    def settle(self):
        """Lets the photograph be unpacked and the next frame be drawn."""
        expect(self.root.locator(".cl-pane-mark").first).to_be_visible()
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def shown(self, canvas):
        self.settle()
        return np.array(canvas.evaluate(GREYS))

    def choose(self, label, option):
        self.root.get_by_label(label, exact=True).select_option(option)

    def type_kernel(self, kernel):
        """Number by number, as a reader does."""
        box = self.root.locator(".cl-kernels-editor input[type=number]")
        for row, line in enumerate(kernel):
            for column, value in enumerate(line):
                self.cell("Kernel", row, column).click()
                box.fill(str(value))

    def hand_over(self, data, name="holiday.png"):
        self.file.set_input_files({"name": name, "mimeType": "image/png", "buffer": data})

    def expect_size(self, width, height):
        expect(self.root.locator(".cl-pane .cl-caption").first).to_have_text(f"Your photograph, {width} x {height} pixels")


@pytest.fixture
def open_lab(open_labs):
    """`open_lab(**state)`: a page with the lab on it, drawn. `page=` takes options of `open_labs`."""

    def opened(page=None, **state):
        lab = KernelsOnPage(open_labs(KernelsLab(**state), init_script=COUNT, **(page or {})))
        lab.settle()
        return lab

    return opened


def on_screen(feature_map):
    return np.clip(np.rint(feature_map), 0, 255)


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
    ],
)
def test_the_screen_shows_what_python_computes(open_lab, state):
    lab, python = open_lab(**state), KernelsLab(**state)
    assert np.array_equal(lab.shown(lab.photo), python.image)
    assert np.array_equal(lab.shown(lab.result), on_screen(python.feature_map))
    assert lab.numbers("Patch") == printed(python.patch)
    assert lab.numbers("Products") == printed(python.patch * python.kernel)


def test_every_named_kernel_can_be_chosen(open_lab):
    lab = open_lab()
    names = lab.root.get_by_label("Kernel", exact=True).first.evaluate("menu => [...menu.options].map(o => o.value)")
    assert names == [*KernelsLab.presets["kernel"], "own"]
    for name in names[:-1]:
        lab.choose("Kernel", name)
        assert lab.numbers("Kernel") == printed(KernelsLab.presets["kernel"][name])
        assert np.array_equal(lab.shown(lab.result), on_screen(KernelsLab(kernel=KernelsLab.presets["kernel"][name]).feature_map))
    assert lab.solved() == [], "a menu must not solve a challenge"


def test_dragging_a_number_redraws_once_a_frame_and_is_undone_at_once(open_lab):
    lab = open_lab()
    lab.cell("Kernel", 0, 0).click()
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

    fast = "slider => { for (let i = 0; i < 50; i++) { slider.value = i / 5; slider.dispatchEvent(new Event('input')); } }"
    drawn = lab.page.evaluate("counts.drawn")
    lab.slider.evaluate(fast)
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
    lab.root.locator(".cl-kernels-editor input[type=number]").fill("100")
    lab.expect_status("a cell takes numbers from -99 to 99")
    assert lab.numbers("Kernel")[1][1] == "-2.5"


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
    expect(lab.frame).to_have_attribute("aria-label", "Row 3, column 4: 11 becomes 11. Arrow keys lead to other pixels, with Shift by 10.")
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.expect_status("Row 13, column 4:")
    lab.page.keyboard.press("ArrowUp")
    for _ in range(4):
        lab.page.keyboard.press("Shift+ArrowUp")
    lab.expect_status("Row 1, column 4:")  # the edge stops it
    lab.press("Reset")
    assert lab.numbers("Patch") == printed(KernelsLab(image=RAMP, row=2, column=2).patch)


@pytest.mark.parametrize(
    ("kernel", "number", "praise"),
    [(IDENTITY, 0, "each pixel is copied"), (SHIFT_LEFT, 1, "everything moves to the left"), (UPRIGHT, 2, "Each row of numbers adds up to 0")],
)
def test_challenges_can_be_solved(open_lab, kernel, number, praise):
    lab = open_lab()
    assert lab.solved() == []
    lab.choose("Kernel", "zeros")
    lab.type_kernel(kernel)
    (solved,) = lab.solved()
    assert praise in solved
    assert lab.root.locator(".cl-challenge").nth(number).inner_text() == solved


def test_what_a_challenge_asks_for_is_what_happens(open_lab):
    python = KernelsLab(kernel=SHIFT_LEFT)
    assert np.array_equal(python.feature_map[:, :-1], python.image[:, 1:])
    assert np.array_equal(KernelsLab(kernel=IDENTITY).feature_map, python.image)
    level_edges = np.repeat(np.arange(20.0)[:, np.newaxis] ** 2 % 256, 9, axis=1)
    assert not KernelsLab(image=level_edges, kernel=UPRIGHT).feature_map.any()
    assert KernelsLab(image=level_edges.T, kernel=UPRIGHT).feature_map.any()
    # Wrong ways round, and nothing at all, do not count.
    for kernel in (np.fliplr(SHIFT_LEFT), np.transpose(SHIFT_LEFT), np.transpose(UPRIGHT), np.zeros((3, 3)), KERNELS["edges"]):
        lab = open_lab(kernel=kernel)
        lab.slider.evaluate("slider => slider.dispatchEvent(new Event('input'))")
        lab.root.get_by_label("Offset").fill("1")
        lab.root.get_by_label("Offset").fill("0")
        assert lab.solved() == []


MEANINGS = [
    (IDENTITY, "sum", 0, "Each pixel is copied, so the photograph comes back as it is."),
    ([[0, 0, 0], [0, 5, 0], [0, 0, 0]], "sum", 0, "Each pixel is copied, so the photograph comes back as it is."),
    ([[0, 0, 0], [0, 5, 0], [0, 0, 0]], "nothing", 0, "even areas come out 5 times as bright."),
    (SHIFT_LEFT, "sum", 0, "a copy of the pixel 1 to the right. So the photograph moves: 1 left."),
    (np.pad([[1]], ((0, 4), (4, 0))), "nothing", 0, "the pixel 2 above, 2 to the right. So the photograph moves: 2 down, 2 left."),
    (np.zeros((3, 3)), "sum", 9, "Every number is 0, so every result is 9."),
    (KERNELS["edges"], "sum", 0, "even areas give 0, and only changes show. Results below 0 are black here"),
    (KERNELS["edges"], "sum", 128, "even areas give 0, and only changes show. Then 128 is added."),
    (KERNELS["smoothing"], "sum", 0, "add up to 9, and each result is divided by that: even areas keep their brightness. Each result is an average"),
    (KERNELS["smoothing"], "nothing", 0, "add up to 9, and nothing divides by it: even areas come out 9 times as bright."),
    (KERNELS["sharpen"], "sum", 0, "add up to 1: even areas keep their brightness. Some numbers pull the other way"),
    (-KERNELS["smoothing"], "nothing", 0, "add up to -9, and nothing divides by it: even areas come out below 0."),
    (-KERNELS["smoothing"], "sum", 0, "even areas keep their brightness. Each result is an average"),
]  # fmt: skip


@pytest.mark.parametrize(("kernel", "divide", "offset", "words"), MEANINGS)
def test_the_lab_says_what_a_kernel_does(open_lab, kernel, divide, offset, words):
    lab = open_lab(kernel=kernel, divide=divide, offset=offset)
    expect(lab.root.locator(".cl-kernels-meaning")).to_contain_text(words)


def test_results_beyond_black_and_white_are_counted(open_lab):
    lab, results = open_lab(), KernelsLab().feature_map
    expect(lab.root.locator(".cl-pane").nth(1)).to_contain_text(
        f"Of 38,400 results, {(results < 0).sum():,} are below 0 and shown black, {(results > 255).sum():,} are above 255"
    )
    lab.choose("Kernel", "smoothing")
    expect(lab.root.locator(".cl-pane").nth(1)).to_contain_text("Every result is between 0 (black) and 255 (white).")


# The reader's own photograph.


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


TURNED = SMOOTH.rotate(90, expand=True)  # what a phone stores upright, with a note how to turn it
FILES = {
    "png": (file_of(SMOOTH), (256, 160), SMOOTH),
    "jpeg": (file_of(SMOOTH, "jpeg", quality=95), (256, 160), SMOOTH),
    "progressive jpeg": (file_of(SMOOTH, "jpeg", quality=95, progressive=True), (256, 160), SMOOTH),
    "turned jpeg": (file_of(TURNED, "jpeg", quality=95, exif=exif(6)), (256, 160), SMOOTH),
    "gif": (file_of(SMOOTH.convert("L"), "gif"), (256, 160), SMOOTH),
    "first frame of a gif": (file_of(SMOOTH.convert("L"), "gif", save_all=True, append_images=[Image.new("L", SMOOTH.size)]), (256, 160), SMOOTH),
    "webp": (file_of(SMOOTH, "webp", quality=95), (256, 160), SMOOTH),
    "lossless webp": (file_of(SMOOTH, "webp", lossless=True), (256, 160), SMOOTH),
    "webp with opacity": (file_of(SMOOTH.convert("RGBA"), "webp", exif=exif(1)), (256, 160), SMOOTH),
    "see-through png": (file_of(Image.new("RGBA", (30, 20), (0, 0, 0, 0))), (30, 20), Image.new("L", (30, 20), 255)),
    "thin": (file_of(Image.new("L", (2000, 2), 77)), (256, 1), Image.new("L", (2000, 2), 77)),
    "one pixel": (file_of(Image.new("L", (1, 1), 77)), (1, 1), Image.new("L", (1, 1), 77)),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_photograph_of_ones_own(open_lab, name):
    data, size, picture = FILES[name]
    lab = open_lab()
    lab.hand_over(data, name)
    lab.expect_status(f"{name} is here:", "in greys")
    lab.expect_size(*size)
    shown = lab.shown(lab.photo)
    wanted = np.asarray(picture.convert("L").resize(size, Image.Resampling.BOX), dtype=float)
    assert shown.shape == wanted.shape
    assert np.abs(shown - wanted).mean() < 2
    expect(lab.note).to_contain_text("A copied link leaves it out")


def test_colours_become_grey_as_in_python(open_lab):
    """Pixel by pixel, so that Python's image is the one on the screen."""
    lab = open_lab(photo=address(NOISE))
    assert np.array_equal(lab.shown(lab.photo), KernelsLab(photo=address(NOISE)).image)
    lab.hand_over(file_of(NOISE))
    lab.expect_size(80, 60)
    assert np.array_equal(lab.shown(lab.photo), np.asarray(NOISE.convert("L")))


BAD_FILES = {
    "empty": (b"", "is empty."),
    "text": (b"hello", "is not a picture that this page can read. Take a PNG, JPEG, GIF or WebP."),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>', "is an SVG drawing"),
    "svg with a script": (b"<svg onload=\"document.title='run'\"></svg>", "is an SVG drawing"),
    "bmp": (file_of(NOISE, "bmp"), "is not a picture that this page can read"),
    "100 megapixels": (png_head(10_000, 10_000), "has 10000 x 10000 pixels; this page takes at most 40 million in all."),
    "more than the world": (png_head(2**31 - 1, 2**31 - 1), "has 2147483647 x 2147483647 pixels"),
    "no width": (png_head(0, 10), "starts like a PNG picture, but it is damaged."),
    "png, header alone": (png_head(10, 10), "starts like a PNG picture, but it is damaged."),
    "cut png": (file_of(NOISE)[:5000], "starts like a PNG picture, but it is damaged."),
    "cut jpeg": (file_of(SMOOTH, "jpeg")[:5000], "starts like a JPEG picture, but it is damaged."),
    "jpeg, three bytes": (b"\xff\xd8\xff", "starts like a JPEG picture, but it is damaged."),
    "jpeg without end": (b"\xff\xd8" + b"\xff" * 5000, "starts like a JPEG picture, but it is damaged."),
    "jpeg of zeros": (b"\xff\xd8\xff" + bytes(5000), "starts like a JPEG picture, but it is damaged."),
    "cut gif": (file_of(NOISE.convert("P"), "gif")[:1000], "starts like a GIF picture, but it is damaged."),
    "cut webp": (file_of(NOISE, "webp")[:300], "starts like a WebP picture, but it is damaged."),
    "odd webp": (b"RIFF....WEBPVP9 " + bytes(50), "starts like a WebP picture, but it is damaged."),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_and_the_photograph_stays(open_lab, name):
    data, words = BAD_FILES[name]
    lab = open_lab()
    before = lab.shown(lab.photo)
    lab.hand_over(data, "<b>odd</b>.png")
    lab.expect_status("“<b>odd</b>.png”", words, "The photograph stays as it was.")
    assert np.array_equal(lab.shown(lab.photo), before)
    lab.choose("Kernel", "emboss")  # and the lab goes on
    assert np.array_equal(lab.shown(lab.result), on_screen(KernelsLab(kernel=KERNELS["emboss"]).feature_map))


def test_what_is_too_large_is_not_even_unpacked(open_lab, tmp_path):
    lab = open_lab()
    decoded = lab.page.evaluate("counts.decoded")
    lab.hand_over(png_head(10_000, 10_000))
    lab.expect_status("10000 x 10000")
    heavy = tmp_path / "heavy.png"
    heavy.write_bytes(file_of(NOISE) + bytes(25_000_000))
    lab.file.set_input_files(heavy)
    lab.expect_status("has 25 million bytes; this page takes at most 25.")
    assert lab.page.evaluate("counts.decoded") == decoded


SEND = """(room, { type, name, data, address }) => {
  const transfer = new DataTransfer();
  const bytes = data && Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  if (bytes) transfer.items.add(new File([bytes], name, { type: "image/png" }));
  if (address) transfer.setData("text/uri-list", address);
  const given = type === "paste" ? { clipboardData: transfer } : { dataTransfer: transfer };
  const Kind = type === "paste" ? ClipboardEvent : DragEvent;
  const event = new Kind(type, { bubbles: true, cancelable: true, ...given });
  room.dispatchEvent(event);
  return event.defaultPrevented;
}"""


@pytest.mark.parametrize("type", ["drop", "paste"])
def test_a_photograph_can_be_dropped_and_pasted(open_lab, type):
    lab = open_lab()
    data = base64.b64encode(file_of(NOISE)).decode()
    if type == "drop":
        assert lab.frame.evaluate(SEND, {"type": "dragover", "name": "cat.png", "data": data})
        expect(lab.root).to_have_class("cl-lab is-drop")
    assert lab.frame.evaluate(SEND, {"type": type, "name": "cat.png", "data": data})
    lab.expect_status("cat.png is here: 80 x 60 pixels, in greys.")
    expect(lab.root).to_have_class("cl-lab")
    lab.expect_size(80, 60)
    assert lab.frame.evaluate(SEND, {"type": type, "name": "cat.png", "data": base64.b64encode(b"text").decode()})
    lab.expect_status("is not a picture that this page can read")


def test_a_link_to_a_picture_is_not_followed(open_lab):
    lab = open_lab()
    assert lab.frame.evaluate(SEND, {"type": "drop", "address": "https://example.org/cat.png"})
    lab.expect_status("This page loads nothing from elsewhere")
    assert not lab.frame.evaluate(SEND, {"type": "paste"}), "pasting text is none of the lab's business"
    assert lab.page.record.elsewhere("file:") == []


def test_of_two_files_the_later_one_counts(open_lab):
    lab = open_lab()
    # The first file takes its time.
    lab.page.evaluate("""() => {
      const read = File.prototype.arrayBuffer;
      File.prototype.arrayBuffer = async function () { if (this.name === "slow") await new Promise((go) => setTimeout(go, 300)); return read.call(this); };
    }""")
    lab.hand_over(file_of(SMOOTH), "slow")
    lab.hand_over(file_of(NOISE), "quick")
    lab.expect_size(80, 60)
    lab.page.wait_for_timeout(500)
    lab.expect_size(80, 60)
    lab.expect_status("quick is here")


def test_back_to_the_first_photograph_and_undo(open_lab):
    lab = open_lab()
    expect(lab.button("Back to the first photograph")).to_be_hidden()
    lab.hand_over(file_of(NOISE))
    lab.expect_size(80, 60)
    lab.press("Back to the first photograph")
    assert np.array_equal(lab.shown(lab.photo), KernelsLab().image)
    lab.press("Undo")
    lab.expect_size(80, 60)
    lab.press("Undo")
    expect(lab.root.locator(".cl-pane .cl-caption").first).to_have_text("Chelsea the cat, 240 x 160 pixels")


def test_a_reload_keeps_photograph_and_kernel_but_a_link_has_the_kernel_only(open_lab, new_page):
    lab = open_lab()
    lab.choose("Kernel", "emboss")
    lab.hand_over(file_of(NOISE))
    lab.expect_size(80, 60)
    lab.press("Copy link")
    lab.expect_status("Link copied.", "Only your photograph is left out.")
    link = lab.page.evaluate("window.copied")
    assert len(link) < 500
    lab.page.reload()
    lab.expect_size(80, 60)
    assert np.array_equal(lab.shown(lab.photo), np.asarray(NOISE.convert("L")))
    assert lab.numbers("Kernel") == printed(KERNELS["emboss"])

    page = new_page()
    page.goto(link)
    other = KernelsOnPage(page)
    other.settle()
    assert other.numbers("Kernel") == printed(KERNELS["emboss"])
    assert np.array_equal(other.shown(other.photo), KernelsLab().image)


def test_a_damaged_photograph_in_a_link_is_refused_and_the_last_good_one_stays(open_lab):
    lab = open_lab()
    damaged = photograph.address_of_file(file_of(NOISE)[:3000])
    for photo in (damaged, photograph.address_of_file(png_head(10_000, 10_000))):
        lab.page.evaluate(
            "photo => { location.hash = '#lab-kernels=' + btoa(JSON.stringify({ photo })).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''); }",
            photo,
        )
        lab.expect_status("This photograph can't be shown: its data is damaged. The last good one stays.")
        assert np.array_equal(lab.shown(lab.photo), KernelsLab().image)
        assert np.array_equal(lab.shown(lab.result), on_screen(KernelsLab().feature_map))
        lab.choose("Kernel", "sharpen")
        lab.expect_status("Another kernel.")


# The page around it.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 900])
def test_the_lab_is_readable_by_everyone(open_lab, scheme, width):
    lab = open_lab(page={"color_scheme": scheme, "viewport": {"width": width, "height": 800}})
    assert lab.root.get_attribute("data-theme") == scheme
    for size in ("3 x 3", "5 x 5"):
        lab.choose("Size", size)
        lab.settle()
        assert [rule["id"] for rule in Axe().run(lab.page).response["violations"]] == []
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
    photo, result = lab.photo.bounding_box(), lab.result.bounding_box()
    assert (photo["y"] < result["y"]) == (width == 320), "side by side, or one above the other where it is narrow"


def test_every_grey_can_be_read(open_lab):
    """The numbers on the pixels are black or white, with a contrast of at least 4.5 on any grey."""
    greys = np.arange(256).reshape(16, 16)
    lab = open_lab(image=greys, kernel=np.ones((5, 5)), page={"viewport": {"width": 600, "height": 800}})
    read = "cell => { const style = getComputedStyle(cell); return [style.color, style.backgroundColor, cell.textContent]; }"
    worst = 21.0
    for row in range(2, 16, 5):
        for column in range(2, 16, 5):
            box = lab.photo.bounding_box()
            lab.page.mouse.move(box["x"] + box["width"] * (column + 0.5) / 16, box["y"] + box["height"] * (row + 0.5) / 16)
            for cell in lab.grid("Patch").get_by_role("gridcell").all():
                text, paper, number = cell.evaluate(read)
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


def test_nothing_is_asked_of_another_host(open_lab):
    lab = open_lab()
    lab.hand_over(file_of(NOISE))
    lab.expect_size(80, 60)
    assert lab.page.record.elsewhere("file:") == []
