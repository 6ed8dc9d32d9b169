"""Take the picture in README.md anew: a chapter's lab, as the built book shows it.

    python -m tools.screenshot      after `make html`
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import launch
from tools.serve import BUILT

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "book.png"
PAGE, LAB = "book/02_filtering.html", "#lab-filtering"
WIDTH, HEIGHT, MARGIN = 1120, 690, 70  # of the window, and what is seen of the page above the lab
COLORS = 64  # enough for a page of flat colours; a PNG with a palette is a third as large


def photographed():
    """A PNG of the lab in its page, as bytes."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5)
        page.goto((BUILT / PAGE).as_uri())
        page.locator(LAB).get_by_role("button", name="Show me").click()
        page.mouse.move(0, 0)
        page.evaluate(
            "([lab, margin]) => scrollBy(0, document.querySelector(lab).getBoundingClientRect().top - margin)",
            [LAB, MARGIN],
        )
        png = page.screenshot(animations="disabled")
        browser.close()
    return png


def main():
    if not (BUILT / PAGE).exists():
        sys.exit(f"there is no book in {BUILT}: build it first (make html)")
    picture = Image.open(io.BytesIO(photographed())).convert("RGB")
    PICTURE.parent.mkdir(exist_ok=True)
    picture.quantize(COLORS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
