"""The arithmetic of the belief lab and convnet_core's: blocks, up and down, learning, imagining, whitening, edges.

What is drawn at random, both draw with the same numbers: Python's, which are handed to the page.
"""

import numpy as np
import pytest

from convnet_core import edges
from convnet_core.faces import load_photographs
from convnet_core.imagining import FILE, load_imagining
from convnet_core.labs.belief.lab import BeliefLab, digits, imagining_machines, told_digits, told_plans
from convnet_core.labs.kit.seeded import Seeded, mulberry32
from convnet_core.unsupervised import ConvRBM, block_probabilities, fill, learn_features, sample_blocks
from tests.parity import in_the_page, near

MODULES = [
    *("mirror/patches", "mirror/unsupervised", "mirror/contrast", "mirror/edges", "mirror/seeded"),
    *("belief/derived", "belief/imagines", "belief/jobs"),
]
RNG = np.random.default_rng
MACHINES = {
    "real": {"channels": 1, "features": 5, "size": 4, "block": 2, "sigma": 0.3},
    "binary": {"channels": 2, "features": 6, "size": 3, "block": 3, "visible": "binary"},
    "plain": {"channels": 1, "features": 7, "size": 6, "block": 1, "visible": "binary", "is_plain": True},
}
SIDES = {"real": (9, 11), "binary": (8, 11), "plain": (6, 6)}  # of a picture: maps come out in whole blocks


class Recorded(np.random.Generator):
    """A generator that keeps what it draws, so that the page can draw the same."""

    def __init__(self, seed):
        super().__init__(np.random.PCG64(seed))
        self.uniform, self.normal = [], []

    def random(self, size=None, dtype=np.float64, out=None):
        drawn = super().random(size)  # not as float32: the page counts with these very numbers
        self.uniform += np.ravel(drawn).tolist()
        return drawn

    def standard_normal(self, size=None, dtype=np.float64, out=None):
        drawn = super().standard_normal(size)
        self.normal += np.ravel(drawn).tolist()
        return drawn


HELPERS = """
  const drawnFrom = ({ uniform = [], normal = [] }) => {
    const next = (numbers) => {
      let at = 0;
      return () => numbers[at++];
    };
    return { uniform: next(uniform), normal: next(normal) };
  };
  const stack = ({ values, ...shape }) => ({ ...shape, values: Float64Array.from(values) });
  const machineOf = ({ plan, weight, hiddenBias, visibleBias }) => {
    const machine = new ConvRBM(plan);
    machine.weight.set(weight);
    machine.hiddenBias.set(hiddenBias);
    machine.visibleBias.set(visibleBias);
    return machine;
  };
"""


@pytest.fixture(scope="module")
def javascript(page_with):
    """`javascript(body, **given)`: what the JavaScript `body` makes of it, with the modules' functions in scope."""
    return in_the_page(page_with("belief/lab"), MODULES, HELPERS)


def told(stack):
    """Pictures or maps (N, C, H, W) as the page has them."""
    count, channels, height, width = stack.shape
    values = np.ravel(stack).tolist()
    return {"count": count, "channels": channels, "height": height, "width": width, "values": values}


def told_picture(picture):
    return {"height": picture.shape[0], "width": picture.shape[1], "pixels": np.ravel(picture).tolist()}


def some_machine(kind, seed=0):
    machine = ConvRBM(**MACHINES[kind], spread=0.5, dtype=np.float64, rng=RNG(seed))
    for bias in (machine.hidden_bias, machine.visible_bias):
        bias[...] = 0.3 * RNG(seed + 1).normal(size=bias.shape)
    return machine


def told_machine(machine):
    channels, features, size = machine.bond.in_channels, machine.bond.out_channels, machine.weight.shape[-1]
    plan = {"channels": channels, "features": features, "size": size, "block": machine.block, "sigma": machine.sigma}
    return {
        "plan": {**plan, "visible": machine.visible, "isPlain": machine.is_plain},
        "weight": np.ravel(machine.weight).tolist(),
        "hiddenBias": machine.hidden_bias.tolist(),
        "visibleBias": np.ravel(machine.visible_bias).tolist(),
    }


def some_pictures(kind, count=3, seed=2):
    pictures = RNG(seed).random((count, MACHINES[kind]["channels"], *SIDES[kind]))
    return pictures if kind == "real" else (pictures > 0.6).astype(float)


# Blocks.


@pytest.mark.parametrize(("block", "spread"), [(1, 1), (2, 3), (3, 40), (2, 900)])
def test_block_probabilities_are_the_same(javascript, block, spread):
    inputs = spread * RNG(block).normal(size=(2, 3, 6, 12))
    body = "return blockProbabilities(stack(given.inputs), given.block);"
    found = javascript(body, inputs=told(inputs), block=block)
    each, pooled = block_probabilities(inputs, block)
    near(found["each"]["values"], each)
    near(found["pooled"]["values"], pooled)


@pytest.mark.parametrize("block", [1, 2, 3])
def test_blocks_are_drawn_alike(javascript, block):
    probabilities, _ = block_probabilities(RNG(1).normal(size=(2, 3, 6, 12)), block)
    rng = Recorded(5)
    wanted = sample_blocks(probabilities, block, rng)
    body = "return sampleBlocks(stack(given.each), given.block, drawnFrom(given)).values;"
    found = javascript(body, each=told(probabilities), block=block, uniform=rng.uniform)
    near(found, wanted)
    assert 0 < wanted.sum() < wanted.size


def test_the_labs_block_is_pythons(javascript):
    """Its probabilities, and what is drawn from them by the page's own random numbers."""
    lab = BeliefLab(inputs=[[1.3, -0.4], [4.2, 0]], drawn=300, luck=7)
    state = {"inputs": lab.inputs.tolist(), "drawn": 300, "luck": 7}
    block, draws = javascript("return [blockOf(given), drawsOf(given)];", **state)
    near(block["probabilities"], [*lab.probabilities.ravel(), lab.none])
    near([block["pooled"], block["largest"], block["sum"]], [lab.pooled, lab.largest, lab.separate.sum()])
    near(block["alone"], lab.separate.ravel())
    assert draws["tally"] == lab.tally.tolist()
    assert (*("upper left", "upper right", "lower left", "lower right"), "none")[draws["last"]] == lab.last


# Up, down, together.


@pytest.mark.parametrize("kind", MACHINES)
def test_a_machine_goes_up_and_down_alike(javascript, kind):
    machine, pictures = some_machine(kind), some_pictures(kind)
    body = """
    const machine = machineOf(given.machine);
    const { each, pooled } = machine.hidden(stack(given.pictures));
    const fromAbove = machine.inputs(stack(given.pictures), pooled);
    return [each, pooled, fromAbove, machine.down(each), machine.visibleOf(each)];
    """
    found = javascript(body, machine=told_machine(machine), pictures=told(pictures))
    each, pooled = machine.hidden(pictures)
    wanted = each, pooled, machine.inputs(pictures, pooled), machine.down(each), machine.visible_of(each)
    for one, other in zip(found, wanted, strict=True):
        assert (one["count"], one["channels"], one["height"], one["width"]) == other.shape
        near(one["values"], other)


@pytest.mark.parametrize("kind", MACHINES)
def test_what_is_on_together_is_the_same(javascript, kind):
    machine, pictures = some_machine(kind), some_pictures(kind)
    body = """
    const [machine, pictures] = [machineOf(given.machine), stack(given.pictures)];
    return together(machine, pictures, machine.hidden(pictures).each);
    """
    found = javascript(body, machine=told_machine(machine), pictures=told(pictures))
    wanted = machine.together(pictures, machine.hidden(pictures)[0])
    near(found["weight"], wanted.weight)
    near(found["hiddenBias"], wanted.hidden_bias)
    near(found["visibleBias"], wanted.visible_bias)


@pytest.mark.parametrize("kind", MACHINES)
def test_pictures_are_drawn_alike(javascript, kind):
    machine, rng = some_machine(kind), Recorded(3)
    hidden = machine.sample_hidden(some_pictures(kind), rng)
    rng.uniform.clear()
    wanted = machine.sample_visible(hidden, rng)
    body = """
    const machine = machineOf(given.machine);
    return machine.sampled(machine.visibleOf(stack(given.hidden)), drawnFrom(given)).values;
    """
    drawn = {"uniform": rng.uniform, "normal": rng.normal}
    near(javascript(body, machine=told_machine(machine), hidden=told(hidden), **drawn), wanted)


# Learning.


@pytest.mark.parametrize("kind", MACHINES)
def test_it_learns_the_same(javascript, kind):
    """120 steps, beyond those of little momentum."""
    machine, rng = some_machine(kind), Recorded(4)
    before = told_machine(machine)
    batches = [some_pictures(kind, 2, seed) for seed in range(10)] * 12
    how = {"rate": 0.02, "target": 0.1, "pull": 3, "decay": 0.01}
    shares = learn_features(machine, batches, rng, **how, progress=False)
    body = """
    const [machine, chance] = [machineOf(given.machine), drawnFrom(given)];
    const changes = noSlopes(machine);
    const batches = given.batches.map(stack);
    const shares = Array.from({ length: 120 }, (_, step) =>
      learnStep(machine, batches[step % 10], { ...given.how, changes, step }, chance));
    return [shares, machine.weight, machine.hiddenBias, machine.visibleBias];
    """
    drawn = {"uniform": rng.uniform, "normal": rng.normal}
    found = javascript(body, machine=before, batches=[told(one) for one in batches[:10]], how=how, **drawn)
    for one, other in zip(found, (shares, machine.weight, machine.hidden_bias, machine.visible_bias), strict=True):
        near(one, other, 1e-11)  # what 120 steps add up to


def test_the_rate_falls_by_the_same_share_in_each_step(javascript):
    rates = javascript("return [0, 750, 1500].map(rateAt);")
    near(rates, [0.08, np.sqrt(0.08 * 0.008), 0.008])


# Imagining.


@pytest.mark.parametrize("kind", ["binary", "plain"])
def test_a_machine_fills_in_alike(javascript, kind):
    machine, pictures, rng = some_machine(kind), some_pictures(kind), Recorded(6)
    known = np.broadcast_to(np.arange(pictures.shape[-1]) < pictures.shape[-1] // 2, pictures.shape)
    wanted = list(fill([machine], pictures, known, 5, rng))
    body = """
    const sweeps = fill([machineOf(given.machine)], stack(given.pictures), given.known, drawnFrom(given));
    return Array.from({ length: 5 }, () => sweeps.next().value.values);
    """
    mask = known.astype(int).ravel().tolist()
    found = javascript(body, machine=told_machine(machine), pictures=told(pictures), known=mask, uniform=rng.uniform)
    near(found, wanted)


def test_machines_on_each_other_fill_in_alike(javascript):
    """The second hears the pooled units of the first, and asks it for more."""
    lower, upper = (
        some_machine("real"),
        ConvRBM(5, 3, 2, block=1, visible="binary", spread=0.5, dtype=np.float64, rng=RNG(8)),
    )
    pictures, rng = some_pictures("real"), Recorded(7)
    known = RNG(9).random(pictures.shape) < 0.5
    wanted = list(fill([lower, upper], pictures, known, 4, rng))
    body = """
    const machines = given.machines.map(machineOf);
    const sweeps = fill(machines, stack(given.pictures), given.known, drawnFrom(given));
    return Array.from({ length: 4 }, () => sweeps.next().value.values);
    """
    given = {"machines": [told_machine(lower), told_machine(upper)], "known": known.astype(int).ravel().tolist()}
    drawn = {"uniform": rng.uniform, "normal": rng.normal}
    near(javascript(body, pictures=told(pictures), **given, **drawn), wanted)


def test_the_page_unpacks_the_same_machines(javascript):
    body = """
    const machines = unpackedMachines(Uint8Array.from(given.bytes), given.plans);
    return Object.entries(machines).map(([name, machine]) =>
      [name, [machine.weight, machine.hiddenBias, machine.visibleBias].map((part) => Array.from(part))]);
    """
    found = javascript(body, bytes=list(FILE.read_bytes()), plans=told_plans())
    wanted = load_imagining()
    assert [name for name, _ in found] == list(wanted)
    for name, parts in found:
        for machine in (wanted[name], imagining_machines()[name]):
            for part, other in zip(parts, (machine.weight, machine.hidden_bias, machine.visible_bias), strict=True):
                assert part == np.ravel(other).astype(float).tolist()


def test_the_page_refuses_machines_that_are_not_whole(javascript):
    body = """
    try { unpackedMachines(new Uint8Array(given.length), given.plans); } catch ({ message }) { return message; }
    return "";
    """
    assert "they hold 7 bytes, wanted 161202" in javascript(body, length=7, plans=told_plans())


@pytest.mark.parametrize("half", ["right", "left", "bottom", "top"])
@pytest.mark.parametrize("machine", ["persistent", "CD-1", "convolutional"])
def test_the_page_imagines_what_the_lab_does(javascript, half, machine):
    lab = BeliefLab(half=half, machine=machine, sweep=12, seed=3)
    state = {name: getattr(lab, name) for name in ("half", "machine", "sweep", "seed")}
    body = """
    const state = { ...given.state, picture: given.picture };
    const found = imaginer()(unpackedMachines(Uint8Array.from(given.bytes), given.plans), state);
    return [found, errorOf(found, state.picture, state.half), knownOf(state.half)];
    """
    given = {"bytes": list(FILE.read_bytes()), "plans": told_plans(), "picture": lab.picture.tolist()}
    found, error, known = javascript(body, state=state, **given)
    near(found, lab.imagined, 1e-11)
    near(error, lab.error)
    assert np.reshape(known, (28, 28)).tolist() == lab.known.tolist()


def test_the_page_has_the_same_digits(javascript):
    found = javascript("return digitsOf(given.digits);", digits=told_digits())
    for one, (label, picture) in zip(found, digits(), strict=True):
        assert one["label"] == label
        assert one["picture"] == picture.tolist()


def test_python_draws_the_pages_numbers():
    random = mulberry32(9)
    np.testing.assert_array_equal(Seeded(9).random((2, 3)), np.reshape([random() for _ in range(6)], (2, 3)))


# What is learned from, and how it counts.


def test_the_kernel_that_whitens_is_the_same(javascript):
    near(javascript("return whiteningKernel();"), edges.whitening_kernel())


@pytest.mark.parametrize("size", [(18, 18), (40, 57)])
def test_photographs_are_whitened_alike(javascript, size):
    for photograph in (RNG(0).random(size), np.full(size, 0.4)):
        found = javascript("return whitened(given.picture);", picture=told_picture(photograph))
        wanted = edges.whitened(photograph)
        assert (found["height"], found["width"]) == wanted.shape
        near(found["pixels"], wanted)


def test_pieces_are_cut_out_of_pictures(javascript):
    """Each is a piece of one of the pictures, and they come from everywhere."""
    pictures = [np.arange(30 * 25).reshape(30, 25), 1000 + np.arange(20 * 40).reshape(20, 40)]
    body = "return crops(given.pictures, 19, 200, mulberry(1));"
    found = javascript(body, pictures=[told_picture(one) for one in pictures])
    corners = set()
    for piece in np.reshape(found["values"], (200, 19, 19)):
        which = int(piece[0, 0] >= 1000)
        row, column = divmod(int(piece[0, 0]) - 1000 * which, pictures[which].shape[1])
        np.testing.assert_array_equal(piece, pictures[which][row : row + 19, column : column + 19])
        corners.add((which, row, column))
    assert {(0, 0), (1, 0), (0, 11), (1, 1)} <= {(which, row) for which, row, _ in corners}
    assert {(0, 0), (0, 6), (1, 0), (1, 21)} <= {(which, column) for which, _, column in corners}


def test_edges_are_counted_alike(javascript):
    side = 8
    wave = np.cos(np.linspace(0, 5, side))
    filters = np.stack([RNG(0).normal(size=(side, side)), np.outer(np.hanning(side), wave), np.zeros((side, side))])
    found = javascript("return edgeShares(given.filters, 8);", filters=filters.ravel().tolist())
    wanted = edges.edge_shares(filters)
    near(found, wanted)
    assert wanted[1] > edges.EDGE > wanted[0]


def test_a_filter_that_has_faded_is_no_edge(javascript):
    edge = np.outer(np.hanning(8), np.cos(np.linspace(0, 5, 8)))
    edge /= np.linalg.norm(edge)
    filters = np.stack([0.2 * edge, 0.05 * edge])
    assert javascript("return edgesOf(Float64Array.from(given.filters));", filters=filters.ravel().tolist()) == [
        True,
        False,
    ]


def test_the_page_finds_edges_in_photographs(javascript):
    """The lab's own work, from two of the ten photographs and not from the first step to the last."""
    body = """
    const photographs = given.pictures.map(({ height, width, pixels }) => ({ height, width, pixels }));
    const steps = JOBS.learn({}, { photographs, target: given.target, sigma: given.sigma, seed: 1 }, {});
    let last = null;
    for (const report of steps) {
      if (report?.edges) last = report;
      if (last?.step === 800) break;
    }
    return last.edges.filter(Boolean).length;
    """
    pictures = [told_picture(np.rint(255 * load_photographs()[name])) for name in ("cat", "motorcycle")]
    good = javascript(body, pictures=pictures, target=0.003, sigma=0.2)
    loose = javascript(body, pictures=pictures, target=0.003, sigma=1)
    assert good >= 6
    assert loose == 0
