"""The progress page and the teacher's, as their readers have them, and what chapters leave behind for them."""

import json

from convnet_core.labs.progress import outline
from convnet_core.labs.progress.codes import Code, encode, tag_of
from tests.contents import ROOT

PROGRESS, CLASS = "book/progress", "book/class"
FILTERING = "book/02_filtering"
CHAPTERS = [outline.chapter_of(path) for path in sorted((ROOT / "book").glob("[0-9][0-9]_*.ipynb"))]
OF_FILTERING = next(chapter for chapter in CHAPTERS if chapter["name"] == "filtering")
WORD, NUMBER = "owls-7b", "4711"

PUT = """(records) => {
  const book = location.pathname.replace(/[^/]*$/, "");
  for (const [kind, page, lab, value] of records) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    localStorage.setItem(`${kind} ${book}${page}.html${lab ? ` ${lab}` : ""}`, text);
  }
}"""


def lab_record(page, lab, state=None, solved=()):
    """What a lab keeps, for `PUT`."""
    return ["convnet-lab", page, lab, {"version": 1, "state": state or {}, "solved": list(solved)}]


def quiz_record(page, lab, answers):
    return lab_record(page, lab, {"chapter": page[3:], "part": "all", "answers": answers})


def code_record(page, cells):
    return ["code", page, "", {"version": 1, "cells": cells}]


SOME = [  # of chapter 2: a challenge, an exercise, two questions rightly, one of them at the second try, one wrongly
    lab_record("02_filtering", "lab-filtering", solved=[OF_FILTERING["challenges"][0]["id"], "of an older edition"]),
    code_record("02_filtering", {OF_FILTERING["exercises"][0]["id"]: {"text": "mine", "solved": "mine"}}),
    quiz_record("02_filtering", "lab-quiz", [[8, 1], [0.11]]),
    quiz_record("02_filtering", "lab-quiz-2", [[0]]),
]
SOLVED = 4


def marks_for(chapter, *names):
    """The marks of a code in which these are set, as `outline.mark_names` calls them."""
    known = outline.mark_names(chapter)
    assert set(names) <= set(known)
    return tuple(int(name in names) for name in known)


def code_for(chapter, number, *names, word=WORD):
    """A student's code of a chapter."""
    tag = tag_of(outline.mark_names(chapter))
    return encode(Code(chapter["number"], number, tag, marks_for(chapter, *names)), word)


class ProgressPage:
    """The progress page in a browser."""

    def __init__(self, page, url, fragment=""):
        self.page, self.url = page, f"{url}/{PROGRESS}.html"
        page.goto(f"{self.url}{fragment}")
        page.locator("[data-part=chapters] .pg").wait_for()

    def put(self, records):
        """Has the browser keep them, and opens the page anew."""
        self.page.evaluate(PUT, records)
        return self.again()

    def again(self):
        self.page.reload()
        self.page.locator("[data-part=chapters] .pg").wait_for()
        return self

    def part(self, name):
        return self.page.locator(f"[data-part={name}]")

    @property
    def sum(self):
        return self.page.locator(".pg-sum").inner_text()

    def chapter(self, number):
        return self.page.locator(".pg-chapter").nth(number)

    def open(self, number):
        chapter = self.chapter(number)
        if chapter.get_attribute("open") is None:
            chapter.locator("summary").click()
        return chapter

    def join(self, word=WORD, number=NUMBER):
        self.page.get_by_label("Class word").fill(word)
        box = self.page.get_by_label("Your student number")
        box.fill(number)
        box.press("Enter")

    def said(self, name):
        return self.part(name).locator("p[role=status]").inner_text()

    def kept(self):
        """All that the browser keeps, by key."""
        return self.page.evaluate("Object.fromEntries(Object.entries(localStorage))")

    def take_in(self, told):
        """Chooses a file for import with that text, or JSON; returns what is said of it."""
        text = told if isinstance(told, str) else json.dumps(told)
        said = self.part("keeping").locator("p[role=status]")
        before = said.inner_text()
        self.page.get_by_label("Import a file").set_input_files(
            {"name": "mine.json", "mimeType": "application/json", "buffer": text.encode()}
        )
        for _ in range(100):
            if said.inner_text() not in ("", before):
                break
            self.page.wait_for_timeout(20)
        return said.inner_text()
