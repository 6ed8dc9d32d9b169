"""Chapter 14: the games keep their rules, the error has the slope that it says, and a paddle learns to catch."""

import numpy as np
import pytest

from convnet_core import threads
from convnet_core.backprop import Adam, RMSProp, numerical_gradient
from convnet_core.game import (
    BATCH,
    Player,
    Replay,
    best,
    game_net,
    learn_game,
    paper_net,
    play,
    targets_of,
    worth_error,
)
from convnet_core.pixel_games import (
    BALL_GREY,
    BRICK_GREY,
    LEFT,
    LONGEST,
    PADDLE,
    PADDLE_GREY,
    RIGHT,
    SIDE,
    STAY,
    Breakout,
    Catch,
    CatchWithDrift,
)
from convnet_core.threads import threads_for

GAMES = [Catch, CatchWithDrift, Breakout]
ALL = pytest.mark.parametrize("kind", GAMES)


def rng(seed=0):
    return np.random.default_rng(seed)


def at_random(seed=0):
    chance = rng(seed)
    return lambda situation: int(chance.integers(3))


def after_the_ball(situation):
    """A rule that reads the last picture: the paddle's middle goes to the ball's column."""
    picture = situation[-1]
    column = int(np.argmax((picture == np.float32(BALL_GREY)).any(axis=0)))
    left = int(np.argmax(picture[-1] == PADDLE_GREY))
    return STAY + int(np.sign(column - left - PADDLE // 2))


# The games


@ALL
def test_a_game_says_what_it_shows_and_takes(kind):
    game = kind()
    picture, more = game.reset(seed=1)
    assert more == {}
    assert picture.shape == game.observation_space.shape == (1, SIDE, SIDE)
    assert picture.dtype == np.float32
    assert (game.observation_space.low, game.observation_space.high) == (picture.min(), picture.max())
    assert game.action_space.n == 3
    answer = game.step(STAY)
    assert len(answer) == 5
    assert [type(part) for part in answer[1:]] == [float, bool, bool, dict]


@ALL
def test_the_same_seed_is_the_same_game(kind):
    def scores(seed):
        return play(kind(), at_random(), 20, seed).tolist()

    assert scores(3) == scores(3)
    assert scores(3) != scores(4)


@ALL
def test_what_can_not_be_done_is_refused(kind):
    game = kind()
    with pytest.raises(RuntimeError, match=r"the game is over, begin a new one: reset\(\)"):
        game.step(STAY)
    game.reset(seed=0)
    for wrong in (3, -1, 0.5, None, "left"):
        with pytest.raises(ValueError, match="action is .*, wanted a whole number from 0 to 2"):
            game.step(wrong)
    with pytest.raises(ValueError, match="seed is -1"):
        game.reset(seed=-1)


@ALL
def test_the_paddle_goes_where_it_is_sent_and_stays_inside(kind):
    game = kind()
    game.reset(seed=2)
    for action, way in ((LEFT, -1), (RIGHT, 1), (STAY, 0)):
        before = game.paddle
        game.step(action)
        assert game.paddle == min(max(before + way, 0), SIDE - PADDLE)
    assert game.picture()[0, -1].tolist().count(PADDLE_GREY) >= PADDLE - 1  # the ball may lie over it


def test_a_ball_that_falls_straight_is_caught_where_the_paddle_is():
    for seed in range(30):
        game = Catch()
        game.reset(seed=seed)
        column, total = game.column, 0.0
        for step in range(SIDE - 1):
            _, points, is_over, _, _ = game.step(STAY)
            total += points
            assert is_over == (step == SIDE - 2)
            assert game.column == column
        assert total == (1 if game.paddle <= column < game.paddle + PADDLE else -1)


def test_a_ball_that_drifts_comes_back_from_the_walls():
    drifts = set()
    for seed in range(60):
        game = CatchWithDrift()
        game.reset(seed=seed)
        drifts.add(game.drift)
        column, drift = game.column, game.drift
        while not game.step(STAY)[2]:
            wanted = column + drift
            if not 0 <= wanted < SIDE:  # it goes the other way, and does not touch the wall
                drift = -drift
                wanted = column + drift
            assert game.column == wanted
            column = game.column
    assert drifts == {-2, -1, 0, 1, 2}


def test_one_picture_does_not_show_where_a_drifting_ball_goes():
    """Two games whose first pictures are the same, and the second ones not."""
    seen = {}
    for seed in range(100):
        game = CatchWithDrift()
        first, _ = game.reset(seed=seed)
        seen.setdefault(first.tobytes(), set()).add(game.step(STAY)[0].tobytes())
    assert max(map(len, seen.values())) > 1


def test_a_brick_that_is_met_is_gone_and_worth_a_point():
    game = Breakout()
    game.reset(seed=0)
    bricks, total = game.bricks.sum(), 0.0
    assert bricks == 30
    has_ended = False
    while not has_ended:
        picture, points, is_lost, is_broken_off, _ = game.step(after_the_ball(game.picture()))
        total += points
        has_ended = is_lost or is_broken_off
        shown = (picture == np.float32(BRICK_GREY)).sum()
        assert game.bricks.sum() - shown in (0, 1)  # the ball may lie over one
    assert total >= 5


def test_a_game_that_would_never_end_is_broken_off():
    ends = set()
    for seed in range(30):
        game = Breakout()
        game.reset(seed=seed)
        steps, has_ended = 0, False
        while not has_ended:
            _, _, is_lost, is_broken_off, _ = game.step(after_the_ball(game.picture()))
            steps, has_ended = steps + 1, is_lost or is_broken_off
        ends.add(is_broken_off)
        assert is_broken_off == (steps == LONGEST and not is_lost)
    assert True in ends


def test_how_well_chance_and_a_rule_play():
    """The lines that a net has to beat: chance, and to follow the ball's column."""
    assert -0.6 < play(Catch(), at_random(), 500, 1).mean() < -0.2
    assert play(Catch(), after_the_ball, 200, 1).mean() == 1
    assert 0.2 < play(CatchWithDrift(), after_the_ball, 500, 1).mean() < 0.7
    assert 0.2 < play(Breakout(), at_random(), 200, 1).mean() < 0.8
    assert 25 < play(Breakout(), after_the_ball, 40, 1).mean() < 45


# Learning


def test_what_an_action_should_have_been_worth():
    found = targets_of([1, 0, -1], [[0.5, 2.0, -1], [3.0, 1, 2], [9.0, 9, 9]], [False, False, True], 0.9)
    assert np.abs(found - [1 + 0.9 * 2, 0.9 * 3, -1]).max() < 1e-12


def test_the_error_has_the_slope_that_it_says():
    worths, actions, targets = rng().normal(size=(4, 3)), np.array([0, 2, 1, 1]), rng(1).normal(size=4)
    error, gradient = worth_error(worths, actions, targets)
    assert (
        abs(
            error
            - np.mean([(worths[k, a] - t) ** 2 for k, (a, t) in enumerate(zip(actions, targets, strict=True))]) / 2
        )
        < 1e-12
    )
    wiggled = numerical_gradient(lambda: worth_error(worths, actions, targets)[0], worths)
    assert np.abs(gradient - wiggled).max() < 1e-8
    assert (gradient != 0).sum() == 4


def test_a_net_s_slopes_are_those_of_the_wiggle():
    network = game_net(rng(), 2, np.float64)
    pictures, actions, targets = rng(1).random((3, 2, 10, 10)), np.array([0, 1, 2]), np.array([1.0, 0, -1])

    def error():
        return worth_error(network.forward(pictures), actions, targets)[0]

    network.backward(worth_error(network.forward(pictures, training=True), actions, targets)[1])
    for name, parameter in network.parameters().items():
        assert np.abs(parameter.gradient - numerical_gradient(error, parameter.value)).max() < 1e-7, name


def test_memory_holds_the_last_steps_and_each_as_it_was():
    memory = Replay(5, (1, 2, 2))
    for step in range(8):
        memory.add(np.full((1, 2, 2), step), step % 3, step / 2, np.full((1, 2, 2), step + 1), step == 6)
    before, actions, points, after, is_over = memory.sample(400, rng())
    steps = before[:, 0, 0, 0]
    assert set(steps) == {3, 4, 5, 6, 7}
    assert (after[:, 0, 1, 1] == steps + 1).all()
    assert (actions == steps % 3).all()
    assert (points == steps / 2).all()
    assert (is_over == (steps == 6)).all()


def test_memory_that_is_not_full_gives_nothing_but_what_it_has():
    memory = Replay(50, (1,))
    memory.add(np.ones(1), 1, 2.0, np.ones(1), False)
    assert (memory.sample(20, rng())[1] == 1).all()


def test_a_player_sees_the_last_pictures_in_order():
    player = Player(CatchWithDrift(), 3, 5)
    pictures = [player.situation[-1]]
    assert (player.situation == pictures[0]).all()
    for _ in range(4):
        player.step(STAY)
        pictures.append(player.game.picture()[0])
        wanted = ([pictures[0]] * 2 + pictures)[-3:]
        assert np.array_equal(player.situation, wanted)


def test_a_step_of_rmsprop_is_its_rule():
    class One:
        def __init__(self):
            self.value, self.gradient = np.array([1.0, -2.0]), np.array([0.5, 0.0])

    one = One()
    optimizer = RMSProp({"one": one}, 0.1, 0.9, 1e-3)
    square = np.zeros(2)
    wanted = one.value.copy()
    for gradient in ([0.5, 0.0], [1.0, -1.0], [-0.25, 3.0]):
        one.gradient = np.array(gradient)
        optimizer.step()
        square = 0.9 * square + 0.1 * one.gradient**2
        wanted -= 0.1 * one.gradient / (np.sqrt(square) + 1e-3)
        assert np.abs(one.value - wanted).max() < 1e-12


def test_the_paper_s_net_has_the_paper_s_shapes():
    network = paper_net(rng())
    shapes = network.shapes((4, 84, 84))
    assert [shape for shape in shapes if len(shape) == 3][::2] == [(4, 84, 84), (16, 20, 20), (32, 9, 9)]
    assert network.forward(np.zeros((1, 4, 84, 84), np.float32)).shape == (1, 4)
    count = sum(parameter.value.size for parameter in network.parameters().values())
    assert count == 4 * 16 * 64 + 16 + 16 * 32 * 16 + 32 + 2592 * 256 + 256 + 256 * 4 + 4


def test_a_paddle_learns_to_catch():
    """Two seconds; the chapter's own numbers, five seeds each, are those of `tools/game_experiments.py`."""
    network, chance = game_net(rng()), rng(1)
    before = play(Catch(), lambda seen: best(network, seen), 100, 9).mean()
    for _ in learn_game(Catch(), network, chance, 3000):
        pass
    assert before < 0.2
    assert play(Catch(), lambda seen: best(network, seen), 100, 9).mean() > 0.8


@pytest.mark.parametrize("changed", [{}, {"target_every": 50}, {"seen": 2}, {"replay": 64}])
def test_the_same_seed_learns_the_same(changed):
    def learned():
        network = game_net(rng(), changed.get("seen", 1), np.float64)
        stops = list(learn_game(Catch(), network, rng(1), 300, every=100, **changed))
        assert stops == [100, 200, 300]
        return [parameter.value for parameter in network.parameters().values()]

    assert all(np.array_equal(one, other) for one, other in zip(learned(), learned(), strict=True))


def test_another_optimizer_may_move_the_weights():
    network = game_net(rng())
    before = [parameter.value.copy() for parameter in network.parameters().values()]
    optimizer = Adam(network.parameters(), 0.001)
    list(learn_game(Catch(), network, rng(1), 200 + BATCH, optimizer=optimizer))
    moved = [np.abs(p.value - b).max() for p, b in zip(network.parameters().values(), before, strict=True)]
    assert 0 < max(moved) < 0.001 * BATCH * 1.2


def test_between_the_stops_products_may_use_as_many_threads_as_before():
    """A net that is left half taught, as by Ctrl-C, leaves nothing behind."""
    limits = []

    def noted(multiplications):
        limits.append(multiplications)
        return threads_for(multiplications)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("convnet_core.game.threads_for", noted)
        learning = learn_game(Catch(), game_net(rng()), rng(1), 450, every=100)
        for stops in (1, 2):
            next(learning)
            assert not threads._limited.locked()
            assert len(limits) == stops
        assert list(learning) == [300, 400]  # and the 50 after the last stop are played
    assert len(limits) == 5


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"discount": 1.0}, "discount is 1.0, wanted a number from 0 to below 1"),
        ({"least": 1.5}, "least holds 1.5, wanted numbers from 0 to 1"),
        ({"least": -0.5}, "least holds -0.5, wanted numbers from 0 to 1"),
        ({"target_every": 0}, "target_every is 0, wanted a whole number of at least 1"),
        ({"every": 0}, "every is 0, wanted a whole number of at least 1"),
        ({"exploring": 0}, "exploring is 0, wanted a number above 0"),
    ],
)
def test_learning_refuses_what_it_can_not_use_before_it_plays(changed, told):
    with pytest.raises(ValueError, match=told):
        next(learn_game(Catch(), game_net(rng()), rng(1), 10, **changed))
