"""What every exercise's checker says to answers and errors of any size and kind."""

import importlib
import io
import pkgutil

import numpy as np
import pytest

from convnet_core import exercises
from convnet_core.exercises import checker
from convnet_core.exercises.filtering import check_match
from convnet_core.exercises.intro import check_accuracy
from convnet_core.exercises.pooling import check_max_pool
from convnet_core.exercises.relu import LAYERS
from convnet_core.exercises.voting import check_place, check_softmax
from convnet_core.filtering import match
from convnet_core.pictures import BLANK, FEATURES, X
from convnet_core.pooling import max_pool2d

CHECKERS = {
    name: function
    for chapter in pkgutil.iter_modules(exercises.__path__, "convnet_core.exercises.")
    for name, function in vars(importlib.import_module(chapter.name)).items()
    if name.startswith("check_")
}
EVERY = pytest.mark.parametrize("check", CHECKERS.values(), ids=CHECKERS)
LONG = "x" * 100_000


def stops(problem):
    def function(*arguments):
        raise problem

    return function


@EVERY
@pytest.mark.parametrize(
    "problem", [ValueError(LONG), KeyError(LONG), type(LONG, (Exception,), {})("no"), SystemExit(LONG)]
)
def test_a_long_error_is_cut(check, problem, hint_for):
    answer = hint_for(check, stops(problem))
    assert "your function stopped in line" in answer
    assert "xxx ..." in answer
    assert len(answer) < 800


@EVERY
def test_long_names_and_long_texts_are_cut(check, hint_for):
    def function(*arguments):
        return type(LONG, (), {})()

    function.__name__ = LONG
    assert len(hint_for(check, function)) < 1000
    assert len(hint_for(check, lambda *arguments: LONG)) < 1000
    function = stops(ValueError("no"))
    function.__name__ = LONG
    assert len(hint_for(check, function)) < 1000


ENDLESS = {
    "array": np.broadcast_to(1.0, (10**6, 10**6)),  # more than any memory holds, were it copied
    "range": range(10**12),
    "list of arrays": [np.broadcast_to(1.0, (10**6, 10**6))] * 2,
    "list of lists": [[0.0] * 1000] * 3000,
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_large_answer_is_named_and_not_looked_at(kind, monkeypatch, hint_for):
    monkeypatch.setattr(checker, "close", lambda *arrays: pytest.fail("compared number by number"))
    answer = checker.outcome(lambda: ENDLESS[kind], checker.Case(()))
    assert isinstance(answer, checker.Large)
    shape = checker.shown(answer)
    assert shape.startswith("an array of shape (")
    assert shape in hint_for(check_match, lambda patch, feature: ENDLESS[kind])
    monkeypatch.undo()
    assert f"yours is {shape}" in hint_for(check_match, lambda p, f: ENDLESS[kind] if p[0, 0] > 0 else match(p, f))


@EVERY
def test_every_checker_takes_a_large_answer(check, hint_for):
    assert "an array of shape (3000, 1000)" in hint_for(check, lambda *arguments: np.zeros((3000, 1000)))


@EVERY
def test_a_console_of_another_code_page_gets_its_hint(check, monkeypatch):
    for function in (stops(ValueError("1 → 2")), lambda *arguments: "→ ✓ 数"):
        console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
        monkeypatch.setattr("sys.stdout", console)
        check(function)
        console.flush()
        assert b"Not yet. " in console.buffer.getvalue()
        assert rb"\u2192" in console.buffer.getvalue()


@pytest.mark.parametrize(
    ("function", "hint"),
    [
        (lambda answers, labels: (answers == labels).mean(), "Make arrays of both first, `np.array(...)`"),
        (lambda answers, labels: (answers == labels).sum() / len(labels), "that is how lists compare"),
        (lambda answers, labels: answers.mean(), "Only an array has `.mean`: make one first"),
        (lambda answers, labels: np.array(answers).count("X"), "Only a list has `.count`"),
        (lambda answers, labels: answers - labels, "Lists can't do that, arrays can"),
        (lambda answers, labels: np.maen(answers), "module 'numpy' has no attribute 'maen'"),
    ],
)
def test_lists_and_arrays_that_are_mixed_up_are_told_apart(function, hint, hint_for):
    answer = hint_for(check_accuracy, function)
    assert "your function stopped in line" in answer
    assert hint in answer


def softmax_less(take_off):
    def function(votes):
        powers = np.exp(votes - take_off(votes))
        return powers / powers.sum()

    return function


@pytest.mark.parametrize(
    ("take_off", "hint"),
    [
        (np.mean, "the power of 1000 is too large"),
        (np.median, "the power of 1000 is too large"),
        (np.min, "the power of 1000 is too large"),
        (lambda votes: votes[0], "the power of 1000 is too large"),
        (lambda votes: votes[-1], "the power of 1000 is too large"),
        (lambda votes: 0, "the power of 1000 is too large"),
        (lambda votes: max(0, votes.max()), "every power becomes 0"),
    ],
)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_only_the_largest_vote_keeps_every_softmax_finite(take_off, hint, hint_for, capsys):
    assert hint in hint_for(check_softmax, softmax_less(take_off))
    check_softmax(softmax_less(np.max))
    assert capsys.readouterr().out.startswith("Right. ")


@pytest.mark.parametrize(
    ("function", "hint"),
    [
        (lambda k, columns, rows: (k // (rows * columns), k // columns % rows, k % columns), "have changed places"),
        (lambda k, rows, columns: (k // (rows * columns), k % rows, k // rows % columns), "You went down the columns"),
        (lambda k, rows, columns: (k // 16, k // 4 % 4, k % 4), "Use `rows` and `columns`"),
    ],
)
def test_rows_and_columns_that_changed_places_are_named(function, hint, hint_for):
    assert hint in hint_for(check_place, function)


def test_a_shape_with_rows_and_columns_exchanged_is_named(hint_for):
    def turned_if_not_square(matches, window, stride):
        pooled = max_pool2d(matches, window, stride)
        return pooled if len(matches) == len(matches.T) else pooled.T

    hint = "wanted an array of shape (4, 3), yours is an array of shape (3, 4) (rows come first, then columns)."
    assert hint in hint_for(check_max_pool, turned_if_not_square)
    assert not checker.is_turned(np.ones(3), np.ones(3))
    assert not checker.is_turned(np.ones((2, 2)), np.ones((2, 2)))
    assert checker.is_turned(np.ones((5, 3, 2)), np.ones((5, 2, 3)))


def test_what_the_hint_on_a_missing_relu_says_of_blank_paper_is_so():
    hint = next(slip.hint for slip in LAYERS.slips if "blank paper" in slip.hint)
    assert "every match of the cross is -0.11" in hint
    matches = {name: match(BLANK[:3, :3], feature) for name, feature in FEATURES.items()}
    assert round(matches.pop("cross"), 2) == -0.11
    assert min(matches.values()) > 0
    assert "On the X nobody can tell" in hint
    np.testing.assert_array_equal(
        LAYERS.slips[0].returns(X, LAYERS.cases[0].arguments[1]), LAYERS.right(*LAYERS.cases[0].arguments)
    )
