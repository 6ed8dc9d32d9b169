"""A reader's own photograph in KernelsLab: what is welcome, what is refused, and that it goes nowhere else."""

import base64

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from convnet_core.filtering import KERNELS
from convnet_core.labs.filtering.lab import FilteringLab
from convnet_core.labs.kernels.lab import KernelsLab
from convnet_core.labs.kit import photograph
from convnet_core.labs.pixels.lab import PixelsLab
from tests.kernelspage import (
    COUNT,
    NOISE,
    SMOOTH,
    KernelsOnPage,
    address,
    file_of,
    on_screen,
    png_head,
    settled,
)
from tests.labpage import kernel_state, opener, printed

pytestmark = pytest.mark.sweep

open_lab = opener(KernelsLab, settled, init_script=COUNT)


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


BLACK = Image.new("L", SMOOTH.size)
TURNED = SMOOTH.rotate(90, expand=True)  # what a phone stores upright, with a note how to turn it
FILES = {
    "png": (file_of(SMOOTH), (256, 160), SMOOTH),
    "jpeg": (file_of(SMOOTH, "jpeg", quality=95), (256, 160), SMOOTH),
    "progressive jpeg": (file_of(SMOOTH, "jpeg", quality=95, progressive=True), (256, 160), SMOOTH),
    "turned jpeg": (file_of(TURNED, "jpeg", quality=95, exif=exif(6)), (256, 160), SMOOTH),
    "gif": (file_of(SMOOTH.convert("L"), "gif"), (256, 160), SMOOTH),
    "moving gif": (file_of(SMOOTH.convert("L"), "gif", save_all=True, append_images=[BLACK]), (256, 160), SMOOTH),
    "webp": (file_of(SMOOTH, "webp", quality=95), (256, 160), SMOOTH),
    "lossless webp": (file_of(SMOOTH, "webp", lossless=True), (256, 160), SMOOTH),
    "webp with opacity": (file_of(SMOOTH.convert("RGBA"), "webp", exif=exif(1)), (256, 160), SMOOTH),
    "see-through png": (file_of(Image.new("RGBA", (30, 20), (0, 0, 0, 0))), (30, 20), Image.new("L", (30, 20), 255)),
    "thin": (file_of(Image.new("L", (2000, 2), 77)), (256, 1), Image.new("L", (2000, 2), 77)),
    "one pixel": (file_of(Image.new("L", (1, 1), 77)), (1, 1), Image.new("L", (1, 1), 77)),
}  # fmt: skip


SMALL_JPEG = file_of(SMOOTH, "jpeg", quality=95)
TABLES = SMALL_JPEG.index(b"\xff\xdb")  # where a segment starts
FRAME = SMALL_JPEG.index(b"\xff\xc0")
SMALL_GIF = file_of(SMOOTH.convert("L"), "gif")
LENIENT = {
    "jpeg, a zero byte between segments": SMALL_JPEG[:TABLES] + b"\0" + SMALL_JPEG[TABLES:],
    "jpeg, zeros before the frame": SMALL_JPEG[:FRAME] + bytes(7) + SMALL_JPEG[FRAME:],
    "jpeg, fill bytes": SMALL_JPEG[:TABLES] + b"\xff\xff\xff" + SMALL_JPEG[TABLES:],
    "jpeg, other bytes": SMALL_JPEG[:FRAME] + b"hello" + SMALL_JPEG[FRAME:],
    "jpeg, a marker alone": SMALL_JPEG[:FRAME] + b"\xff\xd0" + SMALL_JPEG[FRAME:],
    "jpeg, a stuffed zero": SMALL_JPEG[:FRAME] + b"\xff\0" + SMALL_JPEG[FRAME:],
    "gif, a screen of no size": SMALL_GIF[:6] + bytes(4) + SMALL_GIF[10:],
    "gif, too small a screen": SMALL_GIF[:6] + b"\5\0\5\0" + SMALL_GIF[10:],
}


def test_what_browsers_forgive_a_file_is_forgiven(open_lab):
    lab = open_lab()
    for name, data in LENIENT.items():
        lab.hand_over(data, name)
        lab.expect_status(f"{name} is here: 640 x 400 pixels, shrunk to 256 x 160, in greys.")


def test_a_gif_is_as_large_as_its_first_frame(open_lab):
    """Else a screen of one pixel would bring any frame past the limit."""
    lab = open_lab()
    frame = SMALL_GIF.index(b",", 13 + 3 * 256)
    large = SMALL_GIF[:6] + b"\1\0\1\0" + SMALL_GIF[10 : frame + 5] + b"\xff\xff\xff\xff" + SMALL_GIF[frame + 9 :]
    lab.hand_over(large, "large.gif")
    lab.expect_status("has 65535 x 65535 pixels; this page takes at most 40 million in all.")


def test_a_photograph_of_ones_own(open_lab):
    lab = open_lab()
    for name, (data, size, picture) in FILES.items():
        lab.hand_over(data, name)
        lab.expect_status(f"{name} is here:", "in greys")
        lab.expect_size(*size)
        shown = lab.shown(lab.photo)
        wanted = np.asarray(picture.convert("L").resize(size, Image.Resampling.BOX), dtype=float)
        assert shown.shape == wanted.shape, name
        assert np.abs(shown - wanted).mean() < 2, name
        expect(lab.note).to_contain_text("A copied link leaves it out")
        assert lab.file.input_value() == "", "else a browser does not tell of the same file again"


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
    "100 megapixels": (
        png_head(10_000, 10_000),
        "has 10000 x 10000 pixels; this page takes at most 40 million in all.",
    ),
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


def test_a_bad_file_is_refused_and_the_photograph_stays(open_lab):
    lab = open_lab()
    before = lab.shown(lab.photo)
    for name, (data, words) in BAD_FILES.items():
        lab.hand_over(data, f"<b>{name}</b>.png")
        lab.expect_status(f"“<b>{name}</b>.png”", words, "The photograph stays as it was.")
        assert lab.note.inner_text() == lab.status, "the reader looks at the button, not at the status line below"
        assert np.array_equal(lab.shown(lab.photo), before), name
    lab.choose("Choose a kernel", "emboss")  # and the lab goes on
    assert np.array_equal(lab.shown(lab.result), on_screen(KernelsLab(kernel=KERNELS["emboss"]).feature_map))
    lab.hand_over(file_of(NOISE))
    expect(lab.note).to_contain_text("A copied link leaves it out")


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


@pytest.mark.in_turn("type", 2)
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


PASTE = """(field, { text, data }) => {
  const transfer = new DataTransfer();
  if (text) transfer.setData("text/plain", text);
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  transfer.items.add(new File([bytes], "cells.png", { type: "image/png" }));
  const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: transfer });
  field.dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_what_a_spreadsheet_copies_is_pasted_into_a_box_as_text(open_lab):
    """Text and a picture of it lie on the clipboard: in a box the text counts, elsewhere the picture."""
    lab = open_lab()
    data = base64.b64encode(file_of(NOISE)).decode()
    box = lab.root.locator(".cl-kernels-editor input[type=text]")
    assert not box.evaluate(PASTE, {"text": "0.5", "data": data}), "the browser puts the text into the box"
    expect(lab.caption).to_have_text("Chelsea the cat, 240 x 160 pixels")
    assert lab.slider.evaluate(PASTE, {"text": "0.5", "data": data}), "a slider takes no text"
    lab.expect_size(80, 60)
    lab.press("Back to the first photograph")
    assert box.evaluate(PASTE, {"data": data}), "a picture alone is nothing for a box"
    lab.expect_size(80, 60)


def test_a_file_dropped_beside_the_lab_does_not_take_the_place_of_the_page(open_labs):
    page = open_labs(KernelsLab(), PixelsLab(), FilteringLab())
    data = base64.b64encode(file_of(NOISE)).decode()
    drops = [{"name": "cat.png", "data": data}, {"address": "https://example.org/cat.png"}]
    for place in ("h1", "body", "#lab-filtering .cl-stage"):
        for dropped in drops:
            for type in ("dragover", "drop"):
                assert page.locator(place).evaluate(SEND, {"type": type, **dropped}), (place, type)
        said = page.get_by_text("Drop a photograph on the lab itself").all()
        assert {one.evaluate("one => one.closest('.convnet-lab').id") for one in said} == {"lab-kernels"}, "one speaks"
    box = page.locator("#lab-filtering .cl-number").first
    assert not box.evaluate(SEND, {"type": "drop", "address": "https://example.org"}), "a text field takes a link"
    assert box.evaluate(SEND, {"type": "drop", **drops[0]}), "and no file"
    assert not page.locator("h1").evaluate(SEND, {"type": "drop"}), "text alone does no harm"


def test_beside_a_kernel_the_page_keeps_its_drops(open_lab):
    """JupyterLab takes a file that is dropped on its list of files."""
    lab = open_lab()
    lab.page.evaluate(
        """(state) => {
          const place = document.querySelector(".convnet-lab-live");
          const listen = document.addEventListener;
          window.heard = [];
          document.addEventListener = (type, ...rest) => { heard.push(type); listen.call(document, type, ...rest); };
          const model = new convnetLabs['kit/host'].PageModel(state);
          convnetLabs['kernels/lab'].default.render({ model, el: place });
        }""",
        kernel_state(KernelsLab()),
    )
    assert not {"drop", "dragover"} & set(lab.page.evaluate("heard"))


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
      File.prototype.arrayBuffer = async function () {
        if (this.name === "slow") await new Promise((go) => setTimeout(go, 300));
        return read.call(this);
      };
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
    expect(lab.caption).to_have_text("Chelsea the cat, 240 x 160 pixels")


def test_a_reload_keeps_photograph_and_kernel_but_a_link_has_the_kernel_only(open_lab, new_page):
    lab = open_lab()
    lab.choose("Choose a kernel", "emboss")
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
    too_wide = photograph.address_of_file(file_of(NOISE.convert("1").resize((257, 9))))
    for photo in (damaged, too_wide):
        lab.page.evaluate(
            "photo => { location.hash = '#lab-kernels=' + convnetLabs['kit/link'].encode({ photo }); }",
            photo,
        )
        lab.expect_status("This photograph can't be shown: its data is damaged. The last good one stays.")
        assert np.array_equal(lab.shown(lab.photo), KernelsLab().image)
        assert np.array_equal(lab.shown(lab.result), on_screen(KernelsLab().feature_map))
        expect(lab.button("Back to the first photograph")).to_be_hidden()  # it is the one of the state again
        lab.choose("Choose a kernel", "sharpen")
        lab.expect_status("Another kernel.")


def test_nothing_is_asked_of_another_host(open_lab):
    lab = open_lab()
    lab.hand_over(file_of(NOISE))
    lab.expect_size(80, 60)
    assert lab.page.record.elsewhere("file:") == []


def test_beside_a_kernel_python_sends_and_gets_photographs(open_lab):
    lab = open_lab()
    python = KernelsLab(kernel=KERNELS["sharpen"])
    lab.page.evaluate(
        """(state) => {
          window.model = new convnetLabs['kit/host'].PageModel(state); // without a page: as a kernel's front end has it
          convnetLabs['kernels/lab'].default.render({ model, el: document.querySelector(".convnet-lab-live") });
        }""",
        kernel_state(python),
    )
    expect(lab.note).to_contain_text("It goes to your Python kernel and nowhere else.")
    python.image = np.asarray(NOISE.convert("L"))
    lab.page.evaluate("photo => model.set('photo', photo)", python.photo)
    lab.expect_size(80, 60)
    assert np.array_equal(lab.shown(lab.photo), python.image)
    assert np.array_equal(lab.shown(lab.result), on_screen(python.feature_map))

    lab.hand_over(file_of(SMOOTH))
    lab.expect_size(256, 160)
    expect(lab.note).to_contain_text("in your Python kernel")
    python.photo = lab.page.evaluate("model.get('photo')")
    assert np.array_equal(python.image, lab.shown(lab.photo))
    lab.press("Copy as Python")
    lab.expect_status("Copied.", "Only your photograph is left out.")
    assert lab.page.evaluate("copied") == "KernelsLab(kernel=[[0,-1,0],[-1,5,-1],[0,-1,0]])"


# Browsers that falsify what a canvas gives back.

FALSIFY = """
const read = CanvasRenderingContext2D.prototype.getImageData;
CanvasRenderingContext2D.prototype.getImageData = function (...args) {
  const image = read.apply(this, args);
  for (let at = 0; at < image.data.length; at += 4 * %(every)d) image.data[at] ^= %(bits)d;
  return image;
};
const address = HTMLCanvasElement.prototype.toDataURL;
HTMLCanvasElement.prototype.toDataURL = function (...args) {
  const context = this.getContext("2d");
  context.putImageData(context.getImageData(0, 0, this.width, this.height), 0, 0);
  return address.apply(this, args);
};
"""
MUCH, LITTLE = FALSIFY % {"every": 1, "bits": 200}, FALSIFY % {"every": 97, "bits": 1}
READ = "async (address) => Array.from((await convnetLabs['kit/photo'].photographOf(address)).colours)"


@pytest.mark.in_turn("lab", 2)
@pytest.mark.parametrize("lab", [KernelsLab(), PixelsLab()], ids=lambda lab: lab.name)
def test_where_a_canvas_falsifies_much_the_lab_says_so_keeps_true_numbers_and_takes_no_photograph(open_labs, lab):
    page = open_labs(lab, init_script=MUCH)
    note = page.locator(".cl-photo-tools .cl-note")
    expect(note).to_contain_text("This browser gives a page other colours than it painted")
    expect(note).to_contain_text("Allow this page to read canvas data, or open it in another browser.")
    true = colours_in_python(lab.photo)
    assert np.array_equal(colours_in_page(page, lab.photo), true)
    file = {"name": "own.png", "mimeType": "image/png", "buffer": file_of(NOISE)}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("status")).to_contain_text("the numbers of your own photograph would be wrong")
    expect(page.get_by_role("button", name="Back to the first photograph")).to_be_hidden()


def test_where_a_canvas_falsifies_a_little_the_photograph_is_the_falsified_one_and_the_lab_says_so(open_labs):
    page = open_labs(KernelsLab(), init_script=LITTLE)
    lab = KernelsOnPage(page)
    expect(lab.note).to_contain_text("This browser changes colours that a page reads by a little")
    lab.hand_over(file_of(NOISE))
    lab.expect_size(80, 60)
    expect(lab.note).to_contain_text("will be those of the changed picture")


def test_where_a_canvas_tells_the_truth_nothing_is_said_of_it(open_lab):
    lab = open_lab()
    expect(lab.note).not_to_contain_text("This browser")
    assert lab.page.evaluate("convnetLabs['kit/photo'].canvasError()") == 0


def colours_in_page(page, photo):
    return np.array(page.evaluate(READ, photo)).reshape(-1, 4)[:, :3]


def colours_in_python(photo):
    return photograph.colours_of(photo).reshape(3, -1).T


SEE_THROUGH = NOISE.copy().convert("RGBA")
SEE_THROUGH.putalpha(Image.linear_gradient("L").resize(NOISE.size))
KINDS = {
    "colours": address(NOISE),
    "greys": address(NOISE.convert("L")),
    "black and white": address(NOISE.convert("1")),
    "palette": address(NOISE.convert("P")),
    "palette of 16": address(NOISE.quantize(16)),
    "palette of 4": address(NOISE.quantize(4), bits=2),
    "palette of 2": address(NOISE.quantize(2), bits=1),
    "palette with a clear colour": address(NOISE.quantize(16), transparency=3),
    "one clear grey": address(NOISE.convert("L"), transparency=100),
    "one clear colour": address(NOISE, transparency=NOISE.getpixel((5, 5))),
    "see-through": address(SEE_THROUGH),
    "see-through greys": address(SEE_THROUGH.convert("LA")),
    "one pixel": address(NOISE.crop((0, 0, 1, 1))),
    "three columns": address(NOISE.convert("1").crop((0, 0, 3, 60))),
}
NEARLY = ("see-through", "see-through greys")  # mixed with white, which Pillow rounds in its own way


def test_a_png_is_unpacked_as_in_python_whatever_the_canvas_says(open_labs):
    page = open_labs(KernelsLab(), init_script=MUCH)
    for name, photo in KINDS.items():
        there, here = colours_in_page(page, photo), colours_in_python(photo)
        assert np.abs(there - here).max() <= (1 if name in NEARLY else 0), name


def test_a_canvas_unpacks_what_is_rare(open_lab):
    """16 bits for each colour, and old browsers."""
    page = open_lab().page
    page.evaluate("delete window.DecompressionStream")
    assert np.array_equal(colours_in_page(page, KINDS["colours"]), colours_in_python(KINDS["colours"]))
