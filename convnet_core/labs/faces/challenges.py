"""What the faces lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "alone",
        "One box. Choose who looks and a threshold, so that the astronaut's face is the only box on her photograph.",
        "Her face is the only box: here, no false alarm is worth as much. In another photograph one may be.",
        (
            "The net that learned from patches alone ranks other boxes before her face: no threshold helps it.",
            "Choose the book's net under “Who looks”. Her face is then its first box. What is the second one worth?",
            "Each window for itself, her face scores 13.3 and the next box 7.0; voting together, 67.5 and 36.3. "
            "Anything between the two will do.",
        ),
    ),
    Challenge(
        "break",
        "Break it. With the book's net, windows that vote together and a threshold of at most 40, turn the astronaut "
        "by at most 10 degrees, and change nothing else, so that no box is left on her face.",
        "Try two degrees, too: you hardly see them, and they cost nearly half of what her face was worth. Six the "
        "other way make it worth more. A threshold that fits one photograph need not fit another.",
        (
            "Set a threshold at which her face is still told, and go to “Change it”. What becomes of her total, degree "
            "by degree?",
            "Just below 40, her face is told as long as it is upright. One way round it gains, the other way it loses.",
            "Put the threshold to 40, and turn her clockwise by 2 to 10 degrees.",
        ),
    ),
    Challenge(
        "taught",
        "Teach it. With a net that you have taught, make the astronaut's face the first box on her photograph, with at "
        "most 30 boxes in all at a threshold of 0.",
        "The net has learned from its own mistakes: what its 140 patches could not show it, photographs did.",
        (
            "Open “Teach it”: collect false alarms, then press “Teach”. Is that enough?",
            "Twelve photographs without faces have hundreds of false alarms: collect all of them at once.",
            "After a lesson the net makes other mistakes. Collect those, too, and teach it again.",
        ),
    ),
)
