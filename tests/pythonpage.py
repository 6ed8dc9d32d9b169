"""A page's Python: one of its cells as a reader has it, and many programs in one engine, without a cell."""

from dataclasses import dataclass

from playwright.sync_api import expect

CHAPTER = "book/02_filtering"
MATCH, BEST, LOOP, NUMBERS = "exercise-match-stub", "exercise-best-stub", "naive", "lab-numbers"
RIGHT = "(patch * feature).sum() / feature.size"


@dataclass
class CellOnPage:
    """One cell that can be run, by its id in the notebook."""

    page: object
    id: str

    @property
    def root(self):
        return self.page.locator(f"#code-{self.id}")

    @property
    def code(self):
        return self.near().root.locator("textarea")

    @property
    def said(self):
        """The sentence that says how it ended."""
        return self.root.get_by_role("status")

    @property
    def printed(self):
        return self.root.locator(".py-log > pre").first

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def near(self):
        """Scrolls there: then it becomes an editor, or has its button to become one."""
        self.root.scroll_into_view_if_needed()
        self.root.locator("button:not(.copybtn)").first.wait_for()
        return self

    def open(self):
        """Presses Try it."""
        self.near().root.locator(".is-corner button").click()
        return self

    def start(self, code=None):
        if code is not None:
            self.code.fill(code)
        self.near().root.locator(".py-tools button").first.click()

    def run(self, code=None):
        """Runs the cell, with other code if it is given; how it ended, in words, and what is printed."""
        self.start(code)
        expect(self.root.locator(".py-tools button").first).not_to_have_text("Stop", timeout=30_000)
        return self.said.inner_text(), self.printed.text_content()


# For engines that have no Playwright: writes the right answer, runs it, stops a loop; what is said of both.
SOLVE_AND_STOP = f"""(async () => {{
  const cell = document.querySelector("#code-{MATCH}");
  const until = async (isSo) => {{
    for (let wait = 0; wait < 300 && !isSo(); wait += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  }};
  cell.scrollIntoView();
  await until(() => cell.querySelector(".py-tools"));
  const go = cell.querySelector(".py-tools button");
  const run = async (change, isStopped) => {{
    const code = cell.querySelector("textarea");
    code.focus();
    code.setSelectionRange(0, code.value.length);
    document.execCommand("insertText", false, change(code.value));
    go.click();
    if (isStopped) setTimeout(() => go.click(), 300);
    await until(() => go.textContent !== "Stop");
    return cell.querySelector(".py-said").textContent;
  }};
  return [await run((stub) => stub.replace("0.0", "{RIGHT}")), await run(() => "while True: pass", true)];
}})()"""
SOLVED_AND_STOPPED = ["Right. Multiply, add up, divide: that is filtering.", "Stopped."]

RUN_ALL = """async (programs) => {
  const engine = convnetPython.start(convnetPython);
  const told = [];
  for (const { code, prelude = "", shows = false, lab = null } of programs) {
    let printed = "";
    const { how, answer } = await engine.run({ code, prelude, shows, lab }, (text) => { printed += text; });
    told.push({ how, printed, ...answer });
  }
  engine.stop();
  return told;
}"""


def run_all(page, programs):
    """What comes of many programs, one after the other in one engine; the page has run a cell before.

    Each is {"code"} and, where wanted, {"prelude", "shows", "lab"}; of each comes {"how", "printed"} and {"value",
    "given"} or {"problem"}.
    """
    return page.evaluate(RUN_ALL, programs)
