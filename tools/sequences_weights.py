"""Trains the networks of the sequences lab and writes their weights, and how well they remember, beside the lab.

    python -m tools.sequences_weights

A small recurrent net learns the lecture's text, word by word. An LSTM and a plain recurrent net of about as many
numbers learn to close a bracket after one to three letters, and are then asked after up to forty. The nets that the
lab shows are those of one start; how all starts fare on average stands beside them.
"""

from __future__ import annotations

import numpy as np

from convnet_core.backprop import Adam, accuracy, learn
from convnet_core.sequences import (
    CLOSING,
    LSTM,
    RNN,
    SENTENCES,
    SYMBOLS,
    WORDS,
    Clipped,
    EachStep,
    LastStep,
    brackets,
    learn_steps,
    one_hot_steps,
    tokens,
)
from convnet_core.stacking import Network
from convnet_core.voting import Linear
from tools.stored import store

DECIMALS = 4
CLIP = 1

TEXT_HIDDEN, TEXT_SEED, TEXT_STEPS, TEXT_RATE = 4, 1, 600, 0.02

KINDS = {"rnn": (RNN, 6), "lstm": (LSTM, 2)}  # about 80 numbers each
BATCHES, BATCH, RATE, LONGEST = 400, 32, 0.01, 3
STARTS = 20
SHOWN = 16  # one of the starts from which the plain net forgets: it is right for a dozen letters, then it fades
DISTANCES, ASKED, TEST_SEED = range(1, 41), 200, 99


def text_net():
    """A network that has learned to say the next word of the text, at every word, round and round."""
    rng = np.random.default_rng(TEXT_SEED)
    network = Network([RNN(len(WORDS), TEXT_HIDDEN, rng=rng), EachStep(Linear(TEXT_HIDDEN, len(WORDS), rng=rng))])
    optimizer = Clipped(Adam(network.parameters(), learning_rate=TEXT_RATE), CLIP)
    text = 2 * tokens(" ".join(SENTENCES))  # twice, so that it learns how to go on after the last full stop
    after = text[1:] + text[:1]
    labels = np.array([[WORDS.index(word) for word in after]])
    for _ in range(TEXT_STEPS):
        learn_steps(network, one_hot_steps(text, WORDS)[np.newaxis], labels, optimizer)
    return network


def bracket_net(kind, seed):
    """A network that has learned to close a bracket after 1 to `LONGEST` letters. kind: "rnn" or "lstm"."""
    (layer, hidden), rng = KINDS[kind], np.random.default_rng(seed)
    network = Network([layer(len(SYMBOLS), hidden, rng=rng), LastStep(), Linear(hidden, len(CLOSING), rng=rng)])
    optimizer = Clipped(Adam(network.parameters(), learning_rate=RATE), CLIP)
    for _ in range(BATCHES):
        learn(network, *brackets(BATCH, int(rng.integers(1, LONGEST + 1)), rng), optimizer)
    return network


def accuracies(network):
    """The share of brackets that a network closes rightly, for each distance."""
    rng = np.random.default_rng(TEST_SEED)
    asked = [brackets(ASKED, distance, rng) for distance in DISTANCES]
    return np.array([accuracy(network.forward(sequences), labels) for sequences, labels in asked])


def round_weights(network):
    """Cut a network's numbers to those that the file holds, and give them by the names of the file."""
    for parameter in network.parameters().values():
        parameter.value[...] = parameter.value.round(DECIMALS) + 0.0
    values = [(name, parameter.value.tolist()) for name, parameter in network.parameters().items()]
    return {
        name.split(".")[1] if name.startswith("0") else f"out_{name.split('.')[1]}": value for name, value in values
    }


def all_weights():
    """What the file holds."""
    measured, shown = {}, {}
    for kind in KINDS:
        networks = [bracket_net(kind, seed) for seed in range(STARTS)]
        shown[kind] = round_weights(networks[SHOWN])
        curves = np.array([accuracies(network) for network in networks])
        measured[kind] = curves[SHOWN].round(DECIMALS).tolist()
        measured[f"{kind}_mean"] = curves.mean(axis=0).round(DECIMALS).tolist()
        measured[f"{kind}_always_right"] = int((curves.min(axis=1) == 1).sum())
    about = {"distances": list(DISTANCES), "starts": STARTS, "trained_up_to": LONGEST}
    return {
        "names": {"words": WORDS, "symbols": SYMBOLS, "closing": CLOSING},
        "rnn_text": round_weights(text_net()),
        "brackets": {**shown, "accuracy": {**about, **measured}},
    }


def main() -> None:
    store("sequences", all_weights())


if __name__ == "__main__":
    main()
