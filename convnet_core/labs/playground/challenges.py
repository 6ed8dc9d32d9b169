"""What the playground lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "fooled",
        "Fool the trained network. Take the X, and flip pixels until it says O. As few as you can: the lab knows the "
        "smallest number.",
        "Two are the fewest, and of all 3240 pairs of pixels only this one does it. Together they are the crossing and"
        " a piece of an arm.",
        (
            "No single pixel does it. Flip one, read by how much X still leads, and flip it back: which one takes most"
            " from the lead?",
            "Look for both on the X itself. What makes an X an X is where its arms cross.",
            "Flip the crossing, row 5, column 5. The other pixel touches it at the lower right.",
        ),
    ),
    Challenge(
        "surer",
        "Surer than sure. Take the X, flip up to three pixels, and bring the trained network's vote for X to 9.50 or "
        "more.",
        "Such a climb goes step by step: change a bit, look, keep what helps. Training climbs in the same way, with "
        "the weights in place of the pixels.",
        (
            "Flip a pixel. Does the vote for X rise? Keep it. Does it fall? Flip it back.",
            "Take your time for the first one: look for the pixel that helps most of all. Then look for a second one "
            "that helps most beside it.",
            "Look around the lower right foot of the X: row 7, column 8, and row 8, column 9. The third is in column "
            "8, at half the height.",
        ),
    ),
    Challenge(
        "misplaced",
        "Take the small X. Move it, whole, to a place where the trained network says O.",
        "The features find it at every place. But each vote has a weight of its own for each place, and hardly any X "
        "that it learned from stood there.",
        (
            "The buttons with arrows move the whole picture, by one pixel.",
            "The X's that it learned from stood about in the middle. So move this one far from there, but not over the"
            " edge.",
            "Two steps up, from where the small X is at first.",
        ),
    ),
)
