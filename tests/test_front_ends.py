"""The text that a kernel's front end gets runs where front ends forbid the most: no eval, no network, no storage.

VS Code shows a notebook's widgets in a web view under a content security policy, Colab in a sandboxed
frame of another origin. Both make the text a blob and import it, as anywidget does everywhere. What is
here is stricter than either: no inline script or style, nothing fetched, an origin without a name.
"""

import json

import pytest

from tests.labpage import KERNEL_MODEL, all_labs, first_edit_in, kernel_state

pytestmark = pytest.mark.sweep

POLICY = "default-src 'none'; script-src 'nonce-ours' blob:; style-src 'nonce-ours'; img-src data: blob:"
LABS = all_labs()

# What anywidget's front end does with a lab, and a note of what the policy forbade.
FRONT_END = (
    KERNEL_MODEL
    + """
window.forbidden = [];
const done = (state) => (document.documentElement.dataset.state = state);
const forbid = (what) => {
  window.forbidden.push(what);
  done("forbidden");
};
addEventListener("securitypolicyviolation", (event) => forbid(event.effectiveDirective));
addEventListener("error", (event) => forbid(event.message));
addEventListener("unhandledrejection", (event) => forbid(String(event.reason)));
(async () => {
  const { esm, state } = JSON.parse(document.getElementById("lab").textContent);
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const module = await import(url);
  URL.revokeObjectURL(url);
  window.exported = Object.keys(module).join();
  window.model = new KernelModel(state);
  window.cleanup = await module.default.render({ model: window.model, el: document.getElementById("widget") });
  breach();
  done("alive");
})();
function breach() {}
"""
)


def front_end(lab):
    """The page of a front end that shows `lab`."""
    data = json.dumps({"esm": lab._esm, "state": kernel_state(lab)}).replace("</", "<\\/")
    return (
        '<!doctype html><html lang="en"><title>Front end</title><div id="widget"></div>'
        f'<style nonce="ours">{lab._css}</style>'
        f'<script type="application/json" id="lab">{data}</script>'
        f'<script nonce="ours">{FRONT_END}</script></html>'
    )


@pytest.fixture
def open_page(new_page):
    """`open_page(html)`: a page whose every other request is refused. It has to ask for none."""
    opened = []

    def open_it(html):
        page = new_page()
        opened.append(page)
        policy = {"content-security-policy": POLICY}
        page.route("**/*", lambda route: route.abort())
        page.route(
            "http://front.test/", lambda route: route.fulfill(body=html, content_type="text/html", headers=policy)
        )
        page.goto("http://front.test/")
        return page

    yield open_it
    for page in opened:
        assert page.record.elsewhere("http://front.test/") == []
        assert page.record.errors == []


@pytest.mark.in_turn("name", 4)
@pytest.mark.parametrize("name", LABS)
def test_it_runs_under_a_strict_policy(open_page, name):
    page = open_page(front_end(LABS[name]()))
    is_alive(page, name)


@pytest.mark.in_turn("name", 4)
@pytest.mark.parametrize("name", LABS)
def test_it_runs_in_a_sandbox_without_an_origin(open_page, name):
    page = open_page("<!doctype html>")
    page.evaluate(
        """(html) => {
          const frame = document.createElement("iframe");
          frame.setAttribute("sandbox", "allow-scripts");
          frame.srcdoc = html;
          document.body.append(frame);
        }""",
        front_end(LABS[name]()),
    )
    frame = page.frame_locator("iframe").owner.element_handle().content_frame()
    is_alive(frame, name)
    assert frame.evaluate("self.origin") == "null"
    assert (
        frame.evaluate("(() => { try { localStorage; return 'there'; } catch { return 'forbidden'; } })()")
        == "forbidden"
    )


BREACHES = {
    "script-src": 'try { eval("1"); } catch { /* the event tells */ }',
    "style-src-attr": 'document.body.setAttribute("style", "color: red");',
    "connect-src": 'fetch("https://example.org/").catch(() => {});',
}


@pytest.mark.parametrize("directive", BREACHES)
def test_the_policy_does_forbid(open_page, directive):
    """Else the tests above would show nothing."""
    html = front_end(LABS["filtering"]())
    page = open_page(html.replace("function breach() {}", f"function breach() {{ {BREACHES[directive]} }}"))
    page.locator("html[data-state=forbidden]").wait_for()
    assert page.evaluate("window.forbidden") == [directive]
    page.record.errors.clear()


SEEN = "it => it.role === 'gridcell' ? it.ariaLabel : `${it.checked} ${it.value}`"  # a cell, or what stands for it


def is_alive(frame, name):
    """It is mounted, an edit reaches the model and is saved, and nothing was forbidden."""
    frame.locator("html[data-state]").wait_for(timeout=5000)
    assert frame.evaluate("window.forbidden") == []
    assert frame.evaluate("window.exported") == "default"
    cell, key = first_edit_in(frame, name)
    before = cell.evaluate(SEEN)
    cell.press(key)
    assert cell.evaluate(SEEN) != before
    assert frame.evaluate("window.model.saved") > 0
    frame.get_by_role("button", name="Undo").click()
    assert cell.evaluate(SEEN) == before
    assert frame.evaluate("window.cleanup(), window.model.listeners.length") == 0
    assert frame.evaluate("window.forbidden") == []
