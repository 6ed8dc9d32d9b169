"""SequencesLab: a network that reads a word at a time, and one with gates that keeps a bracket in mind."""

from __future__ import annotations

import numpy as np

from convnet_core.labs.kit.base import Lab
from convnet_core.labs.kit.seeded import mulberry32
from convnet_core.labs.kit.stored import stored
from convnet_core.labs.kit.tables import number_table
from convnet_core.labs.kit.traits import Choice, Flag, NumberList, Numbers, Whole
from convnet_core.labs.sequences.challenges import CHALLENGES
from convnet_core.printing import truncated
from convnet_core.sequences import CLOSING, FILLERS, LSTM, RNN, SENTENCES, SYMBOLS, WORDS, tokens
from convnet_core.voting import softmax

LEARNED = stored("sequences")  # tools/sequences_weights.py
BRACKETS = LEARNED["brackets"]
PARTS = ("weight_ih", "weight_hh", "bias", "out_weight", "out_bias")
TRAINED = [np.array(LEARNED["rnn_text"][part]) for part in PARTS]
HIDDEN, CELLS = len(TRAINED[2]), len(BRACKETS["lstm"]["weight_hh"][0])
TEXT = [WORDS.index(word) for word in tokens(" ".join(SENTENCES))]
LONGEST = 32  # words
SEEDS = 10_000  # that there are, from 0
FARTHEST = 30  # letters between the brackets
GATES = ("input", "forget", "output")  # the rows of `held`
FREE = -1
TESTS = 64  # sequences, for each distance
FIRST_TEST = 20_000  # the seed of the first one's letters: no reader's letters have it


def without_memory():
    """Weights made by hand, in the order of PARTS: of a word, the network knows whether it is a name, and no more.

    A name goes with "saw" or ".", those two with a name: what may follow what in the lecture's text.
    """
    is_name = np.array([-1 if word in ("saw", ".") else 1 for word in WORDS])
    weights = [np.zeros_like(part) for part in TRAINED]
    weights[PARTS.index("weight_ih")][0] = 2 * is_name
    weights[PARTS.index("out_weight")][:, 0] = -4 * is_name
    return weights


class SequencesLab(Lab):
    """Chapter 10's lab. With a kernel, every trait can be read and set from Python.

    mode: "text" or "gates", the half that is shown.

    The text. words: each word by its place in WORDS, plus 5 where the network said it itself; at most 32. step: how
    many of them it has read. memory: whether the state is carried from word to word; else it is 0 before each.
    own_state: (hidden,), from -1 to 1, what the state was made to be after `edited_at` words; -1: it was not.
    sampled: whether the network draws what it says by the probabilities, from `seed`, which each word moves on by one;
    else it says the most probable word.
    weight_ih (hidden, 5), weight_hh (hidden, hidden), bias (hidden,), out_weight (5, hidden), out_bias (5,).

    The gates. opening: the bracket. distance: how many letters stand between it and the question, 1 to 30.
    letters: their seed. read: how many symbols were read. held: (3, cells), for the input, forget and output gate
    of each cell from 0 (shut) to 1 (open) where it is held, -1 where it is free.
    """

    name = "sequences"
    title = "Sequences lab"
    challenges = CHALLENGES
    presets = {
        "weights": {"trained": TRAINED, "no memory": without_memory()},
        "text": {"lecture": TEXT},
        "brackets": BRACKETS,
    }

    mode = Choice("text", ["text", "gates"])
    words = NumberList(TEXT, longest=LONGEST, low=0, high=2 * len(WORDS) - 1)
    step = Whole(1, low=0, high=LONGEST)
    memory = Flag(True)
    own_state = Numbers(np.zeros(HIDDEN), shapes=[(HIDDEN,)], low=-1, high=1)
    edited_at = Whole(-1, low=-1, high=LONGEST)
    sampled = Flag(False)
    seed = Whole(1, low=0, high=SEEDS - 1)
    weight_ih = Numbers(TRAINED[0], shapes=[TRAINED[0].shape], low=-9, high=9)
    weight_hh = Numbers(TRAINED[1], shapes=[TRAINED[1].shape], low=-9, high=9)
    bias = Numbers(TRAINED[2], shapes=[TRAINED[2].shape], low=-9, high=9)
    out_weight = Numbers(TRAINED[3], shapes=[TRAINED[3].shape], low=-9, high=9)
    out_bias = Numbers(TRAINED[4], shapes=[TRAINED[4].shape], low=-9, high=9)
    opening = Choice("(", SYMBOLS[: len(CLOSING)])
    distance = Whole(10, low=1, high=FARTHEST)
    letters = Whole(1, low=0, high=9999)
    read = Whole(1, low=0, high=FARTHEST + 2)
    held = Numbers(np.full((len(GATES), CELLS), FREE), shapes=[(len(GATES), CELLS)], low=FREE, high=1)
    speed = Choice("normal", ["slow", "normal", "fast"])

    @property
    def text(self) -> list[str]:
        """The words that it has read."""
        return [WORDS[int(word) % len(WORDS)] for word in self.words[: self.step]]

    @property
    def states(self) -> np.ndarray:
        """The state before the first word and after each one that it has read (words + 1, hidden)."""
        rnn = _layer(RNN, {part: getattr(self, part) for part in PARTS})
        states = [self._state_or_own(np.zeros(HIDDEN), 0)]
        for count, word in enumerate(self.text, start=1):
            before = states[-1] if self.memory else np.zeros(HIDDEN)
            states.append(self._state_or_own(rnn.step(one_hot(word, WORDS), before), count))
        return np.array(states)

    def _state_or_own(self, state, count):
        return np.array(self.own_state) if count == self.edited_at else state

    @property
    def probabilities(self) -> np.ndarray:
        """How probable each word is as the next one (5,), in the order of WORDS."""
        return softmax(self.out_weight @ self.states[-1] + self.out_bias)

    @property
    def next_word(self) -> str:
        """The word that it would say: the most probable one, or one that is drawn."""
        if not self.sampled:
            return WORDS[np.argmax(self.probabilities)]
        drawn = mulberry32(self.seed)()
        below = np.cumsum(self.probabilities[:-1]) <= drawn
        return WORDS[below.sum()]

    def speak(self, count: int = 1) -> list[str]:
        """Let it say the next words, each with those before in mind. What was still to read is gone. Returns them.

        Each word that it draws moves the seed on by one: the next is another draw.
        """
        said = []
        while len(said) < count and len(self.text) < LONGEST:
            said.append(self.next_word)
            if self.edited_at > self.step:
                self.edited_at = -1
            if self.sampled:
                self.seed = (self.seed + 1) % SEEDS
            self.words = [*self.words[: self.step], len(WORDS) + WORDS.index(said[-1])]
            self.step = len(self.words)
        return said

    @property
    def sequence(self) -> list[str]:
        """The bracket, the letters, and the question."""
        return [self.opening, *letters_of(self.letters, self.distance), "?"]

    @property
    def gates(self) -> list:
        """The LSTM's Gates at each symbol that it has read, as they are held."""
        return [gates for gates, _, _ in self._steps_through(self.sequence[: self.read])]

    @property
    def cells(self) -> np.ndarray:
        """The LSTM's cells before the first symbol and after each one that it has read (symbols + 1, cells)."""
        steps = self._steps_through(self.sequence[: self.read])
        return np.array([np.zeros(CELLS), *(cells for _, _, cells in steps)])

    @property
    def verdicts(self) -> dict[str, np.ndarray]:
        """What each network says where it is asked now: the probabilities of ")" and "]" (2,)."""
        asked = self.sequence[: self.read]
        if "?" not in asked:
            asked = [*asked, "?"]
        rnn = _layer(RNN, BRACKETS["rnn"])
        state = np.zeros(rnn.hidden)
        for symbol in asked:
            state = rnn.step(one_hot(symbol, SYMBOLS), state)
        _, shown, _ = self._steps_through(asked)[-1]
        return {"lstm": _bracket_shares("lstm", shown), "rnn": _bracket_shares("rnn", state)}

    @property
    def accuracy(self) -> np.ndarray:
        """The share of 64 sequences that the LSTM closes rightly, with 1, 2, ... 30 letters between (30,)."""
        opened = np.arange(TESTS) % len(CLOSING)
        between = np.array([letters_of(FIRST_TEST + test, FARTHEST) for test in range(TESTS)])
        steps = self._steps_through([np.array(SYMBOLS)[opened], *between.T])
        asked = [self._step(np.full(TESTS, "?"), step[1:])[1] for step in steps[1:]]
        return np.array([(_bracket_shares("lstm", shown).argmax(axis=1) == opened).mean() for shown in asked])

    def _steps_through(self, symbols):
        """(gates, shown, cells) at each symbol; or at each array of them, for as many sequences at once."""
        steps, state = [], (np.zeros((*np.shape(symbols[:1])[1:], CELLS)),) * 2
        for symbol in symbols:
            steps.append(self._step(symbol, state))
            state = steps[-1][1:]
        return steps

    def _step(self, symbol, state):
        gates = LSTM_LAYER.gates(one_hot(symbol, SYMBOLS), state)
        held = {gate: np.where(row < 0, getattr(gates, gate), row) for gate, row in zip(GATES, self.held, strict=True)}
        gates = gates._replace(**held)
        return gates, *LSTM.carry(gates, state[1])

    def tables(self) -> str:
        read = " ".join(self.text)
        weights = [number_table(CAPTIONS[part], np.atleast_2d(getattr(self, part)), truncated) for part in PARTS]
        gates = [
            number_table(f"{gate.capitalize()} gate of each cell", [getattr(self.gates[-1], gate)], truncated)
            for gate in GATES
            if self.read
        ]
        return "\n".join(
            [
                f"<p>Words read: {read or 'none'}.</p>",
                number_table("State, after each word from the start on", self.states, truncated),
                number_table(f"Next word, in %: {', '.join(WORDS)}", [100 * self.probabilities], truncated),
                *weights,
                f"<p>Symbols read: {' '.join(self.sequence[: self.read]) or 'none'}, of {' '.join(self.sequence)}.</p>",
                *gates,
                number_table("Cells, after each symbol from the start on", self.cells, truncated),
                *(
                    number_table(f"{NAMES[kind]}, asked now, in %: {' and '.join(CLOSING)}", [100 * shares], truncated)
                    for kind, shares in self.verdicts.items()
                ),
                number_table(
                    f"LSTM, in % of {TESTS} sequences right with 1 to {FARTHEST} letters between",
                    [100 * self.accuracy],
                    truncated,
                ),
            ]
        )


CAPTIONS = {
    "weight_ih": "Weights from the words (columns) to the state (rows)",
    "weight_hh": "Weights from the old state (columns) to the new state (rows)",
    "bias": "Biases of the state",
    "out_weight": "Weights from the state (columns) to the next word (rows)",
    "out_bias": "Biases of the next word",
}
NAMES = {"lstm": "LSTM", "rnn": "Plain RNN"}


def one_hot(symbol, symbols) -> np.ndarray:
    """A 1 at the place of the symbol: (symbols,). Or a row for each of several: (N, symbols)."""
    return (np.asarray(symbol)[..., np.newaxis] == np.array(symbols)).astype(float)


def letters_of(seed: int, count: int) -> list[str]:
    """`count` letters that mean nothing, those that the page has for the same seed."""
    random = mulberry32(seed)
    return [FILLERS[int(len(FILLERS) * random())] for _ in range(count)]


def _layer(kind, weights):
    """A recurrent layer with given weights, by name."""
    sizes = [np.shape(weights[part])[1] for part in ("weight_ih", "weight_hh")]
    layer = kind(*sizes, rng=np.random.default_rng(0))  # the weights that it draws are replaced
    for part, parameter in layer.parameters().items():
        parameter.value[...] = weights[part]
    return layer


def _bracket_shares(kind, shown):
    return softmax(shown @ np.transpose(BRACKETS[kind]["out_weight"]) + BRACKETS[kind]["out_bias"])


LSTM_LAYER = _layer(LSTM, BRACKETS["lstm"])
