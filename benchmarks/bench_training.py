"""How fast does it learn? Whole training steps, ours and PyTorch's, in turns within one run.

PyTorch is no dependency of the book. Where an environment of its own has it, name its interpreter:

    TORCH_PYTHON=../torch/bin/python python -m benchmarks

Each turn is a fresh process, ours as well, so that neither finds its caches warmed by the other. Both count
in 64-bit and in 32-bit floats, as they do by themselves: ours in 64, PyTorch in 32 for the small net; and for
the large layer both in both.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

BATCHES = [1, 32, 256]
ROUNDS = 5
SECONDS = 0.6

NET = "the X-and-O net"
LARGE = "conv 16 to 32, 3 x 3, batch 64 of 28 x 28"

OURS = """
import sys, time, json
import numpy as np
from convnet_core.backprop import SGD, learn
from convnet_core.convolution import Conv2d
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

rng = np.random.default_rng(0)

def net_step(batch):
    net = Network([Conv2d(1, 3, 3, rng=rng), ReLU(), MaxPool2d(2), Flatten(), Linear(48, 2, rng=rng)])
    optimizer = SGD(net.parameters(), 0.05)
    images, labels = rng.choice([-1.0, 1.0], size=(batch, 1, 9, 9)), rng.integers(0, 2, batch)
    return lambda: learn(net, images, labels, optimizer)

def layer_step(kind):
    layer = Conv2d(16, 32, 3, padding=1, rng=rng)
    for parameter in layer.parameters().values():
        parameter.value, parameter.gradient = parameter.value.astype(kind), parameter.gradient.astype(kind)
    images = rng.normal(size=(64, 16, 28, 28)).astype(kind)
    return lambda: layer.backward(layer.forward(images))
"""

THEIRS = """
import sys, time, json
import numpy as np
import torch
from torch import nn

torch.manual_seed(0)

def net_step(batch):
    net = nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.MaxPool2d(2, ceil_mode=True), nn.Flatten(), nn.Linear(48, 2))
    optimizer = torch.optim.SGD(net.parameters(), 0.05)
    images, labels = torch.sign(torch.randn(batch, 1, 9, 9)), torch.randint(0, 2, (batch,))
    def step():
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(images), labels).backward()
        optimizer.step()
    return step

def layer_step(kind):
    layer = nn.Conv2d(16, 32, 3, padding=1).to(getattr(torch, kind))
    images = torch.randn(64, 16, 28, 28, dtype=getattr(torch, kind), requires_grad=True)
    def step():
        maps = layer(images)
        maps.backward(maps.detach())
    return step
"""

TIME = """
def rate(step, seconds):
    step()
    step()
    start, steps = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        step()
        steps += 1
    return steps / (time.perf_counter() - start)

batches, seconds = json.loads(sys.argv[1])
print(json.dumps({
    **{f"net {batch}": batch * rate(net_step(batch), seconds) for batch in batches},
    **{f"layer {kind}": rate(layer_step(kind), seconds) for kind in ("float64", "float32")},
}))
"""


def measure():
    """Median samples (and, for the layer, steps) a second by way and case; PyTorch's only where it is told of."""
    pythons = {"ours": (sys.executable, OURS)}
    if "TORCH_PYTHON" in os.environ:
        pythons["PyTorch"] = (os.environ["TORCH_PYTHON"], THEIRS)
    turns = {way: [] for way in pythons}
    for _ in range(ROUNDS):
        for way, (python, program) in pythons.items():
            turns[way].append(_turn(python, program))
    return {way: {case: median(turn[case] for turn in rounds) for case in rounds[0]} for way, rounds in turns.items()}


def _turn(python, program):
    told = json.dumps([BATCHES, SECONDS])
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([python, "-c", program + TIME, told], capture_output=True, text=True, check=True, cwd=root)
    return json.loads(done.stdout)


def table(rates):
    """Markdown."""
    ours, theirs = rates["ours"], rates.get("PyTorch")
    lines = ["| what | ours | PyTorch | ratio |", "| --- | --- | --- | --- |"]
    for case, rate in ours.items():
        kind, size = case.split()
        name = f"{NET}, batch {size}: samples a second" if kind == "net" else f"{LARGE}, {size}: steps a second"
        other = f"{theirs[case]:,.0f} | {rate / theirs[case]:.2f}" if theirs else "not run |"
        lines.append(f"| {name} | {rate:,.0f} | {other} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
