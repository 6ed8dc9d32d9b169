"""The watching lab as its tests make, read and use it, in Python and on a page."""

import re

from playwright.sync_api import expect

from convnet_core.kitchen import HOLDS
from convnet_core.labs.watching.lab import WatchingLab
from tests.labpage import LabOnPage

RECORD = "Record eight frames"
# What a canvas shows, as greys from 0 to 255.
GREYS = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({ length: data.length / 4 }, (_, k) => data[4 * k]);
}"""
BOWL = 145  # a recipe in which the nets take a bowl for pinched


def lab_of(**state):
    """The lab with the recipe that these tests speak of, unless another one is asked for."""
    return WatchingLab(**{"seed": BOWL, **state})


CLEAR = {"level": 0}
LEAVES = "It may leave its book (without the tick it knows only its book)"
NAMES = {"nets": "Nets alone", "counts": "Counts", "grammar": "Grammar", "imagining": "Imagining"}


def hold(words):
    return HOLDS.index(tuple(words.split()))


def own_clip(left, right, look=5):
    """A clip of the reader's own, whose hands stay where they are."""
    return [hold(left), hold(right), look, *[80] * 8, *[235] * 8, *[120] * 16]


POUR = own_clip("power cup", "power jug")
STIR = own_clip("power cup", "precision spoon", 8)
BEYOND = [STIR, POUR]  # two actions of the book, in an order that it does not have
UNHEARD_OF = own_clip("flat knife", "flat spoon")


def told(half):
    return [step.action or "?" for step in half.sentence]


def named(one):
    grasp, thing = one
    return "nothing" if one == ("rest", "nothing") else f"{thing}, {grasp}"


def cells(half):
    return [[step.action or "?", named(step.left), named(step.right)] for step in half.sentence]


class WatchingOnPage(LabOnPage):
    """The lab, and what a reader does and reads in it. Clips and frames are counted from 0."""

    def __init__(self, page):
        super().__init__(page, "watching")
        self.strip = self.root.locator(".cl-watching-clip:visible")
        self.picture = self.root.locator(".cl-watching-picture:visible canvas")
        self.verdict = self.root.locator(".cl-watching-done:visible")

    def trait(self, name):
        return self.page.evaluate(f"document.querySelector('#{self.id}').model.get('{name}')")

    def sentence(self):
        """The action of each clip, as the film strip has it; "?" where none is understood."""
        return [
            re.sub(r"^\d\. ", "", words) for words in self.root.locator(".cl-watching-words:visible").all_inner_texts()
        ]

    def rows(self):
        """The sentence under "Read": of each clip the action and both holds, without notes."""
        rows = self.root.locator(".cl-watching-sentence tbody tr:visible").all()
        return [row.locator("td > span").all_inner_texts() for row in rows]

    def notes(self):
        return [text for text in self.root.locator(".cl-watching-sentence small:visible").all_inner_texts() if text]

    def hand(self, side):
        return self.root.locator(".cl-watching-hand:visible").nth(side)

    def shares(self, side):
        """What all frames so far say of a hand: {word: percent}, grasps and things."""
        lines = self.hand(side).locator(".cl-watching-bars li").all_inner_texts()
        return {word: int(share) for word, share in (re.fullmatch(r"(\w+)\s+(\d+)%", line).groups() for line in lines)}

    def say(self, side, what):
        self.hand(side).get_by_role("combobox").select_option(what)

    def hide(self, side):
        self.hand(side).get_by_role("checkbox").click()

    def slide(self, name, value):
        slider = self.root.get_by_role("slider", name=name, exact=True)
        slider.evaluate(
            "(it, value) => { it.value = value; it.dispatchEvent(new Event('input', { bubbles: true })); }", str(value)
        )
        return slider

    def choose_clip(self, place):
        self.strip.nth(place).click()

    def show_truth(self):
        self.root.get_by_role("checkbox", name="Show the truth").click()

    def read_by(self, reader):
        """Under "Read"."""
        self.press("Read")
        self.press(reader)

    # Recording.

    def box(self, side):
        """The box around a hand that can be moved."""
        return self.root.locator(".cl-watching-draggable:visible .cl-watching-box").nth(side)

    def middle_of_hand(self, side):
        box = self.box(side).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag_hand(self, side, right, down):
        """By mouse, so many pixels of the screen."""
        x, y = self.middle_of_hand(side)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right / 2, y + down / 2)
        self.page.mouse.move(x + right, y + down)
        self.page.mouse.up()

    def choose(self, side, word):
        """What a hand holds, or how, among the pictures."""
        hands = self.root.locator(".cl-watching-pick:visible")
        hands.nth(side).get_by_role("button", name=word, exact=True).click()

    def path(self, side):
        """Columns and rows of a hand in the clip at hand, in tenths of a pixel."""
        row = self.trait("own")[self.trait("clip")][3:]
        return row[8 * side : 8 * side + 8], row[16 + 8 * side : 24 + 8 * side]

    def finish_recording(self):
        expect(self.button(RECORD)).to_be_visible(timeout=10_000)

    def expect_nothing_recorded(self):
        """Not even a bit later, when eight frames would have been over."""
        expect(self.button(RECORD)).to_be_visible()
        self.page.wait_for_timeout(500)
        assert self.trait("own") == []
