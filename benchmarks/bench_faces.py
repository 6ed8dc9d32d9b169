"""How fast does a net look through a photograph? The same scores by three ways, in turns within one run.

one pass        `scan`: the photograph, in six sizes, goes through the net's layers a single time each
batches         all its windows, 256 at a time
one by one      the windows one after the other: a few hundred of them, and the time of as many as there are

Run `python -m benchmarks.bench_faces` for the table. Only the ratios mean something: a busy or a slow machine changes
all three alike.
"""

from statistics import median
from time import perf_counter

import numpy as np

from convnet_core.convolution import Conv2d
from convnet_core.faces import SIDE, face_net_from, face_scores, load_photographs, local_contrast
from convnet_core.labs.kit.stored import stored
from convnet_core.scanning import as_scanner, pyramid, scan, windows_of
from convnet_core.voting import Linear

ROUNDS = 9
BATCH = 256
SINGLE = 400  # windows that are looked at one by one
WAYS = "one pass", "batches", "one by one"


def measure(rounds=ROUNDS):
    """Time every way on the astronaut's photograph.

    rounds  how often each way takes its turn
    return  a dict: `windows`, `milliseconds` (median, by way) and `multiplications` (in millions, by way)

    Raises AssertionError if the ways disagree.
    """
    network = face_net_from(stored("faces")["round 3"])
    levels = pyramid(load_photographs()["astronaut"])
    windows = np.concatenate([windows_of(picture) for _, picture in levels])
    ways = {
        "one pass": lambda: scan(network, levels)[0],
        "batches": lambda: _in_batches(network, windows),
        "one by one": lambda: np.concatenate([face_scores(network, one[np.newaxis]) for one in windows[:SINGLE]]),
    }
    expected, spent = ways["batches"](), {way: [] for way in WAYS}
    for _ in range(rounds):
        for way, compute in ways.items():
            start = perf_counter()
            scores = compute()
            spent[way].append(perf_counter() - start)
            np.testing.assert_allclose(scores, expected[: len(scores)], rtol=0, atol=1e-12)
    milliseconds = {way: 1000 * median(times) for way, times in spent.items()}
    milliseconds["one by one"] *= len(windows) / SINGLE
    by_window = len(windows) * multiplications(network, (1, SIDE, SIDE))
    passes = sum(multiplications(as_scanner(network), (1, *picture.shape)) for _, picture in levels)
    counted = {"one pass": passes, "batches": by_window, "one by one": by_window}
    return {
        "windows": len(windows),
        "milliseconds": milliseconds,
        "multiplications": {way: count / 1e6 for way, count in counted.items()},
    }


def _in_batches(network, windows):
    return np.concatenate([face_scores(network, windows[at : at + BATCH]) for at in range(0, len(windows), BATCH)])


def multiplications(network, shape):
    """How many products its layers add up for one picture (1, H, W); local contrast is counted as none."""
    shapes = network.shapes(local_contrast(np.zeros(shape)).shape)
    return sum(
        layer.weight.value.size * int(np.prod(after[1:]))
        for layer, after in zip(network.layers, shapes[1:], strict=True)
        if isinstance(layer, Conv2d | Linear)
    )


def table(row):
    """What `measure` found, as a Markdown table."""
    lines = [
        f"| {row['windows']:,} windows | ms | x | multiplications, millions | x |",
        "| --- | --- | --- | --- | --- |",
    ]
    for way in WAYS:
        spent, count = row["milliseconds"], row["multiplications"]
        times, more = spent[way] / spent["one pass"], count[way] / count["one pass"]
        lines.append(f"| {way} | {spent[way]:,.0f} | {times:.1f} | {count[way]:,.0f} | {more:.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
