"""Chapter 14 on paper: what a move is worth when the point comes later."""

import numpy as np

from convnet_core.game import targets_of, worth_error
from convnet_core.pictures import from_text
from convnet_core.plots import draw_grids
from teaching.worksheets.form import Slip, Task, empty, listed, number, picture

DISCOUNT = 0.5


def worths(points):
    """What each step is worth, if one is sure to get these points: from the end backwards."""
    worth, steps = 0.0, []
    for count, point in enumerate(reversed(points)):
        following = np.array([[worth]])
        worth = targets_of(np.array([point]), following, np.array([count == 0]), DISCOUNT)[0]
        steps.append(worth)
    return steps[::-1]


POINTS = [0.0, 0.0, 0.0, 1.0]
WORTHS = worths(POINTS)
NEXT = np.array([[0.25, 0.75, -0.5]])
TARGET = targets_of(np.array([0.0]), NEXT, np.array([False]), 0.8)[0]
LAST = targets_of(np.array([-1.0]), NEXT, np.array([True]), 0.8)[0]
SAID, WANTED = 0.5, 0.9
ERROR = worth_error(np.array([[SAID, 0.0, 0.0]]), np.array([0]), np.array([WANTED]))[0]
BEFORE, NOW = (
    from_text(".#....\n......\n......\n......\n......\n...##."),
    from_text("......\n..#...\n......\n......\n......\n...##."),
)
LANDS = from_text("......\n......\n......\n......\n......\n.....#")
TRIES, CAUGHT = 100, 30
MEAN = (CAUGHT - (TRIES - CAUGHT)) / TRIES

TASKS = (
    Task(
        "A game has four steps. The first three bring 0 points, the last one 1. A point of the next step is worth half as much now. What is each step worth, if one plays well? Begin at the end.",
        listed(WORTHS, lambda value: f"{value:g}"),
        "The last one is worth its point. Each one before it is worth half of what comes next.",
        (
            Slip("0, 0, 0, 1", "Those are the points. Without the first three steps there would be none."),
            Slip("1, 0.5, 0.25, 0.125", "The other way round: the nearer to the point, the more a step is worth."),
        ),
        lines=2,
    ),
    Task(
        "An action brings 0 points. In the situation after it, the net says 0.25, 0.75 and -0.5 for the three actions. The discount is 0.8. What should the action have been worth? And if the game is over with it, and it brings -1?",
        f"{number(TARGET)}, and {number(LAST)}",
        "Points plus 0.8 times the best that can be done next. After the end nothing comes.",
        (
            Slip("0.75", "What comes after is discounted: times 0.8."),
            Slip("0.4", "You added all three. One action only can be taken."),
            Slip("-0.4 the second time", "The game is over: nothing comes after it."),
        ),
        lines=2,
    ),
    Task(
        f"The net says {number(SAID)}, and it should have been {number(WANTED)}. The error is half the squared miss. How large is it, and in which direction must what it says move?",
        f"{number(ERROR)}; up",
        "The miss is 0.4, its square 0.16, and half of that.",
        (
            Slip("0.16", "That is the square. The error is half of it."),
            Slip("0.2", "Square the miss first, then take half."),
        ),
    ),
    Task(
        "Two pictures of a game, one step apart. The ball falls one row a step and drifts sideways. Draw the next picture's ball, and the place where it lands in the last row. Could you have known it from the second picture alone?",
        "the last column; no",
        "It moves one row down and one column to the right each step. A single picture does not show which way it goes.",
        (Slip("below the ball", "Compare both pictures: it has moved aside, too."),),
        draw_grids(
            [picture(BEFORE, "before"), " ", picture(NOW, "now"), " ", empty(NOW.shape, "next, and where it lands")]
        ),
        draw_grids([picture(BEFORE, "before"), " ", picture(NOW, "now"), " ", picture(LANDS, "where it lands")]),
    ),
    Task(
        f"A player that moves at random catches {CAUGHT} of {TRIES} balls. Caught is worth 1 point and missed -1. What is its mean score, and what would a player get that catches half?",
        f"{number(MEAN)}, and 0",
        f"{CAUGHT} points won, {TRIES - CAUGHT} lost, divided by {TRIES}.",
        (Slip("0.3", "That is the share that is caught. Each miss takes a point away."),),
    ),
)
