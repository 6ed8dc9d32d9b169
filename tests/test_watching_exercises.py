"""The exercises of chapter 15: typical slips get the hint that mends them, right answers of any make pass."""

import numpy as np
import pytest

from convnet_core.cooking import ACTIONS, random_corpus
from convnet_core.exercises.watching import check_action, check_cell, check_votes
from convnet_core.grammar import Parser, Rule
from convnet_core.kitchen import HOLDS
from convnet_core.watching import Counts, Seen, summed


def votes(p):
    """Multiplied frame by frame."""
    together = p[0]
    for frame in p[1:]:
        together = together * frame
    return int(together.argmax())


def action(counts, likely):
    """Each action's share of all, times the share of each hold, times how likely it is."""
    best, most = 0, -1
    for place, row in enumerate(counts):
        number = sum(row) / counts.sum() * sum(met / sum(row) * seen for met, seen in zip(row, likely, strict=True))
        if number > most:
            best, most = place, number
    return best


def cell(left, right, rules):
    return [
        max(rule[i, j] * one * other for i, one in enumerate(left) for j, other in enumerate(right)) for rule in rules
    ]


SLIPS = [
    (check_votes, lambda p: np.bincount(p.argmax(1)).argmax(), "which word each frame prefers"),
    (check_votes, lambda p: p.mean(0).argmax(), "You add up probabilities"),
    (check_votes, lambda p: p.max(0).argmax(), "the surest frame alone"),
    (check_votes, lambda p: np.log(p).sum(0).max(), "That is its log"),
    (check_votes, lambda p: np.log(p).sum(0), "one for each word"),
    (check_action, lambda c, p: c[:, p.argmax()].argmax(), "the likeliest hold first"),
    (check_action, lambda c, p: ((c.T / c.sum(1)).T @ p).argmax(), "how often each action is met"),
    (check_action, lambda c, p: c.sum(1).argmax(), "whatever was seen"),
    (check_action, lambda c, p: (c @ p).max(), "Wanted is which action it is"),
    (check_cell, lambda a, b, r: np.einsum("sij,i,j->s", r, a, b), "You add up all ways"),
    (check_cell, lambda a, b, r: cell(b, a, r), "Left and right are exchanged"),
    (check_cell, lambda a, b, r: r[:, a.argmax(), b.argmax()] * a.max() * b.max(), "No rule may join those"),
    (check_cell, lambda a, b, r: r.max((1, 2)), "multiplied by both"),
    (check_cell, lambda a, b, r: max(cell(a, b, r)), "one number for each symbol"),
]


@pytest.mark.parametrize(("check", "slip", "hint"), SLIPS)
def test_a_typical_slip_gets_its_hint(check, slip, hint, hint_for):
    assert hint in hint_for(check, slip)


@pytest.mark.parametrize(("check", "right"), [(check_votes, votes), (check_action, action), (check_cell, cell)])
def test_a_right_answer_of_another_make_passes(check, right, capsys):
    check(right)
    assert capsys.readouterr().out.startswith("Right. ")


def test_the_exercises_agree_with_the_core():
    rng = np.random.default_rng(0)
    for _ in range(20):
        frames = np.log(rng.dirichlet(np.ones(8), size=(5, 2)))
        together = summed(Seen(np.log(rng.dirichlet(np.ones(4), size=(5, 2))), frames), trust=1).thing
        assert [votes(np.exp(frames[:, side])) for side in range(2)] == together.argmax(axis=1).tolist()

    rules = rng.dirichlet(np.ones(4), size=3).reshape(3, 2, 2)
    parser = Parser(Rule(f"s{s}", (f"l{i}", f"r{j}"), rules[s, i, j]) for s, i, j in np.ndindex(3, 2, 2))
    left, right = rng.random((2, 2))
    leaves = [{f"{name}{i}": np.log(x) for i, x in enumerate(part)} for name, part in (("l", left), ("r", right))]
    assert np.allclose(cell(left, right, rules), [np.exp(parser.parse(leaves, f"s{s}")[0]) for s in range(3)])


def test_an_action_is_counted_as_in_the_core():
    """Where the left hand holds bread, the same action comes out as from the core's counts."""
    steps = [step for recipe in random_corpus(np.random.default_rng(1)) for step in recipe]
    bread = [step for step in steps if step.left == ("flat", "bread")]
    known = [name for name in ACTIONS if any(step.action == name for step in bread)]
    table = np.array([[bread.count((name, ("flat", "bread"), hold)) for hold in HOLDS] for name in known])
    logs = Counts([steps], rare=1e-9).logs[:, HOLDS.index(("flat", "bread"))]
    for sure in (0.2, 0.4, 0.7, 0.9):
        likely = np.zeros(len(HOLDS))
        likely[[HOLDS.index(("power", "knife")), HOLDS.index(("precision", "knife"))]] = sure, 1 - sure
        assert known[action(table, likely)] == ACTIONS[int((np.exp(logs) @ likely).argmax())]
