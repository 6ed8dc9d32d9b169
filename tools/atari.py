"""The games that chapter 14's are small copies of: Breakout on an emulated Atari, seen as in Mnih and others, 2013.

    pip install ale-py      # outside the book's lock: nothing else needs it
    python -m tools.atari   # some seconds

It plays 20 games at random, which is what a net has to beat, and shows what the paper's net is given and answers. To
teach that net took the authors ten million pictures; that is left to who has days of a processor, or a better one.
"""

from __future__ import annotations

import sys

import numpy as np

from convnet_core.game import paper_net
from convnet_core.resizing import averaged

GAMES = 20
HELD = 4  # pictures for which an action is held; the others between are not looked at
SEEN = 4  # pictures that the net looks at in one go
HEIGHT, SIDE, TOP = 110, 84, 18  # the paper's sizes, and, of our choice, the first row of the square that is cut out
PAPER = {"random": 1.2, "human": 31, "net": 168}  # its table 1, Breakout: means
MISSING = "tools.atari needs ale-py, which holds the emulator and Breakout, and it is not installed: pip install ale-py"


def breakout(seed):
    """The emulator with Breakout in it. Nothing but the player's actions is left to chance.

    Exits with a sentence where ale-py is not installed.
    """
    try:
        import ale_py
        from ale_py import roms
    except ImportError:
        sys.exit(MISSING)
    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    emulator = ale_py.ALEInterface()
    emulator.setInt("random_seed", seed)
    emulator.setFloat("repeat_action_probability", 0.0)
    emulator.loadROM(roms.get_rom_path("breakout"))
    return emulator


def prepared(screen):
    """What the net is given of a picture: grey, smaller, and of that the square where the game is.

    screen  (210, 160), grey, 0 to 255
    return  (84, 84), float32, 0 to 1
    """
    return averaged(screen / 255, HEIGHT, SIDE)[TOP : TOP + SIDE].astype(np.float32)


def play_at_random(emulator, rng, look=None):
    """One game.

    look    called after each action with what the net would see then (4, 84, 84), where it is given
    return  its points
    """
    emulator.reset_game()
    actions, score = emulator.getMinimalActionSet(), 0
    pictures = [prepared(emulator.getScreenGrayscale())] * SEEN if look else []
    while not emulator.game_over():
        action = actions[rng.integers(len(actions))]
        score += sum(emulator.act(action) for _ in range(HELD))
        if look:
            pictures = [*pictures[1:], prepared(emulator.getScreenGrayscale())]
            look(np.stack(pictures))
    return score


def main() -> None:
    emulator, rng, situations = breakout(0), np.random.default_rng(0), []
    scores = [play_at_random(emulator, rng, situations.append)]
    steps = len(situations)
    situation = situations[steps // 2][np.newaxis]
    network = paper_net(rng, len(emulator.getMinimalActionSet()))
    print(f"A picture: {emulator.getScreenRGB().shape}. What the net sees: {situation.shape[1:]}.")
    print("Through its layers:", " -> ".join(str(shape) for shape in network.shapes(situation.shape[1:])))
    names = [action.name for action in emulator.getMinimalActionSet()]
    worths = network.forward(situation)[0]
    print(f"What each action is worth, by a net that has learned nothing (picture {steps // 2} of {steps}):")
    print(", ".join(f"{name} {worth:.2f}" for name, worth in zip(names, worths, strict=True)))
    scores += [play_at_random(emulator, rng) for _ in range(GAMES - 1)]
    print(f"Random actions, {GAMES} games: {np.mean(scores):.1f} points, from {min(scores)} to {max(scores)}.")
    print("The paper: random {random}, a human {human}, its net {net}.".format(**PAPER))


if __name__ == "__main__":
    main()
