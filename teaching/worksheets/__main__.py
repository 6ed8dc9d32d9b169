"""Prints all worksheets and answer sheets as PDF, by the browser that the tests use.

python -m teaching.worksheets [--output dist/worksheets]
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from teaching.chapters import ROOT, chapter
from teaching.worksheets import names
from teaching.worksheets.paper import answers_page, sheet_page
from tests.browser import launch


def printed(browser, html: str) -> bytes:
    """A page of HTML on paper: a PDF."""
    page = browser.new_page()
    page.set_content(html)
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    return pdf


def write(folder: Path) -> list[Path]:
    """Writes NN_NAME.pdf and NN_NAME_answers.pdf for every chapter into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in names():
            for kind, html in (("", sheet_page(name)), ("_answers", answers_page(name))):
                path = folder / f"{chapter(name).number:02}_{name}{kind}.pdf"
                path.write_bytes(printed(browser, html))
                paths.append(path)
        browser.close()
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist" / "worksheets")
    options = parser.parse_args()
    try:
        paths = write(options.output)
    except RuntimeError as problem:  # no browser: it says what to install
        sys.exit(str(problem))
    print(f"{options.output}: {len(paths)} sheets, {sum(path.stat().st_size for path in paths) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
