"""Own problems: what a student of a class is given in each chapter, from class word and student number alone.

    >>> made = problem_for("filtering", "owls-7b", "4711")
    >>> made.right, made.slips      # the answer, and what comes out where one goes wrong

problems.js makes the same in the page; tests hold the two together.
"""

from __future__ import annotations

from convnet_core.labs.progress import beyond, story
from convnet_core.labs.progress.codes import hashed
from convnet_core.labs.progress.draw import Draw, Made
from convnet_core.labs.quiz.questions import accepts, number_of

MAKERS = {
    "intro": story.chain,
    "pictures": story.moved,
    "filtering": story.one_match,
    "convolution": story.map_number,
    "pooling": story.pooled,
    "relu": story.bent,
    "stacking": story.stacked,
    "voting": story.vote,
    "backprop": story.downhill,
    "limitations": story.swapped,
    "sequences": beyond.cell,
    "deep": beyond.learned,
    "faces": beyond.overlap,
    "unsupervised": beyond.contrast,
    "game": beyond.target,
    "watching": beyond.frames,
}
SLIPS = {  # in the order in which codes tell them: what stands here stays, and more comes behind it
    "intro": ("no-relu", "no-weights", "minus-lost", "relu-late"),
    "pictures": ("alike", "ink-only", "all-ink"),
    "filtering": ("not-divided", "share", "alike", "minus-lost"),
    "convolution": ("not-divided", "from-one", "row-for-column", "turned"),
    "pooling": ("mean", "stride-one", "from-one", "sign-lost", "smallest"),
    "relu": ("no-relu", "sign-lost", "other-half", "counted"),
    "stacking": ("padded", "dropped", "half-way", "not-pooled"),
    "voting": ("no-bias", "no-weights", "minus-lost", "values-lost"),
    "backprop": ("uphill", "no-rate", "not-divided", "half-wiggle", "slope-only"),
    "limitations": ("not-swapped", "swapped-back", "not-divided"),
    "sequences": ("all-kept", "all-written", "gates-swapped", "old-lost"),
    "deep": ("no-bias", "one-map", "bias-each", "second-only"),
    "faces": ("of-one", "counted-twice", "of-picture", "only-counted"),
    "unsupervised": ("turned", "shown-only", "not-divided", "change-only"),
    "game": ("no-discount", "points-only", "all-added", "points-too", "worst"),
    "watching": ("added", "turned", "spoon-only", "first-only", "last-only"),
}
FEWEST_SLIPS = 2  # wrong answers that are no right one, nor each other
ATTEMPTS = 200


def problem_for(chapter: str, word: str, number: str) -> Made:
    """The problem of a chapter for one student of a class; word and number as `codes.read_...` give them."""
    for attempt in range(ATTEMPTS):
        made = MAKERS[chapter](Draw(hashed(f"{word} {number} {chapter} {attempt}")))
        slips = _apart(made)
        if len(slips) >= FEWEST_SLIPS:
            return made._replace(slips=slips)
    raise ValueError(f"no problem for {chapter}, {word}, {number}")


def _apart(made: Made) -> dict[str, str]:
    """The slips whose answers are neither right nor an earlier slip's."""
    kept: dict[str, str] = {}
    for name, answer in made.slips.items():
        taken = [made.right, *kept.values()]
        if not any(accepts(other, number_of(answer)) or accepts(answer, number_of(other)) for other in taken):
            kept[name] = answer
    return kept
