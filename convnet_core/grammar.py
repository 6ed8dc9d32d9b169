"""Grammars whose rules have probabilities, and the likeliest tree for what was seen: chapter 15 reads clips by it.

A rule says what a symbol may be made of: one symbol, or two that follow each other. `Parser.parse` tries all ways from
short pieces to long ones and keeps the best of each (Cocke, Younger and Kasami, in the 1960s).
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from convnet_core.checks import NEAR, as_generator, as_kind, as_list, as_number

MOST_RULES = 10_000  # of one sentence


class Rule(NamedTuple):
    """`left` is made of `right`, one symbol or two, with a probability above 0."""

    left: str
    right: tuple
    probability: float


class Tree(NamedTuple):
    """A symbol and what it is made of, Trees too; a leaf has no parts."""

    symbol: str
    parts: tuple = ()

    def leaves(self):
        """The symbols at the bottom, from left to right."""
        return [leaf for part in self.parts for leaf in part.leaves()] if self.parts else [self.symbol]

    def __str__(self):
        return "\n".join(self._lines())

    def _lines(self):
        inner = [line for part in self.parts for line in part._lines()]
        return [self.symbol, *("  " + line for line in inner)]


class Parser:
    """Finds the likeliest tree of a grammar.

    rules  an iterable of Rule; what a symbol can be made of has probabilities that sum to 1
    """

    def __init__(self, rules):
        self.rules = tuple(rules)
        self._single, self._double = defaultdict(list), defaultdict(dict)
        for left, choices in _choices("Parser", self.rules).items():
            for right, probability in choices.items():
                first, *second = right
                log = np.log(min(probability, 1))  # a last bit above 1, and a symbol made of itself has no end
                if second:
                    self._double[first].setdefault(second[0], []).append((left, log))
                else:
                    self._single[first].append((left, log))

    def parse(self, leaves, start):
        """The likeliest tree that has `start` at its top.

        leaves  for each place from left to right, what may stand there: a dict from symbols to the logs of how
                likely what was seen is for each
        start   a symbol
        return  the log of its probability times what the leaves said, and the Tree; -inf and None if there is none
        """
        count, best = len(leaves), {}
        for place, symbols in enumerate(leaves):
            scores = as_list("leaves", list(as_kind(f"leaves[{place}]", symbols, dict).values()), len(symbols))
            best[place, place + 1] = {symbol: (float(score), ()) for symbol, score in zip(symbols, scores, strict=True)}
            self._rise(best[place, place + 1])
        for length in range(2, count + 1):
            for first in range(count - length + 1):
                best[first, first + length] = self._joined(best, first, first + length)
        top = best.get((0, count), {})
        return (top[start][0], _tree(best, start, 0, count)) if start in top else (-np.inf, None)

    def _joined(self, best, first, end):
        """What the places from `first` to before `end` can be: all pairs of a left part and a right part."""
        cell = {}
        for middle in range(first + 1, end):
            for one, (log_one, _) in best[first, middle].items():
                followed = self._double.get(one, {})
                for other, (log_other, _) in best[middle, end].items() if followed else ():
                    for symbol, log in followed.get(other, ()):
                        _keep(cell, symbol, log_one + log_other + log, (one, other, middle))
        self._rise(cell)
        return cell

    def _rise(self, cell):
        """Whatever is made of one symbol that is there."""
        todo = list(cell)
        while todo:
            one = todo.pop()
            for symbol, log in self._single.get(one, ()):
                if _keep(cell, symbol, cell[one][0] + log, (one,)):
                    todo.append(symbol)


def _keep(cell, symbol, log, made_of):
    """Keep the better of two ways to make a symbol; whether it is the new one."""
    is_better = symbol not in cell or log > cell[symbol][0]
    if is_better:
        cell[symbol] = log, made_of
    return is_better


def _tree(best, symbol, first, end):
    made_of = best[first, end][symbol][1]
    if not made_of:
        return Tree(symbol)
    if len(made_of) == 1:
        return Tree(symbol, (_tree(best, made_of[0], first, end),))
    one, other, middle = made_of
    return Tree(symbol, (_tree(best, one, first, middle), _tree(best, other, middle, end)))


def sentence(rules, start, rng):
    """A sentence of the grammar at random: the symbols at its bottom.

    rules  an iterable of Rule
    start  a symbol; one without a rule is a word
    rng    a numpy.random.Generator
    return a list of symbols

    Raises ValueError where it finds no end.
    """
    choices, rng = _choices("sentence", rules), as_generator("rng", rng)
    words, todo, used = [], [start], 0
    while todo:
        symbol = todo.pop()
        if symbol not in choices:
            words.append(symbol)
            continue
        todo += reversed(one_of(choices[symbol], rng))
        used += 1
        if used > MOST_RULES:
            raise ValueError(f"sentence: {start} used {MOST_RULES} rules, wanted rules that come to an end")
    return words


def _choices(caller, rules):
    """By symbol: a dict from what it may be made of to the probability. Refuses what is no grammar."""
    choices = defaultdict(dict)
    for left, right, probability in rules:
        if not isinstance(right, tuple | list) or len(right) not in (1, 2):
            raise ValueError(f"{caller}: {left} is made of {right!r}, wanted a tuple of 1 or 2 symbols")
        if tuple(right) in choices[left]:
            raise ValueError(f"{caller}: {left} has two rules for {right!r}, wanted one")
        if type(probability) is not float or not probability > 0:  # else the check would take most of the time
            probability = as_number(f"{caller}: the probability of {left}", probability, above=0)
        choices[left][tuple(right)] = probability
    for left, chances in choices.items():
        if abs(sum(chances.values()) - 1) > NEAR:
            raise ValueError(f"{caller}: the probabilities of {left} sum to {sum(chances.values()):g}, wanted 1")
    return choices


def one_of(shares, rng):
    """One of the keys of a dict at random, each as often as its number says."""
    left = rng.random() * sum(shares.values())
    for key, share in shares.items():
        left -= share
        if left < 0:
            return key
    return key  # a last bit was left over
