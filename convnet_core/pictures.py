"""The pictures of the book, as the computer sees them: arrays of numbers.

The X's, the O and the features have two kinds of pixel, 1 for ink and -1 for paper, as on Brandon
Rohrer's slides. The face and the binary picture have 1 and 0, as in the lecture.

All of them are read-only, so that no experiment spoils them for the next one. Take `X.copy()` to draw on.
"""

import numpy as np


def from_text(drawing, *, ink=1, paper=-1):
    """A picture drawn with characters: `#` is a pixel of ink, `.` one of paper.

    drawing    lines of equal length; blank space around them does not count
    ink, paper the number that each kind of pixel becomes
    return     (H, W), float64, read-only

    Raises ValueError on any other character or if the lines differ in length.
    """
    lines = drawing.split()
    if not lines or len({len(line) for line in lines}) != 1 or set("".join(lines)) - set("#."):
        raise ValueError(f"from_text: drawing is {drawing!r}, wanted lines of equal length, of # and . only")
    return read_only([[ink if mark == "#" else paper for mark in line] for line in lines])


def read_only(rows):
    """Numbers as a float64 array that nobody can change by accident: (H, W), or any shape that `rows` has."""
    array = np.array(rows, dtype=np.float64)
    array.setflags(write=False)
    return array


X = from_text("""
    .........
    .#.....#.
    ..#...#..
    ...#.#...
    ....#....
    ...#.#...
    ..#...#..
    .#.....#.
    .........
""")

# The same letter written by another hand: 16 of its 81 pixels differ from X.
TRICKIER_X = from_text("""
    .........
    ......#..
    .#...#...
    ..##.#...
    ....#....
    ...#.##..
    ...#...#.
    ..#......
    .........
""")

# The slides show an O but print no numbers of it, so this one is ours.
O = from_text("""
    .........
    ...###...
    ..#...#..
    .#.....#.
    .#.....#.
    .#.....#.
    ..#...#..
    ...###...
    .........
""")  # noqa: E741 (no other letter will do)

BLANK = from_text(".........\n" * 9)

# The three pieces that an X is made of, in the order of the slides.
FEATURES = {
    "backslash": from_text("""
        #..
        .#.
        ..#
    """),
    "cross": from_text("""
        #.#
        .#.
        #.#
    """),
    "slash": from_text("""
        ..#
        .#.
        #..
    """),
}

# The character that stands for each feature in text and in figures.
GLYPHS = {"backslash": "\\", "cross": "x", "slash": "/"}

FACE = from_text("""
    .......
    .#...#.
    .......
    ...#...
    .#...#.
    ..###..
    .......
""", paper=0)

BINARY = from_text("""
    ###..##
    ##.#.##
    #..###.
    .....##
    ##....#
    #..###.
    ###..##
""", paper=0)
