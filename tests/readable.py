"""Whether everyone can read a page: axe-core's findings, and the contrast of colours."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

# What axe is asked. Only a change of colours can break the first rules, and only a change of width the last one.
OF_COLOURS = ("link-in-text-block", "color-contrast")
COLOURS = {"runOnly": list(OF_COLOURS)}
ALL_BUT_COLOURS = {"rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
WIDTH = {"runOnly": ["scrollable-region-focusable"]}

# Comparing colours is nearly all of axe's time, so it is asked of each kind of look once: an element with a text of its
# own that has the tag, the classes, the type and the colours of one before it, on the same grounds, is out of sight. To
# the look of a link belongs that of the words around it, and to theirs that of their links: they are compared. A grid's
# cells, each on a colour of its own, are out of sight as well: what they are written in, and on what, is told instead.
HIDE_TWINS = """
([but, known]) => {
  const arrive = () => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  };
  arrive(); // a colour on its way from one theme to the other is neither's
  const grounds = new Map([[null, ""]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const isClear = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none" && opacity === "1";
      const own = isClear ? "" : [backgroundColor, backgroundImage, opacity, ""].join();
      grounds.set(element, ground(element.parentElement) + own);
    }
    return grounds.get(element);
  };
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const isSeen = (element) =>
    ([...element.childNodes].some(isText) || element.matches("input, select, textarea")) &&
    element.checkVisibility({ visibilityProperty: true }) &&
    !(but && element.closest(but));
  const cells = new Set();
  /** A number on one colour that covers all behind it. */
  const isCell = (element) => {
    if (!element.matches(".cl-cell")) return false;
    const { color, backgroundColor, backgroundImage } = getComputedStyle(element);
    const isPlain = backgroundImage === "none" && !/rgba|\\//.test(backgroundColor);
    for (let it = element; isPlain && it; it = it.parentElement) if (getComputedStyle(it).opacity !== "1") return false;
    if (isPlain) cells.add(JSON.stringify([color, backgroundColor]));
    return isPlain;
  };
  const words = (element) => {
    const { color, fontFamily, fontSize, fontStyle, fontWeight } = getComputedStyle(element);
    return [element.localName, element.className, color, fontFamily, fontSize, fontStyle, fontWeight, ground(element)];
  };
  const link = (element) => {
    const { textDecoration, border } = getComputedStyle(element);
    return [...words(element), textDecoration, border].join();
  };
  const lookOf = (element) => {
    if (element.localName === "a") return [link(element), ...words(element.parentElement)].join();
    return [...words(element), ...new Set([...element.querySelectorAll(":scope > a")].map(link))].join();
  };
  const seen = new Set(known);
  window.axeSights = [...document.body.querySelectorAll("*")].filter(isSeen).map((element) => {
    const look = lookOf(element);
    const isTwin = seen.has(look);
    if (!isCell(element)) seen.add(look);
    return [element, isCell(element) || isTwin, element.style.visibility];
  });
  for (const [element, isHidden] of axeSights) element.style.visibility = isHidden ? "hidden" : "visible";
  arrive();
  const isLeft = axeSights.some(([, isHidden]) => !isHidden);
  return { cells: [...cells].map((cell) => JSON.parse(cell)), looks: [...seen], isLeft };
}
"""
SHOW_TWINS = "() => { for (const [element, , was] of axeSights) element.style.visibility = was; }"


@pytest.fixture(scope="module")
def known():
    """What `findings` knows of colours already, for all tests of a file."""
    return set()


AXE = Axe().axe_script
RUN_AXE = "([context, options]) => axe.run(context ?? document, options).then(({ violations }) => violations)"


def findings(page, *asked, but=None, known=None):
    """What axe-core finds wrong with a page: nothing, one hopes. `but` is a selector of what is left out.

    `known` is a set of looks whose colours were compared before; those of this page are added to it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = []
    for options in asked or (ALL_BUT_COLOURS, COLOURS):
        ask = in_colours if options is COLOURS else violations
        found += ask(page, options, but, set() if known is None else known)
    return found


def violations(page, options, but, known):
    context = {"exclude": [[but]]} if but else None
    rules = page.evaluate(RUN_AXE, [context, {"resultTypes": ["violations"], **options}])
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in rules for node in rule["nodes"]]


def in_colours(page, options, but, known):
    sights = page.evaluate(HIDE_TWINS, [but, list(known)])
    known.update(sights["looks"])
    pale = [(ink, ground) for ink, ground in sights["cells"] if contrast(ink, ground) < 4.5]
    found = violations(page, options, but, known) if sights["isLeft"] else []
    page.evaluate(SHOW_TWINS)
    return [*found, *(f"color-contrast: a cell's {ink} on {ground}" for ink, ground in pale)]


def findings_in_every_look(page, widths=(900, 320), known=None):
    """The same, light and dark, wide and narrow: each look is asked what only it can show."""
    found = findings(page, ALL_BUT_COLOURS)
    for scheme, other in (("dark", "light"), ("light", "dark")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(f".cl-lab[data-theme={other}]")).to_have_count(0)
        found += findings(page, COLOURS, known=known)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += findings(page, WIDTH)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"the page scrolls sideways at {width}")
    return found


def contrast(first, second):
    """WCAG's contrast ratio of two colours as computed style writes them: rgb(0 to 255) or color(srgb 0 to 1)."""
    lighter, darker = sorted([luminance(first), luminance(second)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color):
    largest = 1 if color.startswith("color(srgb ") else 255
    parts = [float(part) / largest for part in re.findall(r"[\d.]+(?:e-?\d+)?", color)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
