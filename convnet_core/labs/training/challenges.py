"""What the training lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "small",
        "Small is enough, and it is no luck. With at most 60 numbers to learn, train 5 seeds: at least 98% right in "
        "the test, on average.",
        "Fewer than half of the 128 numbers, and over five seeds it knows these letters about as well. More is not "
        "always better.",
        (
            "Most of the 128 numbers are votes: two for each value that is left after pooling. How can fewer be left?",
            "With fewer features, or with a larger pooling window that takes larger steps.",
            "Set the pooling window and its stride to 4. Then press “Train 5 seeds”, under “Is it luck?”.",
        ),
    ),
    Challenge(
        "few",
        "Learnt by heart. Give it so few training pictures that it gets all of those right, and fewer than 85 of the "
        "test pictures.",
        "It knows its pictures, and not the letters: overfitting. Shifted and noisy copies can help.",
        (
            "How many pictures can one learn by heart without knowing what an X is?",
            "Ten is the fewest that the lab allows. Train for at least 10 epochs.",
            "Ten pictures. If it gets 85 or more in the test, or not all ten, try another seed.",
        ),
    ),
    Challenge(
        "repair",
        "Repair a weak spot. Put at least 3 letters into your own test, so that a trained net (90 or more of 100 "
        "right) calls one of them by the wrong name. Then change what you like, and train until it has all of them "
        "right, and 95 of the 100.",
        "You found what it could not do, changed how it learns, and measured again. It may well have other weak spots:"
        " draw some.",
        (
            "What has it never seen? Draw letters that are smaller than those of the test, or stand elsewhere.",
            "A small X or an X near the edge, say. See what it says of each, and add those too that it gets wrong, by "
            "their right names.",
            "Tick “Shift each by up to a pixel”, so that it learns from letters at more places, and train up to 80 "
            "epochs.",
        ),
    ),
    Challenge(
        "explode",
        "Too much of a good thing. Find a learning rate so large that the loss explodes, and find the way back: train "
        "on to at least 90 of 100.",
        "A step downhill is only downhill for a bit. Too long a step is worse than none.",
        (
            "How large may a learning rate be? Try ten times as much, and ten times that.",
            "When it explodes, a box says why, and offers a way back.",
            "Set the rate to 100 and train. Go back with a smaller one, as often as it takes, and train on.",
        ),
    ),
)
