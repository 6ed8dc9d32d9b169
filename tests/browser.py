"""Finds a browser for the tests and the benchmarks; run as a program, it installs one where there is none.

    python -m tests.browser
"""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The first is Chromium without its window: the tests take half the time.
NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome", "msedge"),
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
MISSING = (
    "No browser: the tests open the book in Chromium or Chrome and never skip that.\n"
    "Install one (Debian: apt-get install chromium-headless-shell; Ubuntu: chromium), or run:\n"
    "python -m playwright install chromium"
)


def find_browser():
    """The path of a Chromium or Chrome: the system's, else the one Playwright installed, else None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def launch(playwright):
    """A headless browser, started. Raises RuntimeError, which says what to install, where there is none."""
    path = find_browser()
    if path is None:
        raise RuntimeError(MISSING)
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


def main():
    if find_browser() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if find_browser() is None:
        sys.exit(MISSING)


if __name__ == "__main__":
    main()
