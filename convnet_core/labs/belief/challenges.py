"""What the belief lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "sure",
        "Sure without a shout. In “One block”, make the pooled unit at least 90% sure that one of the four is on, "
        "though no input is above 1.",
        "Four weak hints together make the block sure. Plain max pooling would have told of one of them, and never "
        "that there were four.",
        (
            "The pooled unit hears all four, and not only the largest.",
            "“None” stands for an input of 0. How much more than that do the four weigh together?",
            "Put three inputs to 1 and the fourth above -0.2, or simply all four to 1.",
        ),
    ),
    Challenge(
        "faded",
        "All fades. In “Edges out of photographs”, find settings with which a whole learning from the book's ten "
        "photographs, of all its steps, ends with every feature faded.",
        "Edges are no matter of course. Where few units are on and a drawing may be as inexact as that, each step "
        "gives a feature less than decay takes from it, and it fades away. The recipe is half of what is learned.",
        (
            "Hardly any edge is not yet all faded. Two menus decide beside the photographs: which of them is about how "
            "much a feature gets in a step?",
            "What becomes of the features where a pixel may stray far from the machine's own drawing?",
            "Take the book's ten photographs, 3 in 1,000 units and a sigma of 1, press “Learn”, and let it come to its "
            "end.",
        ),
    ),
    Challenge(
        "four",
        "Half a 4. In “Fill in”, let a machine imagine the right half of one of the 4s, for ten sweeps or more, so "
        "well that it is off by less than 60% of what plain paper is.",
        "Nobody has told it what a 4 is, or that there are ten digits. It has learned which strokes go together.",
        (
            "Not every machine holds on to what it has found. Watch one for more than the first sweep.",
            "There are three 4s. One of them is nearly all in its left half: there is little to gain.",
            "Choose the last 4 and “persistent”, and step on. If it fails, begin from other noise.",
        ),
    ),
)
