"""What the digits lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "sure",
        "Your own hand. On a clear sheet, draw a digit that the net is at least 99% sure of.",
        "A net that has never seen your hand is sure of it. Whether it is right, you know alone.",
        (
            "Press “Clear”, choose the thick pen and draw large, in strokes as you would on paper.",
            "The net knows digits as they were written in America around 1990: a plain stroke for the 1, and mostly no "
            "bar on the 7.",
            "A large, round 0 in one stroke is the easiest.",
        ),
    ),
    Challenge(
        "pixels",
        "A few dots. Start from the 7 that is there at first, and change at most 12 pixels of the sheet, so that the "
        "net says another digit.",
        "A few dots of ink, in the right places, and it reads another digit. A reader of paper would not.",
        (
            "Where does ink raise the vote for another digit? Under “Slope”, choose that digit's vote.",
            "Choose the thin pen. Blue says where a bit of ink helps; the rubber helps where orange lies on ink.",
            "The place counts more than the number of pixels: look at the percents after each dot, and take back what "
            "does not help.",
        ),
    ),
    Challenge(
        "blind",
        "A blind spot. Under “Occlusion”, cover the digit that is there with a square of at most 6 pixels a side, so "
        "that the net says another one.",
        "What is under that square decides. Cover other places, and it does not mind.",
        (
            "The map tells where the vote falls most. Which places are those?",
            "Take a square of 6 x 6, and point at the place with the strongest colour.",
            "If no place of this digit does it, draw one that is closer to another: a 7 with a short top, a 4 that is "
            "nearly closed.",
        ),
    ),
)
