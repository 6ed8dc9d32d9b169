"""What the relu lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "two-numbers",
        "Compare both orders with the mean. Take ReLU and the map of zeros, and change at most two numbers so that the"
        " orders differ.",
        "One number above zero and one below, under one window: in the mean they cancel each other, unless ReLU has "
        "cleared the minus before.",
        (
            "What does ReLU take away, before the mean or after it?",
            "A minus counts against a plus only if it is still there when the mean is taken.",
            "Put a 1 and a -1 into the same window, such as in rows 1 and 2 of columns 1 and 2.",
        ),
    ),
    Challenge(
        "max-minds",
        "Compare both orders with the largest number. Find a bend and a map for which the order matters even here.",
        "Where the curve goes down, a larger number in gives a smaller one out. Then the largest in need not give the "
        "largest out.",
        (
            "As long as a larger number in never gives a smaller one out, the largest stays the largest. Can you bend "
            "the curve so that this is broken?",
            "With a slope below 0 the curve goes down on the left side, so minus numbers come out as plus.",
            "Set the slope to -1, and take a map whose windows hold large minus numbers beside small plus ones: try "
            "the cross's.",
        ),
    ),
    Challenge(
        "mean-never-minds",
        "Compare both orders with the mean. Find a setting of the sliders for which they agree on every map.",
        "Only a straight line will do, and this one changes nothing: the bend is gone. A true bend and a mean don't "
        "swap.",
        (
            "In which case may one scale and add in any order?",
            "When the curve is a straight line: the same slope on both sides of the bend.",
            "Above the bend the slope is always 1. So set the other one to 1 as well.",
        ),
    ),
)
