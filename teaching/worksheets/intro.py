"""Chapter 0 on paper: one number, all the way from the pixels to the vote."""

import numpy as np

from convnet_core.convolution import Conv2d
from convnet_core.filtering import match, patch_at, products
from convnet_core.pictures import FEATURES, O
from convnet_core.plots import draw_grids
from convnet_core.pooling import max_pool2d
from convnet_core.relu import relu
from convnet_core.voting import Linear, linear
from teaching.worksheets.form import Slip, Task, coded, cut, empty, listed, number

PATCH, SLASH = patch_at(O, (3, 3), 1, 2), FEATURES["slash"]
FOUND = match(PATCH, SLASH)
WINDOW = np.array([[3, -5], [-1, 1]]) / 9
VALUES = np.array([[0.5, 1.0, 0.0]])
WEIGHTS, BIASES = np.array([[2.0, -1.0, 3.0], [-1.0, 2.0, 4.0]]), np.array([0.25, -0.5])
VOTES = linear(VALUES, WEIGHTS, BIASES)[0]
WEIGHED = linear(VALUES, WEIGHTS)[0]
LAYERS = [Conv2d(1, 2, 3, rng=np.random.default_rng(0)), Linear(2 * 16, 2, rng=np.random.default_rng(0))]
LEARNED = sum(one.value.size for layer in LAYERS for one in layer.parameters().values())
ALWAYS, RIGHT, ASKED = 140, 150, 200

TASKS = (
    Task(
        "Compare the piece of the picture with the feature: multiply each pair of numbers, add up all nine products, and divide by 9.",
        cut(FOUND),
        f"The products add up to {number(products(PATCH, SLASH).sum())}, and {number(products(PATCH, SLASH).sum())} / 9 is {cut(FOUND)}.",
        (
            Slip(number(products(PATCH, SLASH).sum()), "That is the sum. Divide it by the nine pixels."),
            Slip("-1 x -1 = -1", "Two that are alike agree, so their product is 1, for paper as well as for ink."),
        ),
        draw_grids([coded(PATCH, "piece"), "*", coded(SLASH, "feature"), "=", empty((3, 3), "products")]),
        draw_grids(
            [coded(PATCH, "piece"), "*", coded(SLASH, "feature"), "=", coded(products(PATCH, SLASH), "products")]
        ),
    ),
    Task(
        "These are four matches. ReLU makes all that is below zero into 0: fill in the second grid. Then pooling keeps the largest of the four. Which number is left?",
        cut(max_pool2d(relu(WINDOW))[0, 0]),
        f"After ReLU: {listed(relu(WINDOW).ravel(), cut)}. The largest of them goes on.",
        (
            Slip(cut(abs(WINDOW).max()), "Did a minus get lost? ReLU makes -0.55 into 0, and not into 0.55."),
            Slip(cut(relu(WINDOW).sum()), "Pooling adds nothing up. It picks one."),
        ),
        draw_grids([coded(WINDOW, "matches"), "→", empty((2, 2), "after ReLU")]),
        draw_grids([coded(WINDOW, "matches"), "→", coded(relu(WINDOW), "after ReLU")]),
    ),
    Task(
        "Three numbers are left: 0.5, 1 and 0. Multiply each by its weight, add up, and add the bias. What are the two votes, and what does the network say?\n"
        "Weights for X: 2, -1, 3, bias 0.25. Weights for O: -1, 2, 4, bias -0.5.",
        f"X {number(VOTES[0])}, O {number(VOTES[1])}: it says {'XO'[VOTES.argmax()]}",
        "X: 0.5 · 2 + 1 · (-1) + 0 · 3 + 0.25. O: 0.5 · (-1) + 1 · 2 + 0 · 4 - 0.5. The third number is 0, so its large weights say nothing.",
        (
            Slip(f"X {number(WEIGHED[0])}, O {number(WEIGHED[1])}", "The biases are missing. They come on top."),
            Slip(
                "X wins because of its weight of 3",
                "A weight counts only as much as the number that it meets, and that is 0.",
            ),
        ),
        lines=2,
    ),
    Task(
        "A smaller toy has two features of 3 by 3 in place of three, each with a bias. Each gives a pooled map of 4 by 4, and every pooled number has a weight for X and one for O; each vote has a bias. How many numbers does it learn?",
        number(LEARNED),
        "Two features of 9 and two biases are 20. There are 32 pooled numbers, so the votes have 64 weights and 2 biases.",
        (
            Slip(number(LEARNED - 4), "Four biases are missing: one for each feature, one for each vote."),
            Slip(number(LEARNED - 32), "Each pooled number has two weights, one for each letter."),
        ),
        lines=2,
    ),
    Task(
        f"Of {ASKED} letters, {ALWAYS} are X's. A program is right on {RIGHT} of them. How many more is that than a program gets that always says X?",
        number(RIGHT - ALWAYS),
        f"Always X is right on {ALWAYS}. What a program is worth shows beside what costs nothing.",
        (
            Slip(
                number(RIGHT - ASKED // 2),
                "Half is what guessing gets if both letters are equally many. Here they aren't.",
            ),
        ),
    ),
)
