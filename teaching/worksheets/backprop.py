"""Chapter 8 on paper: how wrong, which way, how far."""

import numpy as np

from convnet_core.backprop import SGD, absolute_error, mean_squared_error, numerical_gradient
from convnet_core.layers import Parameter
from teaching.worksheets.form import Slip, Task, listed, number

ANSWERS, RIGHT = np.array([[0.75, 0.5]]), np.array([[1.0, 0.0]])
TOTAL, SQUARED = absolute_error(ANSWERS, RIGHT)[0], mean_squared_error(ANSWERS, RIGHT)[0]
WIGGLE, START = 0.5, 1.0


def error(w):
    """The error of a machine with a single number: least at 3."""
    return (w - 3) ** 2


def slope(at):
    values = np.array([at])
    return numerical_gradient(lambda: error(values[0]), values, WIGGLE)[0]


def stepped(start, rate, steps=1):
    """Where the number is after each step downhill."""
    knob = Parameter(np.array([start]))
    downhill, places = SGD({"knob": knob}, rate), []
    for _ in range(steps):
        knob.gradient[:] = slope(knob.value[0])
        downhill.step()
        places.append(knob.value[0])
    return places


SHORT, LONG = stepped(START, 0.25, 2), stepped(START, 1.0, 2)
KNOBS = 50

TASKS = (
    Task(
        "For a picture of an X the right answers are 1 and 0. A network says 0.75 and 0.5. What is the error of each, what is their sum without signs, and what is the mean of their squares?",
        f"{listed((RIGHT - ANSWERS)[0])}; {number(TOTAL)}; {number(SQUARED, lambda value: f'{value:.5f}')}",
        "Right answer minus actual answer: 1 - 0.75 and 0 - 0.5. The squares are 0.0625 and 0.25.",
        (
            Slip(
                number((RIGHT - ANSWERS).sum()),
                "With their signs, two misses cancel in part. Take the sum without signs.",
            ),
            Slip("0.5 for O", "It said too much, so its error is below zero: 0 - 0.5."),
            Slip("0.3125", "That is the sum of the squares. The mean divides it by two."),
        ),
        lines=3,
    ),
    Task(
        "A machine has a single number w, and its error is (w - 3) · (w - 3). Now w is 1. Work out the error a bit up, at w = 1.5, and a bit down, at w = 0.5. Which way must w go? How steep is it: the difference of both, divided by the distance from 0.5 to 1.5?",
        f"{number(error(START + WIGGLE))} and {number(error(START - WIGGLE))}: up; slope {number(slope(START))}",
        "Up a bit, the error is smaller. (2.25 - 6.25) / 1.",
        (
            Slip(
                "down, since the slope is below zero",
                "A slope below zero says that more of w makes the error smaller. Go where the error falls.",
            ),
            Slip(number(-slope(START)), "Up minus down, in this order. The sign says which way it falls."),
        ),
        lines=3,
    ),
    Task(
        "Take two steps from w = 1, with a learning rate of 0.25: new w = old w - 0.25 · slope. (The slope at w is 2 · (w - 3).) Where is w after each?",
        listed(SHORT),
        "1 - 0.25 · (-4) = 2, where the slope is -2, and 2 - 0.25 · (-2).",
        (
            Slip(number(START - 1) + " first", "You went the wrong way: minus times minus is plus."),
            Slip("2, 3", "The slope has changed. It is flatter now, so the second step is shorter."),
        ),
        lines=2,
    ),
    Task(
        "The same with a learning rate of 1. What happens? What would you change?",
        f"{listed(LONG)}: to and fro; a smaller rate",
        "1 - 1 · (-4) = 5, as far on the other side. From there it comes back to 1.",
        (Slip("more steps", "It would go to and fro for ever. The steps are too long, not too few."),),
        lines=2,
    ),
    Task(
        f"A network has {KNOBS} numbers. How often must one compute its error to know the slope of each by trying a bit up and a bit down?",
        number(2 * KNOBS),
        "Twice for each. Backprop needs one way forward and one way back for all of them.",
        (Slip(number(KNOBS), "Each is tried twice: up and down."), Slip("2", "That is what backprop needs.")),
    ),
)
