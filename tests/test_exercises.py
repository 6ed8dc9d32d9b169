"""The exercises: every folded solution passes its checker, and typical slips get the hint that mends them."""

import importlib
import math
import pkgutil
import re

import nbformat
import numpy as np
import pytest
from scipy import signal

from convnet_core import exercises
from convnet_core.convolution import convolve_loops, feature_map, flip, output_size
from convnet_core.exercises import checker
from convnet_core.exercises.convolution import check_feature_map, check_map_size, check_true_convolution
from convnet_core.exercises.filtering import best, check_as_printed, check_best_feature, check_match
from convnet_core.filtering import match
from convnet_core.pictures import FEATURES
from tools.notebooks import book_notebooks

EXERCISE = re.compile(r"#{3,4} Exercise: (.+)\n")
SOLUTION = re.compile(
    r'<details class="solution">\n<summary>Solution: (.+)</summary>\n\n```python\n(.*?)^```\n(?:.*\n)*\n</details>',
    re.MULTILINE | re.DOTALL,
)
CHECK = re.compile(r"^(check_\w+)\((\w+)\)$", re.MULTILINE)


def exercises_of(path):
    """(name, stub cell, solution code) for each exercise of a notebook, in order."""
    cells = nbformat.read(path, as_version=4).cells
    found = []
    for number, cell in enumerate(cells):
        exercise = EXERCISE.match(cell.source)
        if exercise:
            solution = SOLUTION.fullmatch(cells[number + 2].source)
            assert solution, f"{path.name}: {exercise[1]} has no folded solution two cells on"
            assert solution[1] == exercise[1], f"{path.name}: the solution of {exercise[1]} names {solution[1]}"
            found.append((exercise[1], cells[number + 1], solution[2]))
    return found


CASES = [
    pytest.param(path, stub, solution, id=name)
    for path in book_notebooks()
    for name, stub, solution in exercises_of(path)
]


def test_every_chapter_has_two_or_three_exercises():
    for path in book_notebooks():
        if path.stem not in ("index", "errata", "own_notebook"):
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
    f"{chapter.name.split('.')[-1]}-{name}": exercise
    for chapter in pkgutil.iter_modules(exercises.__path__, "convnet_core.exercises.")
    for name, exercise in vars(importlib.import_module(chapter.name)).items()
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


def by_hand(places=None, window=None, pixels=None):
    """A feature map in loops. What is given is a number written into the code; the rest comes from the arrays."""

    def slide(image, feature):
        height, width = window or feature.shape
        rows, columns = places or (image.shape[0] - height + 1, image.shape[1] - width + 1)
        result = np.zeros((rows, columns))
        for row in range(rows):
            for column in range(columns):
                patch = image[row : row + height, column : column + width]
                result[row, column] = (patch * feature).sum() / (pixels or feature.size)
        return result

    return slide


def with_each_patch(score):
    """A feature map with another way to score a patch."""

    def slide(image, feature):
        windows = np.lib.stride_tricks.sliding_window_view(image, feature.shape)
        return np.array([[score(patch, feature) for patch in row] for row in windows])

    return slide


def cosine(patch, feature):
    return (patch * feature).sum() / np.linalg.norm(patch) / np.linalg.norm(feature)


def agreement(patch, feature):
    return 2 * (patch == feature).mean() - 1


def rows_and_columns_swapped(image, feature):
    result = np.zeros(feature_map(image, feature).shape)
    for (row, column), value in np.ndenumerate(feature_map(image, feature)):
        result[column, row] = value
    return result


DIVIDE = "(9 times for 3 by 3): did you divide by the number of pixels?"

SLIPS = [
    (check_match, lambda p, f: (p * f).sum(), DIVIDE),
    (check_match, lambda p, f: (p * f).sum() / 9, "A feature of 5 by 5 has 25 pixels"),
    (check_match, lambda p, f: (p * f).sum() / len(f) ** 2, "not for one of 2 by 3: divide by `feature.size`"),
    (check_match, lambda p, f: np.abs(p * f).mean(), "minus signs got lost"),
    (check_match, lambda p, f: (p == f).mean(), "share of pixels that agree"),
    (check_match, agreement, "the same only if all pixels are 1 or -1"),
    (check_match, cosine, "That is the cosine"),
    (check_match, lambda p, f: (p * f).sum() / np.abs(f).sum(), "right where all pixels are 1 or -1"),
    (check_match, lambda p, f: (p * f).sum() / (f == 1).sum(), "the number of ink pixels"),
    (check_match, lambda p, f: p * f / f.size, "What is missing is the adding up"),
    (check_match, lambda p, f: (p @ f).sum() / f.size, "matrix product"),
    (check_match, lambda p, f: p[0][0] * f[0][0] / f.size, "`return` ends the loop as well"),
    (check_match, lambda p, f: (p * f).sum() / 3, "divided by the number of rows"),
    (check_match, lambda p, f: int(match(p, f) * 100) / 100, "cut off the decimals"),
    (check_match, lambda p, f: round(match(p, f), 2), "Very close: you rounded"),
    (check_match, lambda p, f: match(p, f) + 2e-6, "with the feature backslash: wanted 1, yours is 1.000002."),
    (check_match, lambda p, f: str(match(p, f)), "wanted 1, yours is the text '1.0'."),
    (check_match, lambda p, f: True, "gives True for every patch that was tried"),
    (check_best_feature, lambda p, fs: max(match(p, f) for f in fs.values()), "best match itself"),
    (check_best_feature, lambda p, fs: min(fs, key=lambda n: match(p, fs[n])), "the worst match"),
    (check_best_feature, lambda p, fs: max(fs, key=lambda n: abs(match(p, fs[n]))), "with their signs"),
    (check_best_feature, lambda p, fs: fs[max(fs, key=lambda n: match(p, fs[n]))], "feature itself"),
    (check_best_feature, lambda p, fs: "cross", "gives 'cross' for every patch that was tried"),
    (check_best_feature, lambda p, fs: best(p, FEATURES), "right for the three features of the slides"),
    (check_best_feature, lambda p, fs: fs.popitem()[0], "changed what it was given"),
    (check_as_printed, lambda v: f"{v:.2f}", "You rounded"),
    (check_as_printed, lambda v: f"{v:.3f}"[:-1], "zero has no sign"),
    (check_as_printed, lambda v: f"{v:.3f}"[:-1].replace("-0.00", "0.00"), "your code rounds"),
    (check_as_printed, lambda v: f"{np.trunc(v * 100) / 100:.2f}", "zero has no sign"),
    (check_as_printed, lambda v: f"{np.floor(v * 100) / 100:.2f}", "away from zero"),
    (check_as_printed, lambda v: int(v * 100) / 100, "Wanted is its text"),
    (check_as_printed, lambda v: str(int(v * 100) / 100), "Two decimals always"),
    (check_as_printed, lambda v: v, "For 7/9: wanted the text '0.77', yours is 0.7778."),
    (check_feature_map, convolve_loops, DIVIDE),
    (check_feature_map, by_hand(places=(7, 7)), "works for 9 by 9 pictures, not for one of 7 by 6"),
    (check_feature_map, by_hand(window=(3, 3)), "works for features of 3 by 3, not for one of 2 by 3"),
    (check_feature_map, by_hand(pixels=9), "A feature of 2 by 3 has 6 pixels"),
    (check_feature_map, by_hand(places=(7, 7), window=(3, 3), pixels=9), "take the sizes from the arrays"),
    (check_feature_map, by_hand(places=(7, 7), window=(3, 3), pixels=1), DIVIDE),
    (check_feature_map, with_each_patch(cosine), "right where all pixels are 1 or -1"),
    (check_feature_map, with_each_patch(agreement), "right where all pixels are 1 or -1"),
    (check_feature_map, lambda i, f: feature_map(i, f)[:-1, :-1], "One row and one column are missing"),
    (check_feature_map, rows_and_columns_swapped, "Rows and columns are swapped"),
    (check_feature_map, lambda i, f: np.pad(feature_map(i, f), 1), "must stay inside"),
    (check_feature_map, lambda i, f: signal.correlate2d(i, f), "larger than the image, as with mode='full'"),
    (check_feature_map, lambda i, f: signal.correlate2d(i, f, "same") / f.size, "as large as the image, as with"),
    (check_feature_map, lambda i, f: feature_map(i, f[::-1, ::-1]), "The feature is turned through half a turn"),
    (check_feature_map, lambda i, f: feature_map(i, f)[::-1, ::-1], "Your map is turned through half a turn"),
    (check_feature_map, lambda i, f: feature_map(i, f) + 1e-5, "at [0, 0] wanted 0.77778, yours is 0.77779."),
    (check_feature_map, lambda i, f: np.zeros((7, 7)), "the same array for every picture that was tried, and all"),
    (check_feature_map, lambda i, f: 0 * feature_map(i, f), "picture that was tried, and all its numbers are 0."),
    (check_feature_map, lambda i, f: FEATURES["cross"], "gives the same array for every picture that was tried."),
    (check_feature_map, lambda i, f: i, "wanted an array of shape (7, 7), yours is an array of shape (9, 9)."),
    (check_map_size, lambda s, k, t, p: (s + 2 * p - k) // t, "One too few"),
    (check_map_size, lambda s, k, t, p: (s + p - k) // t + 1, "counts twice"),
    (check_map_size, lambda s, k, t, p: (s + 2 * p - k) / t + 1, "half a place"),
    (check_map_size, lambda s, k, t, p: math.ceil((s + 2 * p - k) / t) + 1, "You rounded up"),
    (check_map_size, lambda s, k, t, p: round((s + 2 * p - k) / t) + 1, "You rounded, and where that goes up"),
    (check_map_size, lambda s, k, t, p: s + 2 * p - k + 1, "The stride is missing"),
    (check_true_convolution, convolve_loops, "no flip"),
    (check_true_convolution, lambda i, k: convolve_loops(i, k[::-1]), "rows upside down"),
    (check_true_convolution, lambda i, k: convolve_loops(i, k.T), "mirrors at the diagonal"),
    (check_true_convolution, lambda i, k: convolve_loops(i, np.rot90(k)), "a quarter of a turn"),
    (check_true_convolution, lambda i, k: convolve_loops(i, flip(k)) / k.size, "nothing is divided"),
    (check_true_convolution, lambda i, k: flip(convolve_loops(i, k)), "You turned the result"),
    (check_true_convolution, lambda i, k: signal.convolve2d(i, k), "mode='full'"),
    (check_true_convolution, lambda i, k: signal.convolve2d(i, k, "same"), "mode='same'"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(
    ("check", "function"),
    [
        (check_match, lambda p, f: np.float32(match(p, f))),
        (check_match, lambda p, f: round(match(p, f), 8)),
        (check_match, lambda p, f: np.vdot(p, f) / f.size),
        (check_best_feature, lambda p, fs: np.array(list(fs))[np.argmax([match(p, f) for f in fs.values()])]),
        (check_feature_map, by_hand()),
        (check_feature_map, lambda i, f: feature_map(i, f).astype(np.float32)),
        (check_feature_map, lambda i, f: feature_map(i, f).tolist()),
        (check_map_size, lambda *sizes: float(output_size(*sizes))),
        (check_true_convolution, lambda i, k: signal.convolve2d(i, k, "valid")),
    ],
)
def test_a_right_answer_of_another_make_passes(check, function, capsys):
    check(function)
    assert capsys.readouterr().out.startswith("Right. ")


def test_a_hint_names_the_call(capsys):
    def my_map_size(size, kernel, stride, padding):
        return output_size(size, kernel, stride, padding) + (size == 10)

    check_map_size(my_map_size)
    assert capsys.readouterr().out == "Not yet. For `my_map_size(10, 3, 2, 0)`: wanted 4, yours is 5.\n"


def raises(*arguments):
    raise KeyError("nope")


LINE = raises.__code__.co_firstlineno + 1


def stops_the_session(*arguments):
    raise SystemExit


def changes_its_input(patch, feature):
    patch *= feature
    return patch.sum() / feature.size


class Refuses:
    """An answer that can be neither compared, shown nor made an array."""

    def __array__(self, *arguments, **options):
        raise RuntimeError("no array")

    def __eq__(self, other):
        raise RuntimeError("no comparison")

    def __repr__(self):
        raise RuntimeError("no text")


@pytest.mark.parametrize(
    ("function", "hint"),
    [
        (0.5, "Hand over the function itself"),
        (lambda p, f: None, "returned nothing"),
        (raises, f"For the upper left arm of the X with the feature backslash: your function stopped in line {LINE} "),
        (stops_the_session, "with SystemExit"),
        (lambda p: 1.0, "with TypeError"),
        (changes_its_input, "changed what it was given"),
        (lambda p, f: [[1], [2, 3]], "something of type `list` for every patch"),
        (lambda p, f: Refuses(), "something of type `Refuses` for every patch"),
        (lambda p, f: Refuses() if p[0, 0] > 0 else 1, "wanted 1, yours is something of type `Refuses`."),
        (lambda p, f: 10**400, "something of type `int` for every patch"),
        (lambda p, f: 1j * p.sum(), "something of type `complex` for every patch"),
        (lambda p, f: p, "wanted 1, yours is an array of shape (3, 3)"),
        (lambda p, f: p[:0], "yours is an array of shape (0, 3)"),
        (lambda p, f: str(p), "wanted 1, yours is the text '[["),
        (lambda p, f: float("nan"), "gives nan for every patch"),
        (lambda p, f: p.sum() / 0.0 if p.sum() else 0.0, "yours is"),
        (lambda p, f: p.sum() > 0, "yours is False"),
        (lambda p, f: p.sum() + 1000, "yours is"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_checker_speaks_whatever_it_is_handed(function, hint, capsys):
    check_match(function)
    answer = capsys.readouterr().out
    assert answer.startswith("Not yet. ")
    assert hint in answer


@pytest.mark.parametrize("check", [check_as_printed, check_best_feature, check_feature_map, check_map_size])
@pytest.mark.parametrize("answer", [None, 1, "1", [1, "1"], {}, np.eye(2), Refuses(), float("nan")], ids=type)
def test_every_checker_speaks_whatever_it_is_handed(check, answer, capsys):
    check(lambda *arguments: answer)
    assert capsys.readouterr().out.startswith("Not yet. ")


def test_arrays_differ_where_the_message_says():
    wanted, answer = np.array([[1, 2], [3, 4]]), np.array([[1, 2], [3, 5]])
    assert checker.difference(answer, wanted) == "at [1, 1] wanted 4, yours is 5"
