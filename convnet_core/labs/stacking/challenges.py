"""What the stacking lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "sees-all",
        "With at most 5 blocks, exactly one of them pooling, make a number that sees the whole picture: 9 x 9.",
        "Each window larger than 1 x 1 widens what the numbers see. Behind a pooling by steps of two, one cell further"
        " is two pixels further.",
        (
            "Press a number in the last map: the frame on the picture shows what it sees. What makes the frame grow?",
            "A convolution on top of the pooling widens it by two pixels for each cell of its kernel, and a larger "
            "kernel by more.",
            "Take the stack of two levels, and give its second convolution kernels of 4 x 4: one number is left, and "
            "it sees all.",
        ),
    ),
    Challenge(
        "ends-in-one",
        "Without any pooling, and with at most 4 blocks, get down to maps of a single number, 1 x 1.",
        "All that is left of a map is one number, and it has seen the whole picture. Convolutions alone get there, "
        "too.",
        (
            "How much smaller does a map get under a kernel of 3 x 3? And under one of 5 x 5?",
            "By one less than the kernel's size. From 9 down to 1 there are 8 to lose, and a stride above 1 helps, "
            "too.",
            "Start from no blocks, add two convolutions, and give both kernels of 5 x 5. (Or four with kernels of 3 x "
            "3.)",
        ),
    ),
    Challenge(
        "tells-apart",
        "On the second level, make a filter whose map reaches 1 on the X and stays at 0 or below on the O. (Both are "
        "tried, whatever the picture is.)",
        "A filter on top of filters: its weights say which maps it asks, and its bias how much of an answer it wants. "
        "Set so, it knows an X from an O.",
        (
            "Which of the three maps of the first level is high on the X, and low all over the O?",
            "The cross's: only where two arms cross does it find much. Let the filter ask that map more, and the "
            "others less.",
            "If the O still reaches more than 0, make the bias smaller; if the X does not reach 1, make the weights "
            "larger. Try a weight of 3 on the cross's map and a bias of -2.",
        ),
    ),
)
