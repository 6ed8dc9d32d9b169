"""The belief lab on a page, as its tests read and use it."""

import re

from playwright.sync_api import expect

from tests.labpage import LabOnPage

NOTHING = "Nothing is learned yet. Features start as this noise."
SIGMA = "Sigma: how exact a drawing has to be"
GET_PHOTOGRAPHS, GET_MACHINES = "Get the photographs", "Get the machines"
WORK = 90_000  # milliseconds that a learning may take on a busy machine


class BeliefOnPage(LabOnPage):
    """What a reader does in it, and reads."""

    def __init__(self, page):
        super().__init__(page, "belief")
        self.account = self.root.locator(".cl-belief-account:visible")
        self.notice = self.root.locator(".cl-belief-notice")
        self.pooled = self.root.locator(".cl-belief-pooled")
        self.filters = self.root.locator(".cl-belief-filter")

    def trait(self, name):
        return self.page.evaluate(f"document.querySelector('#{self.id}').model.get('{name}')")

    def slide(self, name, value):
        slider = self.root.get_by_role("slider", name=re.compile(name))
        slider.evaluate(
            "(it, value) => { it.value = value; it.dispatchEvent(new Event('input', { bubbles: true })); }", str(value)
        )
        return slider

    def table(self):
        """The rows of the block's table, each a list of texts behind its name."""
        rows = self.root.locator(".cl-belief-table :is(tbody, tfoot) tr").all()
        return [[text.replace("\xa0", " ") for text in row.locator("td").all_inner_texts()] for row in rows]

    def get_photographs(self):
        self.press(GET_PHOTOGRAPHS)
        self.expect_status("Photographs are here.")

    def get_machines(self):
        self.press(GET_MACHINES)
        self.expect_status("Machines are here.")

    def learn_to_the_end(self):
        self.press("Learn")
        expect(self.button("Learn anew")).to_be_visible(timeout=WORK)

    def learn_a_little(self):
        """Until 100 steps are done, and no further than to the next report."""
        self.press("Learn")
        expect(self.account).to_contain_text(re.compile(r"Step \d\d\d "), timeout=WORK)
        self.press("Stop")
        expect(self.button("Go on")).to_be_visible(timeout=WORK)

    def edges(self):
        """How many filters have the mark of an edge."""
        return self.root.locator(".cl-belief-filter.is-edge").count()

    def step_at(self):
        """At which step the learning stands."""
        return int(re.search(r"step ([\d,]+)", self.account.inner_text(), re.IGNORECASE)[1].replace(",", ""))

    def hand_over(self, data, name="holiday.png"):
        file = {"name": name, "mimeType": "image/png", "buffer": data}
        self.root.locator("input[type=file]").set_input_files(file)

    def heard(self, role):
        """The names of all things of a role in the browser's accessibility tree."""
        nodes = self.page.context.new_cdp_session(self.page).send("Accessibility.getFullAXTree")["nodes"]
        return [node["name"]["value"] for node in nodes if not node["ignored"] and node["role"]["value"] == role]

    def picture(self, title):
        """A canvas of the halves by its caption: how dark each pixel is, from 0 to 1, and whether it is see-through."""
        canvas = self.root.locator(".cl-belief-figure:visible", has_text=title).locator("canvas")
        return canvas.evaluate(
            """(canvas) => {
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const places = Array.from({ length: data.length / 4 }, (_, k) => 4 * k);
              return [places.map((at) => 1 - data[at] / 255), places.map((at) => data[at + 3] === 0)];
            }"""
        )
