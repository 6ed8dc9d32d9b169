"""Grammars with probabilities: the parser against all trees there are, sentences against their rules."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from convnet_core.grammar import Parser, Rule, Tree, one_of, sentence

RNG = np.random.default_rng
WORDS = ("x", "y")
SYMBOLS = ("A", "B", "C", "D")
TOY = (
    Rule("meal", ("dish", "meal"), 0.25),
    Rule("meal", ("dish",), 0.75),
    Rule("dish", ("soup",), 0.6),
    Rule("dish", ("bread", "butter"), 0.4),
)


def random_grammar(rng):
    """A few symbols; one is made of one symbol only of those after it, so that there is an end of trees."""
    rules = []
    for place, symbol in enumerate(SYMBOLS):
        below, everything = (*SYMBOLS[place + 1 :], *WORDS), (*SYMBOLS, *WORDS)
        choices = {(below[rng.integers(len(below))],) for _ in range(2)}
        choices |= {tuple(everything[k] for k in rng.integers(len(everything), size=2)) for _ in range(3)}
        chances = rng.dirichlet(np.ones(len(choices)))
        rules += [Rule(symbol, right, chance) for right, chance in zip(sorted(choices), chances, strict=True)]
    return rules


def all_trees(rules, leaves, symbol):
    """Every tree of a symbol over these leaves, with the log of its probability: by trying all, without a table."""
    found = [(leaves[0][symbol], Tree(symbol))] if len(leaves) == 1 and symbol in leaves[0] else []
    for left, right, probability in rules:
        if left != symbol:
            continue
        if len(right) == 1:
            inner = [(log, (tree,)) for log, tree in all_trees(rules, leaves, right[0])]
        else:
            inner = [
                (log + more, (tree, other))
                for middle in range(1, len(leaves))
                for log, tree in all_trees(rules, leaves[:middle], right[0])
                for more, other in all_trees(rules, leaves[middle:], right[1])
            ]
        found += [(np.log(probability) + log, Tree(symbol, parts)) for log, parts in inner]
    return found


def log_of(tree, rules, leaves):
    """The log of a tree's probability, rule by rule, and of what the leaves say."""
    chances = {(left, right): probability for left, right, probability in rules}
    places = iter(leaves)

    def walk(each):
        if not each.parts:
            return next(places)[each.symbol]
        right = tuple(part.symbol for part in each.parts)
        return np.log(chances[each.symbol, right]) + sum(map(walk, each.parts))

    return walk(tree)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_likeliest_tree_is_the_best_of_all_there_are(count):
    rng, trees = RNG(count), 0
    for _ in range(60 if count < 4 else 4):
        rules = random_grammar(rng)
        leaves = [dict(zip(WORDS, rng.normal(size=2), strict=True)) for _ in range(count)]
        every = all_trees(rules, leaves, "A")
        log, tree = Parser(rules).parse(leaves, "A")
        if not every:
            assert (log, tree) == (-np.inf, None)
            continue
        assert abs(log - max(other for other, _ in every)) < 1e-9
        assert abs(log_of(tree, rules, leaves) - log) < 1e-9
        assert tree in [each for other, each in every if abs(other - log) < 1e-9]
        trees += len(every)
    assert trees > 60


def test_leaves_may_be_symbols_that_have_rules_themselves():
    rules = [Rule("A", ("B", "B"), 1), Rule("B", ("x",), 1)]
    log, tree = Parser(rules).parse([{"B": -1.0, "x": -3.0}, {"x": -0.5, "B": -2.0}], "A")
    assert log == -1.5
    assert tree == Tree("A", (Tree("B"), Tree("B", (Tree("x"),))))


def test_by_hand():
    log, tree = Parser(TOY).parse([{"soup": 0.0}, {"bread": -1.0, "soup": -2.0}, {"butter": 0.0}], "meal")
    assert abs(log - (np.log(0.25 * 0.6 * 0.75 * 0.4) - 1)) < 1e-12
    assert tree.leaves() == ["soup", "bread", "butter"]
    assert str(tree).splitlines() == ["meal", "  dish", "    soup", "  meal", "    dish", "      bread", "      butter"]


def test_there_may_be_no_tree():
    parser = Parser(TOY)
    nothing = (-np.inf, None)
    assert parser.parse([{"bread": 0.0}], "meal") == nothing
    assert parser.parse([], "meal") == nothing
    assert parser.parse([{"soup": 0.0}, {}], "meal") == nothing
    assert parser.parse([{"soup": 0.0}], "supper") == nothing
    assert parser.parse([{"soup": -0.5}], "soup") == (-0.5, Tree("soup"))


def test_symbols_that_are_made_of_each_other_come_to_an_end():
    rules = [Rule("A", ("B",), 0.5), Rule("B", ("A",), 0.5), Rule("A", ("A",), 0.25), Rule("A", ("x",), 0.25)]
    rules += [Rule("B", ("x",), 0.5)]
    log, tree = Parser(rules).parse([{"x": 0.0}], "A")
    assert abs(log - np.log(0.25)) < 1e-12
    assert tree.leaves() == ["x"]
    assert Parser([Rule("A", ("A",), 1)]).parse([{"A": 0.0}], "A") == (0.0, Tree("A"))


# Sentences


def test_sentences_come_as_often_as_their_rules_say():
    rng, count = RNG(0), 20_000
    met = Counter(tuple(sentence(TOY, "meal", rng)) for _ in range(count))
    dishes = {("soup",): 0.6, ("bread", "butter"): 0.4}
    for length in (1, 2, 3):
        for parts in product(dishes, repeat=length):
            wanted = 0.25 ** (length - 1) * 0.75 * np.prod([dishes[part] for part in parts])
            spread = np.sqrt(wanted * (1 - wanted) / count)
            assert abs(met[tuple(word for part in parts for word in part)] / count - wanted) < 4 * spread


def test_a_symbol_without_a_rule_is_a_word():
    assert sentence(TOY, "butter", RNG(0)) == ["butter"]
    assert sentence([], "soup", RNG(0)) == ["soup"]


def test_the_same_seed_says_the_same():
    assert sentence(TOY, "meal", RNG(3)) == sentence(TOY, "meal", RNG(3))


def test_one_of_takes_each_as_often_as_its_number_says():
    rng = RNG(1)
    met = Counter(one_of({"a": 3, "b": 1, "c": 0}, rng) for _ in range(8000))
    assert met["c"] == 0
    assert abs(met["a"] / 8000 - 0.75) < 0.02


def test_a_last_bit_that_is_left_over_goes_to_the_last():
    class Highest:
        def random(self):
            return 1.0

    assert one_of({"a": 0.1, "b": 0.2}, Highest()) == "b"


# What is refused


def of(*rules):
    return [Rule(*rule) for rule in rules]


NO_GRAMMARS = {
    "three symbols": (of(("A", ("x", "y", "z"), 1)), "A is made of ('x', 'y', 'z'), wanted a tuple of 1 or 2 symbols"),
    "nothing": (of(("A", (), 1)), "A is made of (), wanted a tuple of 1 or 2 symbols"),
    "a word": (of(("A", "ab", 1)), "A is made of 'ab', wanted a tuple of 1 or 2 symbols"),
    "a number": (of(("A", 3, 1)), "A is made of 3, wanted a tuple of 1 or 2 symbols"),
    "probability 0": (of(("A", ("x",), 0)), "the probability of A is 0, wanted a number above 0"),
    "probability NaN": (of(("A", ("x",), float("nan"))), "the probability of A holds nan at []"),
    "a text": (of(("A", ("x",), "often")), "the probability of A holds text, wanted plain numbers"),
    "too much": (of(("A", ("A",), 2.0)), "the probabilities of A sum to 2, wanted 1"),
    "too little": (of(("A", ("x",), 0.5), ("A", ("y",), 0.25)), "the probabilities of A sum to 0.75, wanted 1"),
    "a rule twice": (of(("A", ("x",), 0.5), ("A", ("x",), 0.5)), "A has two rules for ('x',), wanted one"),
}


@pytest.mark.parametrize("name", NO_GRAMMARS)
@pytest.mark.parametrize(
    ("caller", "use"),
    [("Parser", Parser), ("sentence", lambda rules: sentence(rules, "A", RNG(0)))],
    ids=["Parser", "sentence"],
)
def test_what_is_no_grammar_is_refused_in_words(name, caller, use):
    rules, said = NO_GRAMMARS[name]
    with pytest.raises(ValueError, match="wanted") as refusal:
        use(rules)
    assert str(refusal.value).startswith(f"{caller}: {said}")


def test_a_sentence_without_an_end_is_refused():
    with pytest.raises(ValueError, match=r"^sentence: A used 10000 rules, wanted rules that come to an end"):
        sentence(of(("A", ("A", "x"), 1)), "A", RNG(0))
    with pytest.raises(ValueError, match=r"^sentence: rng is 1, wanted a numpy"):
        sentence(TOY, "meal", 1)


def test_a_last_bit_above_1_is_no_endless_gain():
    """Of a symbol that is made of itself: each round would make it likelier."""
    log, tree = Parser(of(("A", ("A",), 1 + 5e-7))).parse([{"A": 0.0}], "A")
    assert (log, tree.leaves()) == (0.0, ["A"])


def test_leaves_without_logs_are_refused():
    with pytest.raises(ValueError, match=r"^Parser\.parse: leaves\[0\] is \['soup'\], wanted a dict"):
        Parser(TOY).parse([["soup"]], "meal")


@pytest.mark.parametrize("score", [np.nan, -np.inf, "much", None])
def test_a_leaf_that_says_no_number_is_refused(score):
    with pytest.raises(ValueError, match=r"^Parser\.parse: leaves holds "):
        Parser(TOY).parse([{"soup": score}], "meal")
