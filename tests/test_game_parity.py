"""The page's games and its learning, and convnet_core's: given the same chance, the same steps and the same numbers."""

import numpy as np
import pytest

from convnet_core.backprop import RMSProp
from convnet_core.game import ACTIONS, BATCH, Player, game_net, learn_game, play, targets_of, worth_error
from convnet_core.labs.kit.seeded import Seeded, mulberry32, put_fresh
from convnet_core.pixel_games import Breakout, Catch, CatchWithDrift
from tests.parity import in_the_page, near

KINDS = {"catch": Catch, "drift": CatchWithDrift, "breakout": Breakout}
every_game = pytest.mark.parametrize("kind", KINDS)


def seeded(kind):
    """A game whose chance is the page's, for the same seed."""

    class WithThePagesChance(KINDS[kind]):
        def reset(self, *, seed=None, options=None):
            answer = super().reset()
            if seed is None:
                return answer
            self._rng = Seeded(seed)
            return super().reset()

    return WithThePagesChance()


MODULES = [
    *("mirror/pixel_games", "mirror/game", "mirror/rmsprop", "mirror/seeded", "mirror/training"),
    *("mirror/network", "mirror/fast_network"),
]


@pytest.fixture(scope="module")
def javascript(page_with):
    """`javascript(body, **given)`: what the JavaScript `body` makes of it, with the modules' functions in scope."""
    return in_the_page(page_with("game/jobs"), MODULES)


def test_the_page_has_the_same_chance(javascript):
    body = "const random = mulberry(given.seed); return Array.from({ length: 20 }, () => Math.floor(random() * 10));"
    assert javascript(body, seed=7) == Seeded(7).integers(10, size=20).tolist()
    chance, random = Seeded(3), mulberry32(3)
    assert [chance.random(), chance.integers(-2, 3), chance.choice((-1, 1))] == [
        random(),
        -2 + int(5 * random()),
        (-1, 1)[int(2 * random())],
    ]


@every_game
def test_games_are_the_same_step_for_step(javascript, kind):
    """Forty seeds, 300 steps each; in half of them a rule follows the ball, so that games of Breakout last."""
    body = """
    return given.seeds.map((seed) => {
      const game = new GAMES[given.kind]();
      const random = mulberry(seed + 1000);
      const picture = new Float64Array(CELLS);
      const told = [];
      game.reset(seed);
      for (let step = 0; step < 300; step++) {
        const ball = Math.sign(game.column - game.paddle - 1) + 1;
        const chosen = Math.floor(random() * 3);
        const { points, isOver, hasEnded } = game.step(seed % 2 ? ball : chosen);
        game.picture(picture);
        told.push([points, isOver, hasEnded, picture.reduce((sum, grey, at) => sum + grey * (at + 1) ** 2, 0)]);
        if (hasEnded) game.reset();
      }
      return told;
    });
    """
    seeds = range(40)
    found = javascript(body, kind=kind, seeds=list(seeds))
    weights = np.arange(1, 101.0) ** 2
    for seed, told in zip(seeds, found, strict=True):
        game, chance = seeded(kind), Seeded(seed + 1000)
        game.reset(seed=seed)
        for points, is_over, has_ended, picture in told:
            rule, chosen = int(np.sign(game.column - game.paddle - 1)) + 1, int(chance.integers(3))
            seen, *wanted, _ = game.step(rule if seed % 2 else chosen)
            assert wanted == [points, is_over, has_ended and not is_over]
            assert picture == pytest.approx(float(seen.ravel().astype(float) @ weights), rel=1e-12)
            if has_ended:
                game.reset()


def test_a_game_that_never_ends_is_broken_off_alike(javascript):
    body = """
    const game = new GAMES.breakout();
    return given.seeds.map((seed) => {
      game.reset(seed);
      let [steps, last] = [0, null];
      while (!game.hasEnded) {
        last = game.step(Math.sign(game.column - game.paddle - 1) + 1);
        steps += 1;
      }
      return [steps, last.isOver];
    });
    """
    wanted = []
    for seed in range(20):
        game, steps, has_ended = seeded("breakout"), 0, False
        game.reset(seed=seed)
        while not has_ended:
            _, _, is_over, is_broken_off, _ = game.step(int(np.sign(game.column - game.paddle - 1)) + 1)
            steps, has_ended = steps + 1, is_over or is_broken_off
        wanted.append([steps, is_over])
    assert any(steps == 500 for steps, _ in wanted)
    assert javascript(body, seeds=list(range(20))) == wanted


def some_steps(seed=0):
    rng = np.random.default_rng(seed)
    return {
        "worths": rng.normal(size=(BATCH, ACTIONS)),
        "following": rng.normal(size=(BATCH, ACTIONS)),
        "actions": rng.integers(ACTIONS, size=BATCH),
        "points": rng.integers(-1, 2, size=BATCH).astype(float),
        "is_over": rng.random(BATCH) < 0.3,
    }


def as_given(steps):
    return {name: np.asarray(values).astype(float).ravel().tolist() for name, values in steps.items()}


@pytest.mark.parametrize("discount", [0, 0.5, 0.95])
def test_targets_and_the_slope_of_the_error_are_the_same(javascript, discount):
    steps = some_steps()
    body = """
    const steps = { points: given.points, isOver: given.is_over };
    const targets = targetsOf(steps, given.following, given.discount, new Float64Array(32));
    const error = new Float64Array(96).fill(9);
    const wanted = { actions: given.actions, targets };
    const whole = worthError(given.worths, wanted, error, 32);
    const parts = [[0, 8], [8, 32]].map((part) => worthError(given.worths, wanted, error, 32, ...part));
    return [targets, whole, parts[0] + parts[1], error];
    """
    targets, whole, in_parts, slope = javascript(body, discount=discount, **as_given(steps))
    wanted = targets_of(steps["points"], steps["following"], steps["is_over"], discount)
    near(targets, wanted)
    loss, gradient = worth_error(steps["worths"], steps["actions"], wanted)
    near([whole, in_parts], [loss, loss])
    near(slope, gradient)


def test_the_first_weights_are_the_same(javascript):
    body = """
    const net = new Network(GAME_NET, situationShape(2), 1);
    startGameNet(net, given.seed);
    return net.parameters().map(({ value }) => value);
    """
    for found, wanted in zip(javascript(body, seed=5), weights_of(fresh(5, seen=2)), strict=True):
        near(found, wanted)


def fresh(seed, seen):
    network = game_net(np.random.default_rng(0), seen, np.float64)
    put_fresh(network, seed)
    for parameter in network.layers[-1].parameters().values():
        parameter.value *= 0.1
    return network


def weights_of(network):
    return [parameter.value.ravel() for parameter in network.parameters().values()]


def test_rmsprop_goes_the_same_way(javascript):
    rng = np.random.default_rng(1)
    network = game_net(rng, 1, np.float64)
    optimizer = RMSProp(network.parameters(), 0.002, 0.95, 0.001)
    start = np.concatenate(weights_of(network))
    slopes = rng.normal(size=(20, len(start))) * rng.random(len(start)) ** 8
    body = """
    const parameter = { value: Float64Array.from(given.start), gradient: new Float64Array(given.start.length) };
    const mover = new RMSProp([parameter], 0.002, 0.95, 0.001);
    for (const slope of given.slopes) {
      parameter.gradient.set(slope);
      mover.step();
    }
    return parameter.value;
    """
    found = javascript(body, start=start[::9].tolist(), slopes=slopes[:, ::9].tolist())
    for slope in slopes:
        at = 0
        for parameter in network.parameters().values():
            parameter.gradient[...] = slope[at : at + parameter.value.size].reshape(parameter.value.shape)
            at += parameter.value.size
        optimizer.step()
    near(found, np.concatenate(weights_of(network))[::9])


LEARN = """
const net = new NETWORK(GAME_NET, situationShape(given.seen), BATCH);
startGameNet(net, given.seed);
const walk = learnGame(new GAMES[given.kind](), net, mulberry(given.seed), given);
for (const frame of walk) if (frame === given.frames) break;
return net.parameters().map(({ value }) => value);
"""
HOW = {"replay": 5000, "discount": 0.95, "exploring": 4000, "least": 0.05}


def learned_by_python(kind, seen, frames, seed=3, **how):
    network = fresh(seed, seen)
    for _ in learn_game(seeded(kind), network, Seeded(seed), frames, seen=seen, **how):
        pass
    return weights_of(network)


@pytest.mark.parametrize("seen", [1, 2])
def test_a_whole_net_takes_the_same_steps(javascript, seen):
    """Three steps of learning from steps made up: targets, error, backward, RMSProp."""
    rng, network, steps = np.random.default_rng(2), fresh(3, seen), some_steps(4)
    before, after = rng.random((2, BATCH, seen, 10, 10))
    optimizer = RMSProp(network.parameters(), 0.002, 0.95, 0.001)
    errors = []
    for _ in range(3):
        targets = targets_of(steps["points"], network.forward(after), steps["is_over"], 0.95)
        error, gradient = worth_error(network.forward(before, training=True), steps["actions"], targets)
        network.backward(gradient)
        optimizer.step()
        errors.append(error)
    body = """
    const net = new Network(GAME_NET, situationShape(given.seen), BATCH);
    startGameNet(net, 3);
    const batch = batchOf(BATCH, given.seen * CELLS);
    for (const name of ["before", "after", "actions", "points"]) batch[name].set(given[name]);
    batch.isOver.set(given.is_over);
    const mover = new RMSProp(net.parameters(), 0.002, 0.95, 0.001);
    const errors = [1, 2, 3].map(() => learnFrom(net, batch, mover, 0.95));
    return [errors, net.parameters().map(({ value }) => value)];
    """
    found, weights = javascript(body, seen=seen, **as_given({"before": before, "after": after} | steps))
    near(found, errors)
    for one, wanted in zip(weights, weights_of(network), strict=True):
        near(one, wanted)


@pytest.mark.parametrize(
    ("kind", "seen", "how"),
    [
        ("catch", 1, {}),
        ("drift", 2, {"discount": 0.5, "replay": 32}),
        ("breakout", 2, {"replay": 1, "exploring": 1, "least": 0}),
    ],
)
def test_whole_nets_learn_the_same(javascript, kind, seen, how):
    """What is tried, remembered and drawn is the same; Python's gradient is rounded to the 32 bits of its pictures."""
    how = HOW | how
    found = javascript(LEARN.replace("NETWORK", "Network"), kind=kind, seen=seen, seed=3, frames=260, **how)
    for one, wanted in zip(found, learned_by_python(kind, seen, 260, **how), strict=True):
        near(one, wanted, 1e-6)


def test_the_fast_network_learns_the_same_in_32_bits(javascript):
    body = LEARN.replace("new NETWORK", "fastNetwork").replace("return", "return net.runsIn !== 'WebAssembly' ? [] :")
    found = javascript(body, kind="catch", seen=2, seed=3, frames=205, **HOW)
    for one, wanted in zip(found, learned_by_python("catch", 2, 205, **HOW), strict=True):
        near(one, wanted, 1e-4)


@every_game
def test_nets_play_side_by_side_as_one_after_the_other(javascript, kind):
    body = """
    const net = new Network(GAME_NET, situationShape(given.seen), 7);
    startGameNet(net, given.seed);
    const playing = playTogether(() => new GAMES[given.kind](), net, { games: 20, seed: 100, seen: given.seen });
    let step = playing.next();
    while (!step.done) step = playing.next();
    return step.value;
    """
    network = fresh(4, 2)
    choose = lambda situation: int(network.forward(situation[np.newaxis].astype(float))[0].argmax())  # noqa: E731
    wanted = [float(play(seeded(kind), choose, 1, seed, seen=2)[0]) for seed in range(100, 120)]
    assert javascript(body, kind=kind, seen=2, seed=4) == wanted


def test_a_player_keeps_the_last_pictures(javascript):
    body = """
    const player = new Player(new GAMES.drift(), 2, given.seed);
    const told = [Array.from(player.situation)];
    for (let step = 0; step < 4; step++) {
      player.step(2);
      told.push(Array.from(player.situation));
    }
    return told;
    """
    player = Player(seeded("drift"), 2, 9)
    wanted = [player.situation.ravel()]
    for _ in range(4):
        player.step(2)
        wanted.append(player.situation.ravel())
    assert np.array_equal(javascript(body, seed=9), np.array(wanted))
