"""What a reader does with every lab of a page, in whatever browser, and what must come of it.

The moves are those of `tests/engines.py`. Scripts of the page are listened to from `listening` on: WebDriver tells
of no error that was thrown before it asked.
"""

import re
import shutil

LISTEN = """<script>
window.thrown = [];
addEventListener("error", (event) => thrown.push(String(event.message)));
addEventListener("unhandledrejection", (event) => thrown.push(String(event.reason)));
console.error = (...words) => thrown.push(words.join(" "));
</script>"""

# What is asked of a page. Nothing here may be newer than the oldest browser that is tried.
QUESTIONS = r"""
window.reader ??= (() => {
  for (const road of Array.from(document.querySelectorAll("details.side-road"))) road.open = true; // labs may be there
  const isVisible = (it) => it.getClientRects().length > 0 && getComputedStyle(it).visibility === "visible";
  const grids = Array.from(document.querySelectorAll(".cl-lab .cl-editable[role=grid]")).filter(isVisible);
  const all = (where, selector) => Array.from(where.querySelectorAll(selector));
  const words = (grid) => all(grid, "[role=gridcell]").map((cell) => cell.getAttribute("aria-label"));
  /** A cell near the middle. */
  const inner = (grid) => {
    const cells = all(grid, "[role=gridcell]");
    return cells[Math.floor(cells.length / 2)];
  };
  const middle = (it) => {
    const { left, top, width, height } = it.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };
  const at = (it) => {
    it.scrollIntoView({ block: "center", behavior: "instant" });
    return middle(it);
  };
  const button = (lab, text) => all(lab, "button").find((it) => isVisible(it) && it.textContent === text);
  const until = async (holds, patience = 20000) => {
    for (const end = Date.now() + patience; Date.now() < end; await new Promise((next) => setTimeout(next, 20))) {
      if (holds()) return true;
    }
    return false;
  };
  /** A grid's numbers, and where the windows that can be moved in its lab are. */
  const look = (grid) => {
    const place = ({ style }) => ["--row", "--column"].map((name) => Number(style.getPropertyValue(name)));
    return [words(grid), all(grid.closest(".cl-lab"), "[role=application]").filter(isVisible).map(place)];
  };
  return { grids, words, inner, middle, at, button, until, look };
})()
"""


def listening(book, folder):
    """A copy of the book in `folder` whose pages note what goes wrong in them, in `window.thrown`."""
    shutil.copytree(book, folder, dirs_exist_ok=True)
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"<head\b[^>]*>", lambda head: head[0] + LISTEN, text, count=1), encoding="utf-8")
    return folder


class Reader:
    """One who reads a page in `engine`. Grids are counted from 0 over the whole page."""

    def __init__(self, engine):
        self.engine = engine

    def open(self, url):
        self.engine.open(url)
        return self.look_around()

    def reload(self):
        self.engine.reload()
        return self.look_around()

    def look_around(self):
        """The ids of the labs that are live, and the names of the grids that can be edited."""
        self.engine.evaluate(f"({QUESTIONS}, null)")
        live = "Array.from(document.querySelectorAll('.convnet-lab[data-live=true]'), (lab) => lab.id)"
        return self.engine.evaluate(live), self.ask("grids.map((grid) => grid.getAttribute('aria-label'))")

    def ask(self, expression):
        return self.engine.evaluate(f"(({{ {', '.join(ASKED)} }}) => ({expression}))(window.reader)")

    def words(self, number):
        """Every number of a grid as a screen reader hears it."""
        return self.ask(f"words(grids[{number}])")

    def play(self, number):
        """Does all that one can do with a grid; returns what it shows after each move, by the move's name.

        Drags over the first grid of a lab alone: one script takes the strokes of all.
        """
        start = self.words(number)
        seen = {"press": self.press_cell(number), "type": self.type_number(number), "undo": self.undo(number, start)}
        of_lab = "(grid) => grid.closest('.cl-lab')"
        is_first = (
            self.ask(f"(lab => grids.findIndex((grid) => lab(grid) === lab(grids[{number}])))({of_lab})") == number
        )
        kinds = ("mouse", "touch") if self.engine.touches else ("mouse",)
        for kind in kinds if is_first else ():
            seen[f"drag by {kind}"] = self.drag(number, kind)
            self.undo(number, start)
        self.ask(f"button(grids[{number}].closest('.cl-lab'), 'Reset').click()")
        return seen

    def look(self, number):
        return self.ask(f"look(grids[{number}])")

    def press_cell(self, number):
        """One in the middle, by mouse: it takes the cursor or changes its number."""
        before = self.words(number)
        self.engine.mouse(self.ask(f"at(inner(grids[{number}]))"))
        has_cursor = self.ask(f"document.activeElement === inner(grids[{number}])")
        assert has_cursor or self.words(number) != before, "nothing came of a press"
        return self.look(number)

    def type_number(self, number):
        """Types 0, and 1 if a 0 was there."""
        before = self.words(number)
        for digit in "01":
            self.engine.keys(digit)
            if self.words(number) != before:
                return self.look(number)
        raise AssertionError("nothing came of a typed number")

    def undo(self, number, wanted):
        """By Ctrl-Z, as often as there were edits, until the grid shows `wanted` again."""
        for _ in range(4):
            if self.words(number) == wanted:
                break
            self.engine.keys("z", held=["Control"])
        assert self.words(number) == wanted, "Ctrl-Z did not bring back what was there"
        return self.look(number)

    def drag(self, number, kind):
        """Over the first row, by "mouse" or "touch"."""
        self.ask(f"at(grids[{number}])")
        points = self.ask(f"Array.from(grids[{number}].firstChild.children, middle)")
        getattr(self.engine, kind)(*points)
        return self.look(number)

    def press_button(self, lab, text):
        self.engine.mouse(self.ask(f"at(button(document.querySelector('#{lab}'), '{text}'))"))

    def sees(self, lab, pattern):
        """Whether the lab says something that fits the regular expression, within some seconds."""
        return self.ask(f"until(() => /{pattern}/.test(document.querySelector('#{lab}').innerText))")


ASKED = ("grids", "words", "inner", "middle", "at", "button", "until", "look")
