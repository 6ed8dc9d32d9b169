"""Chapter 14: a network learns a game from its pixels and its points alone.

The network looks at the picture and says of each action what it will be worth: its points, and those that come after.
Nobody knows the right numbers. So its own next guess stands in for what comes after, and the points that came are the
part of it that is true (Watkins, 1989; with a ConvNet, Mnih and others, "Playing Atari with Deep Reinforcement
Learning", 2013).
"""

from copy import deepcopy

import numpy as np

from convnet_core.backprop import RMSProp
from convnet_core.checks import (
    as_array,
    as_flags,
    as_generator,
    as_labels,
    as_list,
    as_number,
    as_share,
    as_whole,
    check_range,
)
from convnet_core.convolution import Conv2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.threads import threads_for
from convnet_core.voting import Flatten, Linear

ACTIONS = 3
BATCH = 32  # situations that each step learns from
START = 200  # frames before the first of them
CALM = 0.1  # the first weights of the last layer, as a share of what they would be: all actions begin nearly alike


def game_net(rng, seen=1, dtype=np.float32):
    """A fresh net for games of 10 x 10: what each of three actions is worth.

    rng    a numpy.random.Generator for the first weights
    seen   pictures that it looks at in one go, the last ones
    dtype  np.float32, or np.float64
    """
    network = Network(
        [
            Conv2d(seen, 8, 3, dtype=dtype, rng=rng),
            ReLU(),
            Flatten(),
            Linear(8 * 8 * 8, 32, dtype=dtype, rng=rng),
            ReLU(),
            Linear(32, ACTIONS, dtype=dtype, rng=rng),
        ]
    )
    for parameter in network.layers[-1].parameters().values():
        parameter.value *= CALM
    return network


def paper_net(rng, actions=4, dtype=np.float32):
    """The net of Mnih and others, 2013, for four pictures of 84 x 84: 16 filters of 8 x 8, 32 of 4 x 4, 256 units."""
    return Network(
        [
            Conv2d(4, 16, 8, stride=4, dtype=dtype, rng=rng),
            ReLU(),
            Conv2d(16, 32, 4, stride=2, dtype=dtype, rng=rng),
            ReLU(),
            Flatten(),
            Linear(32 * 9 * 9, 256, dtype=dtype, rng=rng),
            ReLU(),
            Linear(256, actions, dtype=dtype, rng=rng),
        ]
    )


def worth_error(worths, actions, targets):
    """How far the worth of the actions that were taken lies from what it should have been.

    worths   (N, actions), what the network says
    actions  (N,), which was taken
    targets  (N,), what it should be worth
    return   the mean of (worth - target) squared over 2, and its gradient (N, actions): 0 for what was not tried
    """
    worths = as_array("worths", worths)
    actions, targets = (
        as_labels("actions", actions, len(worths), worths.shape[1]),
        as_list("targets", targets, len(worths)),
    )
    return _worth_error(worths, actions, targets)


def _worth_error(worths, actions, targets):
    each, gradient = np.arange(len(worths)), np.zeros_like(worths)
    off = worths[each, actions] - targets
    gradient[each, actions] = off / len(worths)
    return float((off**2).mean() / 2), gradient


def targets_of(points, following, is_over, discount):
    """What an action should have been worth: its points, and, discounted, the best that can be done from where it led.

    points     (N,), what came at once
    following  (N, actions), what the network says of the situation after it
    is_over    (N,), whether that was the end: nothing comes after
    discount   from 0 to below 1: what a point of the next step is worth now
    return     (N,)
    """
    following = as_array("following", following)
    points, is_over = as_list("points", points, len(following)), as_flags("is_over", is_over, len(following))
    return points + as_share("discount", discount) * np.where(is_over, 0, following.max(axis=1))


class Replay:
    """The last situations, to learn from in any order: neighbours in time are too much alike to be a batch.

    capacity  how many it holds; the oldest goes first
    shape     of a situation
    """

    def __init__(self, capacity, shape):
        capacity = as_whole("capacity", capacity, minimum=1)
        self.before, self.after = np.zeros((2, capacity, *shape), np.float32)
        self.actions, self.points = np.zeros(capacity, int), np.zeros(capacity)
        self.is_over = np.zeros(capacity, bool)
        self.count = 0

    def add(self, before, action, points, after, is_over):
        """Remember one step."""
        place = self.count % len(self.actions)
        self.before[place], self.after[place] = before, after
        self.actions[place], self.points[place], self.is_over[place] = action, points, is_over
        self.count += 1

    def sample(self, count, rng):
        """So many of them at random: (before, actions, points, after, is_over)."""
        chosen = rng.integers(min(self.count, len(self.actions)), size=as_whole("count", count, minimum=1))
        return tuple(kept[chosen] for kept in (self.before, self.actions, self.points, self.after, self.is_over))


class Player:
    """Plays a game and keeps the last pictures: what a network that looks at several of them sees.

    game  with gymnasium's `reset` and `step`
    seen  how many pictures
    seed  of the first game; the others go on with its chance
    """

    def __init__(self, game, seen, seed):
        self.game, self.seen = game, as_whole("seen", seen, minimum=1)
        self._seed = as_whole("seed", seed, minimum=0)
        self.begin()

    def begin(self):
        """A new game. return  its situation, the first picture as often as pictures are seen"""
        picture, _ = self.game.reset(seed=self._seed)
        self._seed, self.score = None, 0.0
        self.situation = np.concatenate([picture] * self.seen)
        return self.situation

    def step(self, action):
        """return  the points, whether the game is over, and whether it ended for any reason"""
        picture, points, is_over, is_broken_off, _ = self.game.step(action)
        self.situation = np.concatenate([self.situation[len(picture) :], picture])
        self.score += points
        return points, is_over, is_over or is_broken_off


def learn_game(
    game,
    network,
    rng,
    frames,
    *,
    every=250,
    seen=1,
    replay=5000,
    discount=0.95,
    exploring=4000,
    least=0.05,
    optimizer=None,
    target_every=None,
):
    """Let a network learn a game by playing it: a generator that stops by every so many frames.

    game       with gymnasium's `reset` and `step`
    network    what an action is worth, of (N, seen, H, W); it is changed
    rng        a numpy.random.Generator: of all that is tried, and which steps are remembered
    frames     how many pictures it plays
    every      after how many it says how far it is
    seen       pictures that the network looks at
    replay     how many steps it remembers
    discount   as for `targets_of`
    exploring  frames in which the share of actions taken at random falls from 1 to `least`
    optimizer  RMSProp(network.parameters(), 0.002, 0.95, 0.001) unless another is given
    target_every  after how many frames a copy of the network, which says what comes after, is made anew; None: no copy
    return     yields the frames played
    """
    rng, frames = as_generator("rng", rng), as_whole("frames", frames, minimum=0)
    every, replay = as_whole("every", every, minimum=1), as_whole("replay", replay, minimum=1)
    exploring, least = as_number("exploring", exploring, above=0), as_number("least", least)
    check_range("least", least, 0, 1)
    discount = as_share("discount", discount)
    target_every = target_every if target_every is None else as_whole("target_every", target_every, minimum=1)
    optimizer = optimizer or RMSProp(network.parameters(), 0.002, 0.95, 0.001)
    player = Player(game, seen, int(rng.integers(2**31)))
    memory, judge = Replay(replay, player.situation.shape), network
    largest = network.largest_product((BATCH, *player.situation.shape))
    for before in range(0, frames, every):
        with threads_for(largest):  # not around the yield: who stops asking must not be left with one thread
            for frame in range(before + 1, min(before + every, frames) + 1):
                _remember_a_step(player, network, memory, rng, max(least, 1 - (1 - least) * (frame - 1) / exploring))
                if target_every and (frame - 1) % target_every == 0:
                    judge = deepcopy(network)
                if frame > START:
                    _learn_from(memory.sample(BATCH, rng), network, judge, optimizer, discount)
        if frame % every == 0:
            yield frame


def _remember_a_step(player, network, memory, rng, share_at_random):
    before = player.situation
    action = int(rng.integers(ACTIONS)) if rng.random() < share_at_random else best(network, before)
    points, is_over, has_ended = player.step(action)
    memory.add(before, action, points, player.situation, is_over)
    if has_ended:
        player.begin()


def _learn_from(steps, network, judge, optimizer, discount):
    before, actions, points, after, is_over = steps
    targets = targets_of(points, judge.forward(after), is_over, discount)
    _, gradient = _worth_error(network.forward(before, training=True), actions, targets)
    network.backward(gradient.astype(before.dtype))
    optimizer.step()


def best(network, situation):
    """The action that the network holds for the best, in a situation (seen, H, W)."""
    return int(network.forward(situation[np.newaxis])[0].argmax())


def play(game, choose, games, seed, seen=1):
    """The scores of so many games.

    game    with gymnasium's `reset` and `step`
    choose  a function from a situation (seen, H, W) to an action
    games   how many
    seed    of their chance
    return  (games,)
    """
    player, scores = Player(game, seen, seed), []
    for _ in range(as_whole("games", games, minimum=1)):
        has_ended = False
        while not has_ended:
            _, _, has_ended = player.step(choose(player.situation))
        scores.append(player.score)
        player.begin()
    return np.array(scores)
