"""What the wiggle lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "deep",
        "Reset. With the squared error, get below 0.010 in at most 9 steps downhill, without changing a number by "
        "hand. The learning rate is yours to choose, for each step.",
        "A few steps of the right length, each by the slopes alone. The slopes say which way, and somebody has to say "
        "how far: that is the learning rate.",
        (
            "One number alone gets you nowhere near. How many can a step move at once?",
            "Take “All 128”. With a rate of 0.1 nine steps come close, and are too careful; at 0.2 they overshoot.",
            "Somewhere between: try 0.13.",
        ),
    ),
    Challenge(
        "flat",
        "Find a number that does not matter at all: up a bit, down a bit, and the error stays exactly as it is. (All "
        "128 shows every slope.)",
        "No blame reaches it, so it learns nothing until something else changes.",
        (
            "When does a voting weight not matter? When what it multiplies is always 0.",
            "“All 128” shows the slopes of the block that the chosen number is in. Choose a number in each block, and "
            "look for a slope of exactly 0.",
            "There are two: the weights for X and for O at one place of map 2, in its bottom row. Choose one, then try "
            "it up and down.",
        ),
    ),
    Challenge(
        "too-far",
        "Reset. With your very first step downhill, make the error at least twice as large.",
        "The slope is right where you stand. A step that is long enough lands beyond the valley, high on the other "
        "side.",
        (
            "The slope says which way is down. Does it also say how far down it goes?",
            "How long a step is, the learning rate decides.",
            "Take “All 128”, set the learning rate to 2, and step.",
        ),
    ),
)
