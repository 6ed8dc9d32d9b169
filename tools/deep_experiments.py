"""Chapter 11's side roads: what is done today so that nets learn more, and deeper ones learn at all, each tried small.

    python -m tools.deep_experiments            # all tables: a quarter of an hour on one core
    python -m tools.deep_experiments depth few  # some of them

One training from one start may be luck, so each runs from five seeds: which digits it sees, its first weights and the
order. The file keeps what each seed came to; the chapter prints mean and spread. All of it on digits of 14 x 14,
means of 2 x 2 pixels, and on few of them: small enough to be run again, and hard enough to show a difference. The test
is always the 1,000 digits held out, or those of them that are asked about. A test of the book runs some of it again.
"""

from __future__ import annotations

import copy
import sys

import numpy as np

from convnet_core.backprop import SGD, Adam, accuracy, cross_entropy, train
from convnet_core.convolution import Conv2d
from convnet_core.deep import BatchNorm2d, Dropout, Residual, start_as_he
from convnet_core.digits import LEARNED, load_digits, shifted
from convnet_core.pictures import nearest
from convnet_core.pooling import MaxPool2d, avg_pool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear
from tools.experiments import Experiments

DECIMALS = 4


def samples():
    """Digits of 14 x 14: those to learn from and those held out, each as (images (N, 1, 14, 14), labels)."""
    images, labels = load_digits()
    images = avg_pool2d(images, 2)[:, np.newaxis]
    return (images[:LEARNED], labels[:LEARNED]), (images[LEARNED:], labels[LEARNED:])


def some_of(count, rng, digits=range(10)):
    """`count` of each of the digits to learn from, at random: (images, labels), in random order."""
    images, labels = samples()[0]
    chosen = np.concatenate([rng.permutation(np.flatnonzero(labels == digit))[:count] for digit in digits])
    chosen = rng.permutation(chosen)
    return images[chosen], labels[chosen]


def right(network, images, labels):
    return round(accuracy(network.forward(images), labels), DECIMALS)


def features(rng, maps=(8, 16)):
    """Two levels of features for 14 x 14: what comes out is (16, 4, 4)."""
    first, second = maps
    return [
        *(Conv2d(1, first, 3, padding=1, rng=rng), ReLU(), MaxPool2d(2)),
        *(Conv2d(first, second, 3, padding=1, rng=rng), ReLU(), MaxPool2d(2)),
    ]


# What helps against learning by heart: 20 digits of each, learned for long.

FEW, FEW_EPOCHS, FEW_RATE, FEW_BATCH = 20, 50, 0.002, 20
VALIDATION = 5  # of the 20 of each digit
DROPPED, DECAYS, MOVED = 0.5, (0.001, 0.01), 1


def few(seed):
    """By what was done: the share of the 1,000 that is right, and, as "... own", that of what it learned from."""
    rng = np.random.default_rng(seed)
    own, test = some_of(FEW, rng), samples()[1]
    table = {"nearest": round(float((own[1][nearest(test[0], own[0])] == test[1]).mean()), DECIMALS)}
    ways = {
        "votes on pixels": (Network([Flatten(), Linear(196, 10, rng=np.random.default_rng(seed))]), {}),
        "as it is": (few_net(seed), {}),
        "as it is, twice as long": (few_net(seed), {"epochs": 2 * FEW_EPOCHS}),
        "dropout": (few_net(seed, DROPPED), {}),
        "dropout, twice as long": (few_net(seed, DROPPED), {"epochs": 2 * FEW_EPOCHS}),
        **{f"weight decay {decay:g}": (few_net(seed), {"decay": decay}) for decay in DECAYS},
        "augmentation": (few_net(seed), {"augment": moved}),
        "augmentation, twice as long": (few_net(seed), {"augment": moved, "epochs": 2 * FEW_EPOCHS}),
        "both, twice as long": (few_net(seed, DROPPED), {"augment": moved, "epochs": 2 * FEW_EPOCHS}),
    }
    for name, (network, how) in ways.items():
        learn_few(network, own, seed, **how)
        table[name], table[f"{name} own"] = right(network, *test), right(network, *own)
    return table | early(seed, own, test)


def moved(images, rng):
    return shifted(images, rng, MOVED)


def few_net(seed, dropped=0.0):
    """Features, 64 hidden units, some of which may be left out, and votes."""
    rng = np.random.default_rng(seed)
    leave_out = [Dropout(dropped, rng=np.random.default_rng(seed))] if dropped else []
    votes = [Flatten(), Linear(256, 64, rng=rng), ReLU(), *leave_out, Linear(64, 10, rng=rng)]
    return Network([*features(rng), *votes])


def learn_few(network, own, seed, decay=0, epochs=FEW_EPOCHS, **how):
    optimizer = Adam(network.parameters(), learning_rate=FEW_RATE, weight_decay=decay)
    how = {"epochs": epochs, "batch_size": FEW_BATCH, "progress": False} | how
    return train(network, *own, rng=np.random.default_rng(seed), optimizer=optimizer, **how)


def early(seed, own, test):
    """Learn from 15 of the 20, and stop by the other 5: at the epoch at which their loss was lowest."""
    places = np.arange(len(own[1]))
    held = np.concatenate([np.flatnonzero(own[1] == digit)[:VALIDATION] for digit in range(10)])
    kept = np.setdiff1d(places, held)
    network, losses, shares = few_net(seed), [], []

    def look(history):
        losses.append(cross_entropy(network.forward(own[0][held]), own[1][held])[0])
        shares.append(right(network, *test))

    learn_few(network, (own[0][kept], own[1][kept]), seed, on_epoch=look)
    stop = int(np.argmin(losses))
    return {"stopped early": shares[stop], "not stopped": shares[-1], "stopped after": stop + 1}


# Batch normalisation, at several learning rates.

RATES, NORM_EPOCHS, NORM_EACH = (0.003, 0.01, 0.03, 0.1), 3, 100


def norm(seed):
    """By "rate with" or "rate without": the share of the 1,000; 0.1, that of guessing, where the loss was no number."""
    own, test = some_of(NORM_EACH, np.random.default_rng(seed)), samples()[1]
    table = {}
    for rate in RATES:
        for name in ("without", "with"):
            network = norm_net(seed, name == "with")
            optimizer = SGD(network.parameters(), learning_rate=rate, momentum=0.9)
            table[f"{rate:g} {name}"] = learned_or_lost(network, own, test, seed, optimizer, NORM_EPOCHS)
    return table


def norm_net(seed, normed):
    """Four convolutions, started as He does, each with its maps brought to mean 0 and variance 1 behind it, or not."""
    rng, layers, maps = np.random.default_rng(seed), [], 1
    for place in range(4):
        layers.append(Conv2d(maps, 8, 3, padding=1, rng=rng))
        maps = 8
        layers += [BatchNorm2d(8)] if normed else []
        layers += [ReLU(), MaxPool2d(2)] if place in (1, 3) else [ReLU()]
    network = Network([*layers, Flatten(), Linear(8 * 16, 10, rng=rng)])
    start_as_he(network.layers, np.random.default_rng(seed))
    return network


def learned_or_lost(network, own, test, seed, optimizer, epochs):
    """The share of the test after learning; that of guessing, if the loss stopped being a number."""
    try:
        how = {"optimizer": optimizer, "epochs": epochs, "progress": False}
        train(network, *own, rng=np.random.default_rng(seed), **how)
        return right(network, *test)
    except (FloatingPointError, ValueError):  # a loss, or votes, that are no numbers
        return 0.1


# Many layers, plain and as blocks that add.

DEEP, DEEP_EPOCHS, DEEP_EACH, DEEP_RATE = 12, 5, 100, 0.02


def depth(seed):
    """By kind and number of convolutions behind the first: the share of the 1,000, and of what it learned from; and how
    much of the blame at the votes reached the picture before it learned."""
    own, test = some_of(DEEP_EACH, np.random.default_rng(seed)), samples()[1]
    nets = {
        "plain 2": deep_net(seed, 2, "plain"),
        f"plain {DEEP}": deep_net(seed, DEEP, "plain"),
        f"plain {DEEP} he": deep_net(seed, DEEP, "plain"),
        f"residual {DEEP}": deep_net(seed, DEEP, "residual"),
    }
    start_as_he(nets[f"plain {DEEP} he"].layers, np.random.default_rng(seed))
    table = {}
    for name, network in nets.items():
        table[f"{name} blame"] = passed_on(network, *own)
        optimizer = SGD(network.parameters(), learning_rate=DEEP_RATE, momentum=0.9)
        table[name] = learned_or_lost(network, own, test, seed, optimizer, DEEP_EPOCHS)
        table[f"{name} own"] = right(network, *own)
    return table


def passed_on(network, images, labels):
    """The size of the blame at the picture over that at the votes."""
    gradient = at_votes = cross_entropy(network.forward(images), labels)[1]
    for layer in reversed(network.layers):
        gradient = layer.to_input(gradient)
    return float(f"{np.linalg.norm(gradient) / np.linalg.norm(at_votes):.2g}")


def deep_net(seed, layers, kind):
    """One convolution and a pooling, then so many convolutions of 8 maps, two and two of them as a block or not."""
    rng = np.random.default_rng(seed)
    stack = [Conv2d(1, 8, 3, padding=1, rng=rng), ReLU(), MaxPool2d(2)]
    for _ in range(layers // 2):
        pair = [Conv2d(8, 8, 3, padding=1, rng=rng), ReLU(), Conv2d(8, 8, 3, padding=1, rng=rng)]
        stack += [*([Residual(pair)] if kind == "residual" else pair), ReLU()]
    return Network([*stack, Flatten(), Linear(8 * 49, 10, rng=rng)])


# The size of the first weights.

FACTORS, START_EPOCHS = (0.1, 0.3, 1.0, 3.0), 3


def start(seed):
    """By the spread of the first weights, in those of He: the share of the 1,000, and how large votes were at first."""
    own, test = some_of(DEEP_EACH, np.random.default_rng(seed)), samples()[1]
    table = {}
    for factor in FACTORS:
        network = deep_net(seed, 6, "plain")
        start_as_he(network.layers, np.random.default_rng(seed))
        for name, parameter in network.parameters().items():
            parameter.value *= factor if name.endswith("weight") else 1
        table[f"{factor:g} votes"] = float(f"{network.forward(own[0]).std():.2g}")
        optimizer = SGD(network.parameters(), learning_rate=DEEP_RATE, momentum=0.9)
        table[f"{factor:g}"] = learned_or_lost(network, own, test, seed, optimizer, START_EPOCHS)
    return table


# Features of one half of the digits, for the other half.

EXAMPLES, KNOWN, NEW = (5, 10, 50), range(5), range(5, 10)
KNOWN_EACH, KNOWN_EPOCHS, NEW_STEPS, NEW_BATCH = 400, 15, 600, 25


def transfer(seed):
    """By examples of each new digit and where the features are from: the share of the 500 held-out 5s to 9s."""
    rng = np.random.default_rng(seed)
    images, labels = samples()[1]
    test = images[labels >= 5], labels[labels >= 5] - 5
    taught = taught_features(seed, rng)
    table = {}
    for count in EXAMPLES:
        pictures, names = some_of(count, rng, NEW)
        own = pictures, names - 5
        table[f"{count} nearest"] = round(float((own[1][nearest(test[0], pictures)] == test[1]).mean()), DECIMALS)
        fresh = Network([*features(np.random.default_rng(seed)), Flatten(), Linear(256, 5, rng=rng)])
        learn_new(fresh, own, seed)
        table[f"{count} from nothing"] = right(fresh, *test)
        table |= {f"{count} {name}": share for name, share in kept(taught, own, test, seed).items()}
        tuned = Network([*copy.deepcopy(taught), Flatten(), Linear(256, 5, rng=np.random.default_rng(seed))])
        learn_new(tuned, own, seed)
        table[f"{count} features of 0 to 4, learned on"] = right(tuned, *test)
    return table


def kept(taught, own, test, seed):
    """Only votes learn: on the features of 0 to 4, on those of first weights, and on the bare pixels."""
    found = {
        "features of 0 to 4": Network(taught).forward,
        "random features": Network(features(np.random.default_rng(seed))).forward,
        "votes on pixels": np.asarray,
    }
    return {name: votes_on(find, own, test, seed) for name, find in found.items()}


def taught_features(seed, rng):
    """Features that were learned on 0 to 4."""
    lower = features(np.random.default_rng(seed))
    network = Network([*lower, Flatten(), Linear(256, 5, rng=np.random.default_rng(seed))])
    optimizer = Adam(network.parameters(), learning_rate=FEW_RATE)
    train(network, *some_of(KNOWN_EACH, rng, KNOWN), rng=rng, optimizer=optimizer, epochs=KNOWN_EPOCHS, progress=False)
    return lower


def votes_on(find, own, test, seed):
    """Votes fitted to what `find` makes of the pictures, brought to a spread of 1 first: random features are small
    numbers, from which votes would learn more slowly, whatever the features are worth."""
    to_learn, asked = find(own[0]), find(test[0])
    spread = to_learn.std()
    votes = Network([Flatten(), Linear(to_learn[0].size, 5, rng=np.random.default_rng(seed))])
    learn_new(votes, (to_learn / spread, own[1]), seed)
    return right(votes, asked / spread, test[1])


def learn_new(network, own, seed):
    """As many steps however few the examples are."""
    batches = -(-len(own[1]) // NEW_BATCH)
    how = {"epochs": NEW_STEPS // batches, "batch_size": NEW_BATCH, "progress": False}
    optimizer = Adam(network.parameters(), learning_rate=FEW_RATE)
    train(network, *own, rng=np.random.default_rng(seed), optimizer=optimizer, **how)


# Wrong labels.

WRONG, NOISE_EPOCHS, NOISE_EACH = (0.0, 0.2, 0.4), 40, 50


def noise(seed):
    """By the share of wrong labels: what is right of the 1,000 after 10 epochs and after all, and what share of the
    wrong labels it says itself in the end."""
    rng = np.random.default_rng(seed)
    (images, labels), test = some_of(NOISE_EACH, rng), samples()[1]
    table = {}
    for share in WRONG:
        told = labels.copy()
        wrong = rng.permutation(len(labels))[: round(share * len(labels))]
        told[wrong] = (labels[wrong] + rng.integers(1, 10, len(wrong))) % 10
        by_count = told[nearest(test[0], images)] == test[1]
        table[f"{share:g} nearest"] = round(float(by_count.mean()), DECIMALS)
        table[f"{share:g} nine nearest"] = round(float((by_nine(test[0], images, told) == test[1]).mean()), DECIMALS)
        network, shares = few_net(seed), []
        learn_few(
            network,
            (images, told),
            seed,
            epochs=NOISE_EPOCHS,
            on_epoch=lambda history, network=network, shares=shares: shares.append(right(network, *test)),
        )
        table |= {f"{share:g} early": shares[9], f"{share:g} late": shares[-1]}
        if len(wrong):
            table[f"{share:g} by heart"] = right(network, images[wrong], told[wrong])
    return table


def by_nine(asked, known, told):
    """What most of the nine nearest known pictures are said to be; of as many, the smaller digit."""
    # Whole numbers, so that sums are exact and no tie hangs on a last bit.
    asked, known = (np.rint(60 * images.reshape(len(images), -1)) for images in (asked, known))
    distances = (asked**2).sum(axis=1)[:, np.newaxis] - 2 * asked @ known.T + (known**2).sum(axis=1)
    votes = told[np.argsort(distances, axis=1, kind="stable")[:, :9]]
    return np.array([np.bincount(nine, minlength=10).argmax() for nine in votes])


TABLES = {"few": few, "norm": norm, "depth": depth, "start": start, "transfer": transfer, "noise": noise}
EXPERIMENTS = Experiments("digits", TABLES)

if __name__ == "__main__":
    EXPERIMENTS.make(*sys.argv[1:])
