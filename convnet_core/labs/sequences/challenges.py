"""What the sequences lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "invented",
        "By its most probable words, make the net say a sentence that is not in the text: all of it up to the full "
        "stop, except perhaps its first word. What it draws does not count.",
        "Word by word, it only asks what comes next, given its state. What the state does not carry, the net cannot "
        "know.",
        (
            "Give it a beginning that the text does not have, and let it go on.",
            "Which name does the text never begin a sentence with, or never after what was read so far?",
            "Press “From the start”, then a name other than Steven, then “Let it speak”, up to a full stop. If the "
            "text has that sentence, try another name.",
        ),
    ),
    Challenge(
        "forget",
        "Hold a single dial, one gate of one cell, so that the LSTM still closes every bracket over one letter, and "
        "does no better than chance over five.",
        "The bracket was in that cell. With one gate held, it is lost on the way.",
        (
            "Which gate decides whether a cell keeps what it has?",
            "Try the forget gates: shut one, and see what becomes of the curve. Free it again before you try another.",
            "Shut the forget gate of cell 1, and leave all others free.",
        ),
    ),
    Challenge(
        "bridge",
        "Leave the LSTM nothing to decide: hold all its gates, half of them shut, so that it closes every bracket over"
        " 30 letters.",
        "One cell with its gates wide open keeps all that it is given. What it shows goes round the loop, so each "
        "letter pushes it further to the side of its bracket. Gates earn their keep where something must be forgotten.",
        (
            "Six dials, three of them shut. What does a cell need in order to take in, to keep, and to show?",
            "All three gates of one cell open, and the other cell silenced.",
            "Cell 1: all gates open. Cell 2: all gates shut.",
        ),
    ),
)
