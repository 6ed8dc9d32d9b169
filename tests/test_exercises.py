"""The exercises: every folded solution passes its checker, and typical slips get the hint that mends them."""

import functools
import math
import re

import nbformat
import numpy as np
import pytest
from scipy import signal

from convnet_core.convolution import convolve_loops, feature_map, flip, output_size
from convnet_core.exercises import checker, convolution, filtering
from convnet_core.exercises.convolution import check_feature_map, check_map_size, check_true_convolution
from convnet_core.exercises.filtering import check_as_printed, check_best_feature, check_match
from convnet_core.filtering import match
from tools.notebooks import book_notebooks

EXERCISE = re.compile(r"^`{3,}\{exercise\}.*\n:label: (\S+)", re.MULTILINE)
SOLUTION = re.compile(r"^`{3,}\{solution\} (\S+)\n:class: dropdown\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CHECK = re.compile(r"^(check_\w+)\((\w+)\)$", re.MULTILINE)


def exercises_of(path):
    """(label, stub cell, solution code) for each exercise of a notebook, in order."""
    cells = nbformat.read(path, as_version=4).cells
    found = []
    for number, cell in enumerate(cells):
        exercise = EXERCISE.search(cell.source)
        if exercise:
            solution = SOLUTION.search(cells[number + 2].source)
            assert solution, f"{path.name}: {exercise[1]} has no folded solution two cells on"
            assert solution[1] == exercise[1], f"{path.name}: the solution of {exercise[1]} names {solution[1]}"
            found.append((exercise[1], cells[number + 1], solution[2]))
    return found


CASES = [
    pytest.param(path, stub, solution, id=label)
    for path in book_notebooks()
    for label, stub, solution in exercises_of(path)
]


def test_every_chapter_has_two_or_three_exercises():
    for path in book_notebooks():
        if path.stem != "index":
            assert 2 <= len(exercises_of(path)) <= 3, path.name


@pytest.mark.parametrize(("path", "stub", "solution"), CASES)
def test_the_solution_in_the_chapter_passes(path, stub, solution, capsys):
    check, name = CHECK.search(stub.source).groups()
    space = {"np": np}
    exec(stub.source, space)  # brings the checker
    capsys.readouterr()
    exec(solution, space)
    space[check](space[name])
    assert capsys.readouterr().out.startswith("Right. ")


@pytest.mark.parametrize(("path", "stub", "solution"), CASES)
def test_the_stub_as_shipped_runs_and_shows_a_hint(path, stub, solution, capsys):
    exec(stub.source, {"np": np})
    hint = capsys.readouterr().out
    assert hint.startswith("Not yet. ")
    assert [output.text for output in stub.outputs] == [hint]


EXERCISES = {
    name: exercise
    for chapter in (filtering, convolution)
    for name, exercise in vars(chapter).items()
    if isinstance(exercise, checker.Exercise)
}
EVERY_SLIP = [
    pytest.param(exercise, slip, id=f"{name}-{number}")
    for name, exercise in EXERCISES.items()
    for number, slip in enumerate(exercise.slips)
]


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_the_function_of_the_book_is_right_and_answers_every_case(exercise):
    assert checker.find_hint(exercise.right, exercise) is None
    for case in exercise.cases:
        assert isinstance(checker.outcome(exercise.right, case), np.ndarray | str)


@pytest.mark.parametrize(("exercise", "slip"), EVERY_SLIP)
def test_the_cases_tell_every_slip_from_every_other(exercise, slip):
    assert checker.find_hint(slip.returns, exercise) == slip.hint


def by_hand(rows, columns, height, width, pixels):
    """A feature map whose sizes are written into the code, or taken from the arrays."""

    def slide(image, feature):
        size = {"H": image.shape[0], "W": image.shape[1], "h": feature.shape[0], "w": feature.shape[1]}
        number = functools.partial(eval, locals=None) if False else lambda text: eval(text, {}, size)
        result = np.zeros((number(rows), number(columns)))
        for row in range(number(rows)):
            for column in range(number(columns)):
                window = image[row : row + number(height), column : column + number(width)]
                result[row, column] = (window * feature).sum() / number(pixels)
        return result

    return slide


SLIPS = [
    (check_match, lambda p, f: (p * f).sum(), "did you divide by the number of pixels"),
    (check_match, lambda p, f: (p * f).sum() / 9, "A feature of 5 by 5 has 25 pixels"),
    (check_match, lambda p, f: np.abs(p * f).mean(), "minus signs got lost"),
    (check_match, lambda p, f: (p == f).mean(), "share of pixels that agree"),
    (check_match, lambda p, f: p * f / f.size, "What is missing is the adding up"),
    (check_match, lambda p, f: (p @ f).sum() / f.size, "matrix product"),
    (check_match, lambda p, f: (p * f).sum() / 3, None),
    (check_match, lambda p, f: int(match(p, f) * 100) / 100, "cut off the decimals"),
    (check_best_feature, lambda p, fs: max(match(p, f) for f in fs.values()), "best match itself"),
    (check_best_feature, lambda p, fs: min(fs, key=lambda n: match(p, fs[n])), "the worst match"),
    (check_best_feature, lambda p, fs: max(fs, key=lambda n: abs(match(p, fs[n]))), "with their signs"),
    (check_best_feature, lambda p, fs: fs[max(fs, key=lambda n: match(p, fs[n]))], "feature itself"),
    (check_as_printed, lambda v: f"{v:.2f}", "You rounded"),
    (check_as_printed, lambda v: f"{np.floor(v * 100) / 100:.2f}", "away from zero"),
    (check_as_printed, lambda v: int(v * 100) / 100, "Wanted is its text"),
    (check_as_printed, lambda v: str(int(v * 100) / 100), "Two decimals always"),
    (check_feature_map, convolve_loops, "did you divide by the number of pixels"),
    (check_feature_map, lambda i, f: feature_map(i, f)[:-1, :-1], "One row and one column are missing"),
    (check_feature_map, lambda i, f: feature_map(i, f).T, "Rows and columns are swapped"),
    (check_feature_map, lambda i, f: np.pad(feature_map(i, f), 1), "must stay inside"),
    (check_feature_map, lambda i, f: feature_map(i, f[::-1, ::-1]), "turned by half a turn"),
    (check_map_size, lambda s, k, t, p: (s + 2 * p - k) // t, "One too few"),
    (check_map_size, lambda s, k, t, p: (s + p - k) // t + 1, "counts twice"),
    (check_map_size, lambda s, k, t, p: (s + 2 * p - k) / t + 1, "half a place"),
    (check_map_size, lambda s, k, t, p: s + 2 * p - k + 1, "The stride is missing"),
    (check_true_convolution, convolve_loops, "no flip"),
    (check_true_convolution, lambda i, k: convolve_loops(i, k[::-1]), "rows upside down"),
    (check_true_convolution, lambda i, k: convolve_loops(i, k.T), "mirrors at the diagonal"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, capsys):
    check(slip)
    answer = capsys.readouterr().out
    assert answer.startswith("Not yet. ")
    assert (hint or "") in answer


def raises(*arguments):
    raise KeyError("nope")


def changes_its_input(patch, feature):
    patch *= feature
    return patch.sum() / feature.size


@pytest.mark.parametrize(
    ("function", "hint"),
    [
        (lambda p, f: None, "returned nothing"),
        (raises, "stopped with KeyError: 'nope'"),
        (lambda p: 1.0, "stopped with TypeError"),
        (changes_its_input, "changed the array"),
        (lambda p, f: [[1], [2, 3]], "Put your code in the place of the stub"),
        (lambda p, f: p, "Wanted the shape ()"),
        (lambda p, f: str(p), "Wanted 1"),
        (lambda p, f: float("nan") * p.sum(), "Wanted 1"),
        (lambda p, f: p.sum() + 1000, "yours is"),
    ],
)
def test_a_checker_speaks_whatever_it_is_handed(function, hint, capsys):
    check_match(function)
    answer = capsys.readouterr().out
    assert answer.startswith("Not yet. ")
    assert hint in answer


def test_arrays_differ_where_the_message_says():
    wanted, answer = np.array([[1, 2], [3, 4]]), np.array([[1, 2], [3, 5]])
    assert checker.difference(answer, wanted) == "At [1, 1] wanted 4, yours is 5."
