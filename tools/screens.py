"""Counts what a reader has before them: words and screens of each chapter, on its main road and with its side roads.

    python -m tools.screens            of the book in _build/html
    python -m tools.screens --store    and write the minutes down, for the pages for teachers

A screen is 1280 x 800. The main road is what is there with every fold closed; a side road is a folded section. The
quick questions that a chapter ends with are counted as things to do, not as screens.
Minutes are for the main road, by its words and by what there is to do.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from teaching.minutes import STORED
from tests.browser import launch

BUILT = Path(__file__).resolve().parent.parent / "_build" / "html"
WIDTH, HEIGHT = 1280, 800
MOST_SCREENS = 12  # of a main road
WORDS_A_MINUTE = 180
MINUTES = {"lab": 5, "challenge": 2, "question": 1, "exercise": 6}  # for one of them
ROW = "{:16} {:>9} {:>8} {:>8} {:>6} {:>17} {:>8}"
COUNT = """() => {
  const article = document.querySelector("article.bd-article");
  const words = (element) => (element.innerText.match(/[A-Za-z][\\w'-]*/g) ?? []).length;
  const within = (selector) => article.querySelectorAll(selector).length;
  const roads = [...article.querySelectorAll("details.side-road")];
  const labs = [...article.querySelectorAll(".convnet-lab")].reduce((sum, lab) => sum + words(lab), 0);
  const quiz = document.getElementById("quick-questions")?.offsetHeight ?? 0;
  const main = { height: article.offsetHeight - quiz, words: words(article) - labs };
  const tasks = {
    lab: within(".convnet-lab:not([data-lab=quiz])"),
    challenge: within(".cl-challenge"),
    question: within("details.fold:not(.side-road, .solution)") + within(".convnet-lab[data-lab=quiz] fieldset"),
    exercise: within("details.solution"),
  };
  for (const road of roads) road.open = true;
  const all = { height: article.offsetHeight - quiz, words: words(article) - labs };
  return { main, tasks, roads: roads.length, all };
}"""


class Length(NamedTuple):
    """How long a chapter is. `words` leave the labs' own out; `all_...` have every side road in them."""

    chapter: str
    words: int
    screens: float
    roads: int
    all_words: int
    all_screens: float
    minutes: int


def measured(browser, built: Path) -> list[Length]:
    """The length of each numbered chapter of a built book, in their order."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    lengths = []
    for path in sorted(path for path in (built / "book").glob("*.html") if re.match(r"\d", path.name)):
        page.goto(path.as_uri())
        lengths.append(length(path.stem, page.evaluate(COUNT)))
    page.close()
    return lengths


def length(chapter: str, found: dict) -> Length:
    main, whole = found["main"], found["all"]
    minutes = main["words"] / WORDS_A_MINUTE + sum(MINUTES[task] * times for task, times in found["tasks"].items())
    screens, all_screens = (round(part["height"] / HEIGHT, 1) for part in (main, whole))
    rounded = 5 * round(minutes / 5)
    return Length(chapter, main["words"], screens, found["roads"], whole["words"], all_screens, rounded)


def stored(lengths: list[Length]) -> str:
    """What teaching/minutes.json holds: the minutes of each chapter."""
    return json.dumps({one.chapter: one.minutes for one in lengths}, indent=2) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--built", type=Path, default=BUILT)
    parser.add_argument("--store", action="store_true", help=f"write the minutes into {STORED.name}")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        lengths = measured(browser, options.built)
        browser.close()
    print(ROW.format("", "main road", "", "", "side", "with all of them", ""))
    print(ROW.format("chapter", "words", "screens", "minutes", "roads", "words", "screens"))
    for one in lengths:
        print(ROW.format(one.chapter, one.words, one.screens, one.minutes, one.roads, one.all_words, one.all_screens))
    if options.store:
        STORED.write_text(stored(lengths), encoding="utf-8")


if __name__ == "__main__":
    main()
