"""fast_network.js learns as convnet_core does, but for 32-bit floats; and it learns where WebAssembly may not run."""

import shutil

import numpy as np
import pytest

from convnet_core.backprop import SGD, learn
from convnet_core.convolution import Conv2d
from convnet_core.labs.kit import joiner
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear
from tests.test_network import deep, planned, toy
from tools import wasm

STEPS = 100
# A 32-bit float has 7 decimals. In one step the two stay that near, and most of these nets over a hundred of them, too.
# One learns by leaps, in which what was small between the two grows.
ONE_STEP = 1e-5  # of a loss, and of the largest gradient of an array
ALL_STEPS = 2e-3  # of the first loss, and of the largest number of an array


def digits(rng):
    return [
        *(Conv2d(1, 8, 5, padding=2, rng=rng), ReLU(), MaxPool2d(2)),
        *(Conv2d(8, 16, 5, padding=2, rng=rng), ReLU(), MaxPool2d(2)),
        *(Flatten(), Linear(784, 10, rng=rng)),
    ]


def odd(rng):
    """Nothing in fours or eights, no ReLU before a pool, one behind nothing but the pictures, windows that overlap."""
    return [
        *(MaxPool2d(2, 1), ReLU(), Conv2d(2, 7, 3, stride=2, rng=rng), MaxPool2d(3, 2)),
        *(Conv2d(7, 9, 2, padding=1, rng=rng), Conv2d(9, 5, 1, rng=rng), ReLU(), Flatten(), Linear(45, 18, rng=rng)),
        *(ReLU(), Linear(18, 3, rng=rng)),
    ]


def wide(rng):
    return [Conv2d(1, 6, 7, stride=3, padding=3, rng=rng), ReLU(), Flatten(), Linear(150, 4, rng=rng)]


NETS = {  # layers, pictures of which shape and contrast, answers, batch, learning rate
    "toy": (toy, (1, 9, 9), 1, 2, 32, 0.05),
    "deep": (deep, (1, 9, 9), 1, 2, 13, 0.05),
    "odd": (odd, (2, 12, 11), 4, 3, 5, 0.02),
    "wide": (wide, (1, 14, 13), 1, 4, 8, 0.02),
    "digits": (digits, (1, 28, 28), 1, 10, 32, 0.02),
}

TRAIN = """
({ plans, input, weights, images, labels, batch, steps, options }) => {
  const { fastNetwork } = window.convnetLabs["mirror/fast_network"];
  const net = fastNetwork(plans, input, 40);
  net.parameters().forEach(({ value }, which) => value.set(weights[which]));
  const mover = net.mover(options);
  const pixels = input.channels * input.height * input.width;
  const [all, right] = [Float64Array.from(images), Int32Array.from(labels)];
  const votes = [...net.forward(all, 40)];
  let gradients = null;
  const losses = Array.from({ length: steps }, (_, step) => {
    const from = (step * batch) % (40 - batch + 1);
    const loss = net.lossAndGradients(all.slice(from * pixels), right.slice(from), batch);
    gradients ??= net.parameters().map(({ gradient }) => [...gradient]);
    mover.step();
    return loss;
  });
  const learned = net.parameters().map(({ value }) => [...value]);
  return { runsIn: net.runsIn, votes, losses, gradients, learned };
}
"""


@pytest.fixture(scope="module")
def javascript(page_with):
    """`javascript(body, argument)`: what the JavaScript `body` makes of it, with fast_network.js in the page."""
    return page_with("mirror/fast_network").evaluate


def off(found, wanted):
    """The largest difference, as a share of the largest number."""
    found, wanted = np.array(found), np.ravel(wanted)
    return np.abs(found - wanted).max() / np.abs(wanted).max()


@pytest.mark.in_turn("name", 2)
@pytest.mark.parametrize("name", NETS)
def test_a_hundred_steps_beside_python(name, javascript):
    make, shape, contrast, answers, batch, rate = NETS[name]
    rng = np.random.default_rng(6)
    net = Network(make(rng))
    labels = np.arange(40) % answers
    images = contrast * (0.5 * rng.random((40, *shape)) + rng.random((answers, *shape))[labels] - 0.5)
    parameters = net.parameters()
    answer = javascript(
        TRAIN,
        {
            "plans": [plan for plan in map(planned, net.layers) if plan],
            "input": dict(zip(("channels", "height", "width"), shape, strict=True)),
            "weights": [parameter.value.ravel().tolist() for parameter in parameters.values()],
            "images": images.ravel().tolist(),
            "labels": labels.tolist(),
            "batch": batch,
            "steps": STEPS,
            "options": {"rate": rate, "momentum": 0.9},
        },
    )
    assert answer["runsIn"] == "WebAssembly"
    assert off(answer["votes"], net.forward(images)) <= ONE_STEP
    mover, losses, gradients = SGD(parameters, rate, 0.9), [], None
    for step in range(STEPS):
        at = step * batch % (40 - batch + 1)
        losses.append(learn(net, images[at : at + batch], labels[at : at + batch], mover)[0])
        gradients = gradients or [parameter.gradient.copy() for parameter in parameters.values()]
    assert losses[-1] < losses[0] / 2, "it learned, so the numbers had every chance to drift apart"
    assert abs(answer["losses"][0] - losses[0]) <= ONE_STEP * losses[0]
    assert np.abs(np.array(answer["losses"]) - losses).max() <= ALL_STEPS * losses[0]
    for found, wanted in zip(answer["gradients"], gradients, strict=True):
        assert off(found, wanted) <= ONE_STEP
    for found, parameter in zip(answer["learned"], parameters.values(), strict=True):
        assert off(found, parameter.value) <= ALL_STEPS


def test_it_says_when_there_are_too_many_samples_and_takes_few_to_the_other(javascript):
    body = """() => {
      const { fastNetwork } = window.convnetLabs["mirror/fast_network"];
      const pair = { channels: 1, height: 1, width: 2 };
      const make = (capacity) => fastNetwork([{ kind: "linear", outputs: 2 }], pair, capacity);
      const refusal = (act) => { try { act(); } catch (problem) { return problem.message; } };
      const net = make(8);
      const many = refusal(() => net.forward(new Float64Array(18), 9));
      const learned = refusal(() => net.lossAndGradients(new Float64Array(18), new Int32Array(9), 9));
      const odd = fastNetwork([{ kind: "conv", filters: 1, size: 1, padding: 1 }], pair, 8);
      return [many, learned, make(1).runsIn, net.runsIn, odd.runsIn];
    }"""
    refused = "9 samples, room for 8"
    assert javascript(body, None) == [refused, refused, "JavaScript", "WebAssembly", "JavaScript"]


def test_a_second_mover_starts_without_swing(javascript):
    body = """() => {
      const { fastNetwork } = window.convnetLabs["mirror/fast_network"];
      const net = fastNetwork([{ kind: "linear", outputs: 2 }], { channels: 1, height: 1, width: 2 }, 8);
      const [images, labels] = [Float64Array.from({ length: 16 }, (_, k) => k % 3), new Int32Array(8)];
      const moved = () => {
        const mover = net.mover({ rate: 0.5, momentum: 0.9 });
        for (const { value } of net.parameters()) value.fill(0);
        for (let k = 0; k < 3; k++) { net.lossAndGradients(images, labels, 8); mover.step(); }
        return net.parameters().flatMap(({ value }) => [...value]);
      };
      return [moved(), moved()];
    }"""
    first, second = javascript(body, None)
    assert first == second
    assert any(first)


# Where it may not run

ROOM = {
    "jobs": """
import { fastNetwork } from "../mirror/fast_network.js";

function* learn({ images, labels }, { plans, input }) {
  const net = fastNetwork(plans, input, 8);
  const mover = net.mover({ rate: 0.1 });
  for (let step = 0; step < 5; step++) {
    const loss = net.lossAndGradients(images, labels, 8);
    mover.step();
    yield { loss, runsIn: net.runsIn };
  }
}

export const JOBS = { learn };
""",
    "worker": 'import { serve } from "../kit/slices.js";\nimport { JOBS } from "./jobs.js";\n\nserve(JOBS);\n',
    "start": """
import { engine } from "../kit/engine.js";
import { JOBS } from "./jobs.js";

const makeWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

export function start(data, task) {
  const { signal } = new AbortController();
  const told = [];
  const machine = engine({ data, jobs: JOBS, makeWorker, onreport: (report) => told.push(report), signal });
  machine.start({ ...task, job: "learn" });
  return () => ({ told, place: machine.place() });
}
""",
}
STARTED = """() => {
  const { start } = window.convnetLabs["room/start"];
  const images = Float64Array.from({ length: 32 }, (_, k) => k % 5);
  const labels = Int32Array.from({ length: 8 }, (_, k) => k % 2);
  const plans = [{ kind: "linear", outputs: 2 }];
  window.asked = start({ images, labels }, { plans, input: { channels: 1, height: 2, width: 2 } });
}"""
OPEN = "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:"


@pytest.fixture
def room(monkeypatch, tmp_path):
    """The script of a lab without a card, whose Worker trains."""
    for folder in ("kit", "mirror"):
        shutil.copytree(joiner.FOLDER / folder, tmp_path / folder)
    monkeypatch.setattr(joiner, "FOLDER", tmp_path)
    for cached in (joiner.modules_of, joiner._worker_entries, joiner._worker_modules):
        monkeypatch.setattr(joiner, cached.__name__, cached.__wrapped__)
    (tmp_path / "room").mkdir()
    for name, source in ROOM.items():
        (tmp_path / "room" / f"{name}.js").write_text(source, encoding="utf-8")
    return joiner.static_script(joiner.modules_of("room/start"))


@pytest.mark.in_turn("policy", 3)
@pytest.mark.parametrize(
    ("policy", "place", "runs_in"),
    [
        (None, "worker", "WebAssembly"),
        (OPEN, "worker", "WebAssembly"),
        ("script-src 'unsafe-inline' blob:", "worker", "JavaScript"),
        (f"{OPEN}; worker-src 'self'", "page", "WebAssembly"),
        ("script-src 'unsafe-inline'; worker-src 'self'", "page", "JavaScript"),
    ],
)
def test_it_runs_where_it_may_from_disk_too(policy, place, runs_in, room, page, tmp_path):
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html>{meta}<title>room</title><script>{room}</script>", encoding="utf-8")
    page.goto(file.as_uri())
    page.evaluate(STARTED)
    for _ in range(200):  # where a policy forbids eval, Playwright can't wait for a function
        found = page.evaluate("window.asked()")
        if found["told"] and found["told"][-1].get("done"):
            break
        page.wait_for_timeout(50)
    losses = [report["loss"] for report in found["told"][:-1]]
    assert found["place"] == place
    assert {report["runsIn"] for report in found["told"][:-1]} == {runs_in}
    assert len(losses) == 5
    assert losses[-1] < losses[0]


# The compiled file


def test_the_compiled_file_was_made_of_its_source():
    stored = wasm.stored()
    assert stored.made_of == wasm.digest(), "network.c was changed: run python -m tools.wasm"
    assert stored.code.startswith(b"\0asm")
    if wasm.compiler() == stored.made_by:
        assert wasm.module() == wasm.MODULE.read_text(encoding="utf-8")


def test_a_source_that_was_changed_is_noticed(monkeypatch, tmp_path):
    changed = tmp_path / "network.c"
    changed.write_bytes(wasm.SOURCE.read_bytes().replace(b"momentum * steps[k] +", b"momentum * steps[k] -"))
    monkeypatch.setattr(wasm, "SOURCE", changed)
    assert wasm.stored().made_of != wasm.digest()
