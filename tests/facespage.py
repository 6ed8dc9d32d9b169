"""The faces lab on a page, as its tests read and use it."""

import re

from playwright.sync_api import expect

from tests.labpage import LabOnPage

GET = "Get the patches and photographs"
COLLECT = "Collect false alarms of 12 photographs"
VOTED = {"net": "round 3", "together": True}
WORK = 60_000  # milliseconds that a lesson may take on a busy machine

# A camera that shows a grey wall; `window.refusal` is why it may not be used.
CAMERA = """
window.tracks = [];
Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: async () => {
  if (window.refusal) throw new DOMException("", window.refusal);
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
  const draw = () => {
    canvas.getContext("2d").fillStyle = "#808080";
    canvas.getContext("2d").fillRect(0, 0, 320, 240);
    requestAnimationFrame(draw);
  };
  draw();
  const stream = canvas.captureStream();
  window.tracks.push(...stream.getTracks());
  return stream;
} } });
"""
ENDED = "window.tracks.map((track) => track.readyState)"


class FacesOnPage(LabOnPage):
    """The lab, when the net has looked at the photograph; and what a reader reads in it."""

    def __init__(self, page):
        super().__init__(page, "faces")
        self.wait_for_work()
        self.told = self.root.locator(".cl-faces-found")
        self.account = self.root.locator(".cl-faces-account:visible")

    def boxes(self):
        """What is written on the boxes of the photograph."""
        texts = self.root.locator(".cl-faces-box:visible").all_inner_texts()
        return [float(text) for text in texts if text]  # beyond the first ones, there is none

    def slide(self, name, value):
        slider = self.root.get_by_role("slider", name=re.compile(name))
        slider.evaluate(
            "(it, value) => { it.value = value; it.dispatchEvent(new Event('input', { bubbles: true })); }", str(value)
        )
        return slider

    def hand_over(self, data, name="holiday.png"):
        file = {"name": name, "mimeType": "image/png", "buffer": data}
        self.root.locator("input[type=file]").set_input_files(file)

    def trait(self, name):
        return self.page.evaluate(f"document.querySelector('#{self.id}').model.get('{name}')")

    def get_data(self):
        self.press(GET)
        self.expect_status("Patches and photographs are here.")

    def finish(self):
        """Waits for a lesson, and for what the net finds then."""
        expect(self.root.get_by_role("button", name="Stop", exact=True)).to_be_hidden(timeout=WORK)
        self.wait_for_work()

    def teach_a_little(self):
        """One box is marked, and a lesson is stopped as soon as something is learned."""
        self.get_data()
        self.root.locator("ul.cl-faces-list button").first.click()
        self.press("Teach")
        expect(self.account).to_contain_text("It learns: loss", timeout=WORK)
        self.press("Stop")
        self.finish()
