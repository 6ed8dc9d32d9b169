"""What there is to solve in a chapter: challenges, exercises, questions, and a problem of the reader's own.

All of it is read from the chapter's notebook, where each lab has left its state, so that a new chapter takes part by
being there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path

from convnet_core.labs.progress.problems import MAKERS, SLIPS

CHAPTER = re.compile(r"(\d\d)_(\w+)")
LAB = re.compile(r'<div class="convnet-lab" data-lab="(\w+)"[^>]* data-state="([^"]*)"')
EXERCISE = re.compile(r"^from convnet_core\.exercises\.\w+ import check_", re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def chapter_of(path: Path) -> dict:
    """A chapter from its notebook, as kept.js describes it. Raises ValueError where the file is named as no chapter."""
    found = CHAPTER.fullmatch(path.stem)
    if not found:
        raise ValueError(f"{path.name} is no chapter: wanted a name as in 02_filtering.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    challenges, quizzes = _of_labs(_outputs(cells))
    return {
        "page": path.stem,
        "name": found[2],
        "number": int(found[1]),
        "title": _heading(cells[0]),
        "challenges": challenges,
        "exercises": list(_exercises(cells)),
        "quizzes": quizzes,
        "own": found[2] in MAKERS,
    }


def bare(chapter: dict) -> dict:
    """The chapter without its texts: enough to count what is done."""
    return {
        "page": chapter["page"],
        "challenges": [{name: one[name] for name in ("lab", "id")} for one in chapter["challenges"]],
        "exercises": [{"id": one["id"]} for one in chapter["exercises"]],
        "quizzes": [
            {
                "lab": quiz["lab"],
                "questions": [{key: one[key] for key in ("kind", "right")} for one in quiz["questions"]],
            }
            for quiz in chapter["quizzes"]
        ],
    }


def mark_names(chapter: dict) -> list[str]:
    """What each mark of a completion code of the chapter stands for, in their order; kept.js has the same."""
    names = [f"challenge {one['lab']} {one['id']}" for one in chapter["challenges"]]
    names += [f"exercise {one['id']}" for one in chapter["exercises"]]
    asked = [(f"{quiz['lab']} {at}", one) for quiz in chapter["quizzes"] for at, one in enumerate(quiz["questions"])]
    if chapter["own"]:
        asked.append(("own 0", None))
    names += [f"{what} {place}" for place, _ in asked for what in ("right", "first")]
    names += [f"slip {place} {slip}" for place, one in asked if one for slip in _slips(one)]
    return names + [f"slip own 0 {slip}" for slip in SLIPS.get(chapter["name"], ())]


def _slips(question: dict) -> list[str]:
    if question["kind"] == "number":
        return sorted(question["slips"])  # a browser has numbers first
    return [str(at) for at in range(len(question["answers"])) if at != question["right"]]


def _outputs(cells) -> list[str]:
    """The HTML that the cells have left, in their order."""
    outputs = [output for cell in cells if cell["cell_type"] == "code" for output in cell["outputs"]]
    return ["".join(output["data"]["text/html"]) for output in outputs if "text/html" in output.get("data", {})]


def _of_labs(outputs) -> tuple[list[dict], list[dict]]:
    """The challenges of all labs, and the quizzes, each with the id that its lab has on the page."""
    counts, challenges, quizzes = Counter(), [], []
    for name, state in (found for html in outputs for found in LAB.findall(html)):
        counts[name] += 1
        place = f"lab-{name}" if counts[name] == 1 else f"lab-{name}-{counts[name]}"  # as kit/host.js has it
        held = json.loads(unescape(state))
        challenges += [{"lab": place, "id": one["id"], "text": one["text"]} for one in held["_about"]["challenges"]]
        if name == "quiz":
            quizzes.append({"lab": place, "questions": held["_presets"]["questions"][held["chapter"]]})
    return challenges, quizzes


def _exercises(cells):
    """Each exercise with the id of its cell on the page, and the title that it stands under."""
    title = ""
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            title = (HEADING.findall(text) or [title])[-1]
        elif EXERCISE.search(text):
            yield {"id": f"code-{cell['id']}", "title": title.removeprefix("Exercise: ")}


def _heading(cell) -> str:
    """The words of a chapter's heading, without the signs that set them."""
    return re.sub("[*`]", "", HEADING.search("".join(cell["source"]))[1])
