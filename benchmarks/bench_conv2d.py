"""How fast is conv2d? The same maps by four ways, timed in turns within one run.

conv2d          ours: one slice for each kernel cell, one matrix product
windows         the same product over numpy's sliding_window_view
scipy           scipy.signal.correlate2d, one call for each filter
loops           convolve_loops, the version that the chapter reads

Run `python benchmarks/bench_conv2d.py` for the table. Only the ratios mean something: a busy or a
slow machine changes all four alike.
"""

from statistics import median
from time import perf_counter

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import correlate2d

from convnet_core.convolution import conv2d, convolve_loops

CASES = [(9, 3), (64, 16), (256, 16)]  # side of the image, number of 3x3 features
ROUNDS = 15
# The loops take seconds where the others take milliseconds: two turns of them tell enough.
LOOP_ROUNDS = 2


def by_windows(image, features):
    windows = sliding_window_view(image, features.shape[1:])  # (H', W', kH, kW)
    return np.moveaxis(np.tensordot(windows, features, axes=([2, 3], [1, 2])), -1, 0)


WAYS = {
    "conv2d": lambda image, features: conv2d(image[np.newaxis], features[:, np.newaxis]),
    "windows": by_windows,
    "scipy": lambda image, features: np.stack([correlate2d(image, feature, mode="valid") for feature in features]),
    "loops": lambda image, features: np.stack([convolve_loops(image, feature) for feature in features]),
}


def measure(cases=CASES, rounds=ROUNDS):
    """Time every way on every case.

    cases   (side of the image, number of 3x3 features) each
    rounds  how often each way takes its turn
    return  a dict for each case: `side`, `features`, `milliseconds` (median, by way) and `times` (how many
            times as long as conv2d each way takes)

    Raises AssertionError if the ways disagree.
    """
    return [_measure_case(side, count, rounds) for side, count in cases]


def table(rows):
    """The rows of `measure` as a Markdown table."""
    others = [way for way in WAYS if way != "conv2d"]
    lines = [
        f"| image | features | conv2d, ms | {' | '.join(others)} |",
        f"| --- | --- | --- | {' | '.join('---' for _ in others)} |",
    ]
    for row in rows:
        times = " | ".join(f"{row['times'][way]:.1f} x" for way in others)
        side = f"{row['side']} x {row['side']}"
        lines.append(f"| {side} | {row['features']} of 3 x 3 | {row['milliseconds']['conv2d']:.3f} | {times} |")
    return "\n".join(lines)


def _measure_case(side, count, rounds):
    generator = np.random.default_rng(0)
    image, features = generator.normal(size=(side, side)), generator.normal(size=(count, 3, 3))
    expected = WAYS["conv2d"](image, features)
    seconds = {way: [] for way in WAYS}
    for turn in range(rounds):
        for way, compute in WAYS.items():
            if way == "loops" and turn >= LOOP_ROUNDS:
                continue
            start = perf_counter()
            maps = compute(image, features)
            seconds[way].append(perf_counter() - start)
            np.testing.assert_allclose(maps, expected, rtol=0, atol=1e-12)
    milliseconds = {way: 1000 * median(times) for way, times in seconds.items()}
    times = {way: spent / milliseconds["conv2d"] for way, spent in milliseconds.items()}
    return {"side": side, "features": count, "milliseconds": milliseconds, "times": times}


if __name__ == "__main__":
    print(table(measure()))
