"""How fast does it learn, and in how much memory? Whole training steps, ours and PyTorch's, in turns within one run.

PyTorch is no dependency of the book. Where an environment of its own has it, name its interpreter:

    TORCH_PYTHON=../torch/bin/python python -m benchmarks

Each turn is a fresh process, ours as well, so that neither finds its caches warmed by the other. PyTorch learns the
nets in 32-bit floats, its own kind; ours in 32 and in 64, which is its own; the large layer is done in both by both.
All is timed twice: by the clock, with as many threads as each takes by itself; and by the seconds of one core, with
one thread, which other work on the machine changes little.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ROUNDS = 5
SECONDS = 0.4
BATCHES = (1, 32, 256)
# What a row is called, and the case of PyTorch's that it is compared with.
CASES = {
    **{
        f"xo {n} {kind}": (f"the X-and-O net, batch {n}, {kind}", f"xo {n} float32")
        for kind in ("float64", "float32")
        for n in BATCHES
    },
    **{
        f"digits 32 {kind}": (f"the digits net, batch 32, {kind}", "digits 32 float32")
        for kind in ("float64", "float32")
    },
    **{
        f"layer 64 {kind}": (f"conv 16 to 32, 3 x 3, batch 64 of 28 x 28, {kind}", f"layer 64 {kind}")
        for kind in ("float64", "float32")
    },
}
IN_MEMORY = ("digits 32 float32", "layer 64 float32", "layer 64 float64")
LAYER_PRODUCTS = 3 * 2 * 64 * 16 * 32 * 9 * 28 * 28  # multiplications and sums of the layer, there and twice back

OURS = """
import numpy as np
from convnet_core.backprop import SGD, learn
from convnet_core.convolution import Conv2d
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

rng = np.random.default_rng(0)

def xo(batch, kind):
    told = {"dtype": kind, "rng": rng}
    net = Network([Conv2d(1, 3, 3, **told), ReLU(), MaxPool2d(2), Flatten(), Linear(48, 2, **told)])
    return net_step(net, SGD(net.parameters(), 0.05), (batch, 1, 9, 9), 2, kind)

def digits(batch, kind):
    told = {"dtype": kind, "rng": rng}
    net = Network([Conv2d(1, 8, 5, **told), ReLU(), MaxPool2d(2), Conv2d(8, 16, 5, **told), ReLU(), MaxPool2d(2),
                   Flatten(), Linear(256, 10, **told)])
    return net_step(net, SGD(net.parameters(), 0.05, momentum=0.9), (batch, 1, 28, 28), 10, kind)

def net_step(net, optimizer, shape, answers, kind):
    images, labels = rng.normal(size=shape).astype(kind), rng.integers(0, answers, shape[0])
    return lambda: learn(net, images, labels, optimizer)

def layer(batch, kind, side=28):
    layer = Conv2d(16, 32, 3, padding=1, dtype=kind, rng=rng)
    images = rng.normal(size=(batch, 16, side, side)).astype(kind)
    return lambda: layer.backward(layer.forward(images))

def product(kind):
    a = rng.normal(size=(1024, 1024)).astype(kind)
    out = np.empty_like(a)
    return lambda: np.matmul(a, a, out=out)
"""

THEIRS = """
import torch
from torch import nn

torch.manual_seed(0)

def xo(batch, kind):
    net = nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.MaxPool2d(2, ceil_mode=True), nn.Flatten(), nn.Linear(48, 2))
    return net_step(net, torch.optim.SGD(net.parameters(), 0.05), (batch, 1, 9, 9), 2)

def digits(batch, kind):
    net = nn.Sequential(nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
                        nn.Flatten(), nn.Linear(256, 10))
    return net_step(net, torch.optim.SGD(net.parameters(), 0.05, momentum=0.9), (batch, 1, 28, 28), 10)

def net_step(net, optimizer, shape, answers):
    images, labels = torch.randn(shape), torch.randint(0, answers, shape[:1])
    def step():
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(images), labels).backward()
        optimizer.step()
    return step

def layer(batch, kind, side=28):
    layer = nn.Conv2d(16, 32, 3, padding=1).to(getattr(torch, kind))
    images = torch.randn(batch, 16, side, side, dtype=getattr(torch, kind), requires_grad=True)
    def step():
        images.grad = None
        maps = layer(images)
        maps.backward(maps.detach())
    return step
"""

TIME = """
import json, sys, time

def rate(step, seconds):
    for _ in range(3):
        step()
    start, steps = clock(), 0
    while clock() - start < seconds:
        step()
        steps += 1
    return steps / (clock() - start)

cases, seconds, clock = json.loads(sys.argv[1])
clock = getattr(time, clock)
rates = {}
for case in cases:
    what, batch, kind = case.split()
    rates[case] = rate(globals()[what](int(batch), kind), seconds)
    if what == "layer" and "product" in globals():
        rates["product " + kind] = rate(product(kind), seconds)
print(json.dumps(rates))
"""

# Megabytes that a step needs at its peak, with its pictures and weights, beyond what the loaded library needs.
MEMORY = """
import json, re, sys
from pathlib import Path

def megabytes(name):
    return int(re.search(name + r":\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024

what, batch, kind = json.loads(sys.argv[1]).split()
warm = layer(2, kind, 8), xo(2, kind), digits(2, kind)
for step in warm * 3:
    step()
Path("/proc/self/clear_refs").write_text("5")  # the peak starts here
before, step = megabytes("VmRSS"), globals()[what](int(batch), kind)
for _ in range(5):
    step()
print(json.dumps(megabytes("VmHWM") - before))
"""
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
TIMED = {"threads": ("perf_counter", {}), "one core": ("process_time", ONE_THREAD)}


def measure():
    """(rates, peaks): median steps a second by timing, way and case; megabytes by way and case, on Linux.

    PyTorch is among the ways where it is told of.
    """
    pythons = {"ours": (sys.executable, OURS, list(CASES))}
    if "TORCH_PYTHON" in os.environ:
        theirs = sorted({case for _, case in CASES.values()})
        pythons["PyTorch"] = (os.environ["TORCH_PYTHON"], THEIRS, theirs)
    turns = {(timed, way): [] for timed in TIMED for way in pythons}
    for _ in range(ROUNDS):
        for timed, way in turns:
            python, program, cases = pythons[way]
            clock, settings = TIMED[timed]
            turns[timed, way].append(_turn(python, program + TIME, [cases, SECONDS, clock], settings))
    rates = {key: {case: median(turn[case] for turn in rounds) for case in rounds[0]} for key, rounds in turns.items()}
    return rates, {
        (way, case): _turn(python, program + MEMORY, case)
        for way, (python, program, _) in pythons.items()
        for case in (IN_MEMORY if sys.platform == "linux" else ())
    }


def _turn(python, program, told, settings=()):
    root = Path(__file__).resolve().parent.parent
    command, environment = [python, "-c", program, json.dumps(told)], {**os.environ, **dict(settings)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root, env=environment)
    return json.loads(done.stdout)


def table(found):
    """Markdown: steps a second, and below it what limits the layer and how much memory a step takes."""
    rates, peaks = found
    return "\n".join([*_rate_lines(rates), "", *_limit_lines(rates), "", *_memory_lines(peaks)])


def _rate_lines(rates):
    yield "| steps a second | ours | PyTorch | ratio | ours, one core | PyTorch | ratio |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for case, (name, their_case) in CASES.items():
        both = (
            _side_by_side(rates[timed, "ours"][case], rates.get((timed, "PyTorch"), {}).get(their_case))
            for timed in TIMED
        )
        yield f"| {name} | {' | '.join(both)} |"


def _side_by_side(ours, theirs, form=",.0f"):
    """Two cells and their ratio."""
    return f"{ours:{form}} | {theirs:{form}} | {ours / theirs:.2f}" if theirs else f"{ours:{form}} | not run | "


def _limit_lines(rates):
    """How near the layer comes to the speed of a product of two large matrices, in the same turns."""
    yield "| share of the speed of one product of 1024 x 1024 | ours | PyTorch | ours, one core | PyTorch |"
    yield "| --- | --- | --- | --- | --- |"
    for kind in ("float64", "float32"):
        shares = []
        for timed in TIMED:
            speed = 2 * 1024**3 * rates[timed, "ours"][f"product {kind}"]
            steps = (rates.get((timed, way), {}).get(f"layer 64 {kind}") for way in ("ours", "PyTorch"))
            shares += [f"{LAYER_PRODUCTS * each / speed:.0%}" if each else "not run" for each in steps]
        yield f"| the same layer, {kind} | {' | '.join(shares)} |"


def _memory_lines(peaks):
    yield from ("| peak memory of a step, MB | ours | PyTorch | ratio |", "| --- | --- | --- | --- |")
    for way, case in peaks:
        if way == "ours":
            yield f"| {CASES[case][0]} | {_side_by_side(peaks[way, case], peaks.get(('PyTorch', case)))} |"


if __name__ == "__main__":
    print(table(measure()))
