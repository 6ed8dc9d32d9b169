"""How fast does it learn on a machine that has other work? Whole trainings beside two busy processes.

With the book's limit of one thread for each small product, and without it, in turns within one process. The busy
processes are started and ended here.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from statistics import median

BUSY = 2  # processes that do nothing but count
ROUNDS = 3
CASES = {
    "xo": "the X-and-O net, batch 32 of 9 x 9",
    "conv": "conv 8 to 16, 3 x 3, batch 64 of 14 x 14",
    "lstm": "an LSTM of 64 cells, batch 32 of 20 steps",
}
# Settings of the multiplying library that would hide what is measured here, or come from another machine.
SETTINGS = ("OPENBLAS_NUM_THREADS", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

PROGRAM = """
import json, sys, time
import numpy as np
from convnet_core import threads
from convnet_core.backprop import SGD, train
from convnet_core.convolution import Conv2d
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.sequences import LSTM, LastStep
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

rng = np.random.default_rng(0)
CASES = {
    "xo": ([Conv2d(1, 3, 3, rng=rng), ReLU(), MaxPool2d(2), Flatten(), Linear(48, 2, rng=rng)], (960, 1, 9, 9), 32),
    "conv": ([Conv2d(8, 16, 3, padding=1, rng=rng), ReLU(), MaxPool2d(2), Flatten(), Linear(784, 2, rng=rng)],
             (256, 8, 14, 14), 64),
    "lstm": ([LSTM(6, 64, rng=rng), LastStep(), Linear(64, 2, rng=rng)], (128, 20, 6), 32),
}
LARGE = threads.LARGE

def seconds(case, is_limited):
    layers, shape, batch_size = CASES[case]
    images, net = rng.normal(size=shape), Network(layers)
    threads.LARGE = LARGE if is_limited else 0
    start = time.perf_counter()
    train(net, images, np.arange(len(images)) % 2, rng=rng, epochs=1, batch_size=batch_size, progress=False,
          optimizer=SGD(net.parameters(), 0.001))
    return time.perf_counter() - start

rounds = json.loads(sys.argv[1])
for case in CASES:
    seconds(case, True)
turns = {case: [[seconds(case, is_limited) for is_limited in (True, False)] for _ in range(rounds)] for case in CASES}
print(json.dumps(turns))
"""


def measure():
    """Median milliseconds of an epoch by load, case and way: {0: {"xo": (limited, unlimited), ...}, BUSY: ...}."""
    found = {}
    for count in (0, BUSY):
        with busy(count):
            turns = _turns()
        found[count] = {
            case: tuple(1000 * median(way) for way in zip(*pairs, strict=True)) for case, pairs in turns.items()
        }
    return found


@contextmanager
def busy(count):
    """So many processes that want a core each, while the block runs."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _turns():
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    command = [sys.executable, "-c", PROGRAM, json.dumps(ROUNDS)]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root, env=environment)
    return json.loads(done.stdout)


def table(found):
    """Markdown."""
    lines = ["| what | beside it | limited, ms | unlimited, ms | ratio |", "| --- | --- | --- | --- | --- |"]
    for case, name in CASES.items():
        for count, cases in found.items():
            limited, unlimited = cases[case]
            beside = f"{count} busy processes" if count else "nothing"
            lines.append(f"| {name} | {beside} | {limited:.0f} | {unlimited:.0f} | {unlimited / limited:.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
