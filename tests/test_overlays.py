"""What lies on a grid or on a picture covers what it says it covers: frames and marks, on any page, at any zoom."""

import pytest

from convnet_core.pictures import FACE
from tests.labpage import LabOnPage, all_labs

LABS = all_labs()
FRAMED = {  # labs that frame cells, in a state in which they do, and the cell to point at for that
    "filtering": ({"row": 6, "column": 6}, None),
    "convolution": ({"image": FACE, "padding": 2, "stride": 3}, None),
    "pooling": ({"row": 3, "column": 3}, None),
    "pictures": ({"piece": "cross"}, None),
    "relu": ({"compare": True, "row": 6, "column": 6}, None),
    "playground": ({}, ("Backslash map pooled", 3, 2)),
}
# A page at 200 % is one of half as many CSS pixels, each twice as large.
PAGES = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "390": {"viewport": {"width": 390, "height": 844}},
    "320": {"viewport": {"width": 320, "height": 700}},
    "200 %": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
}
NEAR = 1.5  # pixels: a grid has a border of one, which a frame covers

# How far each edge of each shown frame lies from the cells that it goes around; the frame, in words.
FRAMES = """() => [...document.querySelectorAll(".cl-frame:not([hidden])")].map((frame) => {
  const [row, column, height, width] = ["row", "column", "height", "width"]
    .map((side) => Number(frame.style.getPropertyValue(`--${side}`)));
  const cell = (r, c) => frame.parentElement.querySelector(`[data-row="${r}"][data-column="${c}"]`);
  const [first, last] = [cell(row, column), cell(row + height - 1, column + width - 1)]
    .map((it) => it.getBoundingClientRect());
  const box = frame.getBoundingClientRect();
  const off = [box.left - first.left, box.top - first.top, box.right - last.right, box.bottom - last.bottom];
  const name = frame.parentElement.firstElementChild.getAttribute("aria-label");
  return [`${name}: ${frame.style.cssText}`, Math.max(...off.map(Math.abs))];
})"""

# The same for the middle of each mark on a picture, against the pixels that it stands for, and for the picture's box.
MARKS = """() => [...document.querySelectorAll(".cl-pane-mark:not([hidden])")].map((mark) => {
  const canvas = mark.parentElement.querySelector("canvas");
  const [box, picture] = [mark, canvas].map((it) => it.getBoundingClientRect());
  const at = (side) => Number(mark.style.getPropertyValue(`--${side}`));
  const across = (box.left + box.right) / 2 - (picture.left + at("x") * picture.width);
  const down = (box.top + box.bottom) / 2 - (picture.top + at("y") * picture.height);
  return [canvas.getAttribute("aria-label"), Math.max(Math.abs(across), Math.abs(down))];
})"""


@pytest.mark.in_turn("name", 3)
@pytest.mark.parametrize("name", FRAMED)
@pytest.mark.parametrize("view", PAGES)
def test_a_frame_goes_around_its_cells(name, view, open_labs):
    state, cell = FRAMED[name]
    lab = LabOnPage(open_labs(LABS[name](**state), **PAGES[view]), name)
    if cell:
        lab.cell(*cell).focus()
    frames = lab.page.evaluate(FRAMES)
    assert frames
    assert [frame for frame in frames if frame[1] > NEAR] == []


@pytest.mark.in_turn("name", 2)
@pytest.mark.parametrize("name", ["pixels", "kernels"])
@pytest.mark.parametrize("view", PAGES)
def test_a_mark_lies_on_its_pixels(name, view, open_labs):
    page = open_labs(LABS[name](row=5, column=60), **PAGES[view])
    page.locator(".cl-pane-mark:visible").first.wait_for()
    marks = page.evaluate(MARKS)
    assert len(marks) >= 2
    assert [mark for mark in marks if mark[1] > NEAR] == []
