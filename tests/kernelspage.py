"""KernelsLab on a page, as its tests use it, and picture files to hand to it."""

import base64
import io
import struct
import zlib

import numpy as np
from PIL import Image
from playwright.sync_api import expect

from convnet_core.labs.kit import photograph
from tests.labpage import LabOnPage


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

# Counts what is unpacked and drawn; notes what is copied.
COUNT = """
window.counts = { decoded: 0, drawn: 0 };
const decode = window.createImageBitmap.bind(window);
window.createImageBitmap = (...args) => { window.counts.decoded += 1; return decode(...args); };
const put = CanvasRenderingContext2D.prototype.putImageData;
CanvasRenderingContext2D.prototype.putImageData = function (...args) {
  window.counts.drawn += 1;
  return put.apply(this, args);
};
Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text; } } });
"""
GREYS = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const greys = Array.from(data.filter((_, at) => at % 4 === 0), (grey) => String.fromCharCode(grey));
  return [height, width, btoa(greys.join(""))];
}"""  # as text: Playwright would wrap every number


class KernelsOnPage(LabOnPage):
    """The lab's own parts: two canvases, the slider, the ways in for a file."""

    def __init__(self, page):
        super().__init__(page, "kernels")
        self.photo, self.result = self.root.locator("canvas").nth(0), self.root.locator("canvas").nth(1)
        self.caption = self.root.locator(".cl-pane .cl-caption").first
        self.slider = self.root.get_by_role("slider", name="by slider")
        self.file = self.root.locator("input[type=file]")
        self.note = self.root.locator(".cl-photo-tools .cl-note")

    def settle(self):
        """Lets the photograph be unpacked and the next frame be drawn."""
        expect(self.root.locator(".cl-pane-mark").first).to_be_visible()
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def shown(self, canvas):
        self.settle()
        height, width, greys = canvas.evaluate(GREYS)
        return np.frombuffer(base64.b64decode(greys), dtype=np.uint8).reshape(height, width).astype(int)

    def menu(self, label):
        return self.root.get_by_role("combobox", name=label, exact=True)

    def choose(self, label, option):
        self.menu(label).select_option(option)

    def type_kernel(self, kernel):
        """Number by number, as a reader does."""
        box = self.root.locator(".cl-kernels-editor input[type=text]")
        for row, line in enumerate(kernel):
            for column, value in enumerate(line):
                self.cell("Kernel", row, column).click()
                box.fill(str(value))

    def hand_over(self, data, name="holiday.png"):
        self.file.set_input_files({"name": name, "mimeType": "image/png", "buffer": data})

    def expect_size(self, width, height):
        expect(self.caption).to_have_text(f"Your photograph, {width} x {height} pixels")


def settled(page):
    """The lab of that page, drawn."""
    lab = KernelsOnPage(page)
    lab.settle()
    return lab


def on_screen(feature_map):
    """What a screen can show of it: whole greys from 0 to 255."""
    return np.clip(np.floor(feature_map + 0.5), 0, 255)
