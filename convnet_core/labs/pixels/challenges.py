"""What the pixels lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "sky",
        "Read the numbers, not the picture: find a place where each of the 64 pixels has more blue than green, and "
        "more green than red. Then press “Check this place”.",
        "You found it by comparing numbers, as a computer has to. In the flower's picture such a place is the sky.",
        (
            "A colour with much blue, some green and little red: what in the picture looks like that?",
            "A light blue. Stay away from all that is yellow or green: not one pixel under the glass may be of it.",
            "In the flower's picture, try the upper left corner.",
        ),
    ),
    Challenge(
        "edge",
        "Choose one grey for each pixel. Find a place where the largest number is more than 120 above the smallest, "
        "and press “Check this place”.",
        "Under your magnifying glass dark meets bright. That is all that an edge is to a computer.",
        (
            "Where in the picture does something bright stand in front of something dark?",
            "The glass must hold both at once: move it until it lies across the border between them.",
            "In the flower's picture, try where the pale sky lies beside the dark stem, just below the flower.",
        ),
    ),
    Challenge(
        "yellow",
        "Mix a bright yellow.",
        "A screen has no yellow light. Red and green together look yellow to us.",
        (
            "A screen has three lights: red, green and blue. Which two, together, look yellow?",
            "Red and green, both bright. And blue?",
            "Type 255 for red, 255 for green and 0 for blue.",
        ),
    ),
)
