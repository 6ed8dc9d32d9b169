"""Chapter 7 on paper: votes, their list, and what probabilities make of them."""

import numpy as np

from convnet_core.voting import Linear, flatten, linear, softmax
from teaching.worksheets.form import Slip, Task, number, place

VALUES = np.array([[1.0, 0.5, 0.0, 2.0]])
WEIGHTS, BIASES = np.array([[1.0, -2.0, 5.0, 0.5], [-1.0, 4.0, 5.0, 0.25]]), np.array([0.5, 0.25])
VOTES = linear(VALUES, WEIGHTS, BIASES)[0]
MAPS, SIDE, WANTED = 3, 3, 14
LIST = flatten(np.arange(MAPS * SIDE * SIDE).reshape(1, MAPS, SIDE, SIDE))[0]
MAP, ROW, COLUMN = np.unravel_index(int(LIST[WANTED - 1]), (MAPS, SIDE, SIDE))
POWERS = {0: 1.0, 1: 2.72, 2: 7.39, 3: 20.09}
SHARES = softmax(np.array([[2.0, 1.0, 0.0]]))[0]
TWO = softmax(np.array([[7.0, 5.0]]))[0]
LAYER = Linear(2 * 5 * 5, 4, rng=np.random.default_rng(0))
LEARNED = sum(one.value.size for one in LAYER.parameters().values())


def percent(share):
    return f"{share:.0%}"


TASKS = (
    Task(
        "Four values: 1, 0.5, 0 and 2. Work out both votes: each value times its weight, all added up, and the bias. Which letter wins?\n"
        "Weights for X: 1, -2, 5, 0.5, bias 0.5. Weights for O: -1, 4, 5, 0.25, bias 0.25.",
        f"X {number(VOTES[0])}, O {number(VOTES[1])}: {'XO'[VOTES.argmax()]}",
        "X: 1 - 1 + 0 + 1 + 0.5. O: -1 + 2 + 0 + 0.5 + 0.25. The third value is 0, so its weights of 5 say nothing.",
        (
            Slip(f"X {number(VOTES[0] - 0.5)}", "The bias is missing. It comes on top."),
            Slip(f"X {number(VOTES[0] + 5)}", "5 times 0 is 0."),
            Slip(f"X {number(VOTES[0] + 2)}", "A minus got lost: -2 times 0.5 is -1."),
        ),
        lines=3,
    ),
    Task(
        f"Three maps of {SIDE} by {SIDE} become one list: map by map, row by row. Where was the value that is number {WANTED} of the list, counted from 1?",
        f"map {MAP + 1}, {place(ROW, COLUMN)}",
        f"The first map has 9 values, so it is the value {WANTED - 9} of the second one: three fill its first row.",
        (
            Slip(f"map {MAP + 1}, {place(ROW, COLUMN + 1)}", "You counted from 0. The first value is number 1."),
            Slip(f"map {MAP + 1}, row 3, column 2", "The list goes row by row, not column by column."),
        ),
        lines=1,
    ),
    Task(
        "e to the power of 0, 1 and 2 is 1, 2.72 and 7.39. Three letters have the votes 2, 1 and 0. What does softmax make of them, in percent? Do they add up to 100?",
        ", ".join(percent(share) for share in SHARES),
        "7.39 + 2.72 + 1 = 11.11. Divide each by that.",
        (
            Slip(
                "67%, 33%, 0%", "You took the votes themselves. Softmax takes powers of e first, and so nobody gets 0."
            ),
            Slip("7.39, 2.72, 1", "Those are the powers. Divide each by their sum."),
        ),
        lines=2,
    ),
    Task(
        "Two letters have the votes 7 and 5. What does softmax make of them? You need no power but one of those above. And what, if both grow by 100?",
        f"{percent(TWO[0])} and {percent(TWO[1])}, both times",
        "Only the distance counts, and it is 2: 7.39 to 1.",
        (
            Slip("58% and 42%", "That is 7 and 5 of 12. Softmax asks only how far one is ahead."),
            Slip("nearer to 50% with 100 more", "Both powers grow by the same factor, and it cancels."),
        ),
        lines=2,
    ),
    Task(
        "Two pooled maps of 5 by 5 vote on four answers. How many numbers does this dense layer learn?",
        number(LEARNED),
        "50 values have a weight for each of four answers, 200, and each answer has a bias.",
        (
            Slip(number(LEARNED - 4), "The biases are missing: one for each answer."),
            Slip(number(4 * 26), "That is one of the two maps."),
            Slip(number(200 + 50), "A bias belongs to an answer, not to a value."),
        ),
    ),
)
