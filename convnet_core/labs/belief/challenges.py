"""What the belief lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "sure",
        "Sure without a shout. In “One block”, make the pooled unit at least 90% sure that one of the four is on, though "
        "no input is above 1.",
        "Four weak hints together make the block sure. Plain max pooling would have told of one of them, and never that "
        "there were four.",
        (
            "The pooled unit hears all four, and not only the largest.",
            "“None” stands for an input of 0. How much more than that do the four weigh together?",
            "Put three inputs to 1 and the fourth above -0.2, or simply all four to 1.",
        ),
    ),
    Challenge(
        "faded",
        "No edge comes. In “Edges out of photographs”, find settings with which a whole learning, of all its steps, ends "
        "without a single edge.",
        "With so loose a pixel, a filter gains less by matching than decay takes from it: it fades away. The recipe is "
        "half of what is learned.",
        (
            "Two settings decide: how many units shall be on, and how exact a pixel is.",
            "What becomes of the filters where a pixel may stray far from what the hidden units make of it?",
            "Take a deviation of 1 and a target of 0.3%, press “Learn”, and let it come to its end.",
        ),
    ),
)
