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
        "A few dots. Start from the 7 that is there at first, and change at most 20 pixels of the sheet, so that the "
        "net says another digit.",
        "A few dots of ink, in the right places, and it reads another digit. Would you, too?",
        (
            "Where does ink raise the vote for another digit? Under “Slope”, choose that digit's vote.",
            "Choose the thin pen. Blue says where a bit of ink helps; the rubber helps where orange lies on ink.",
            "A 9 or a 3 is nearest. Look at the percents after each dot, take back what does not help, and look at the "
            "slope again: it changes with each dot.",
        ),
    ),
    Challenge(
        "weak",
        "A weak spot. Start from the 4. Under “Occlusion”, find a place where a square of at most 4 × 4 pixels, no "
        "darker than half of full ink, makes the net say another digit.",
        "A small grey square, and it reads another digit: on paper, grey is added ink. Nearly anywhere else, the net "
        "does not mind it.",
        (
            "The map tells where the vote falls most. Which places are those?",
            "Set the square to 4 × 4, wait until it has stood everywhere, and go where the orange is strongest.",
            "A 4 is open at the top, and grey there is a lid on it. Lead the square there by mouse, finger or "
            "arrow keys.",
        ),
    ),
)
