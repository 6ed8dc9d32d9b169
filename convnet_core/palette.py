"""The colours of figures and labs, in one place.

What Python draws reads them from here. A style sheet can't: `labs/kit/style.css` repeats LABS, and a test compares.
Blue and orange come in two strengths. A figure writes white on its strongest ones; a lab writes dark numbers on all of
them by day and light ones by night, which needs paler and darker ones to be read.
"""

PAPER = "#f6f3ec"
INK = "#22262e"
CARD = "#fdfcf9"  # under a figure, and under a lab's zeros
LINE = "#cfc8ba"
PLUS = "#2f6fb3"  # blue, for values above zero
MINUS = "#c8641b"  # orange, for values below; the pair stays apart for colour-blind eyes
TINT = "#dfe9f4"  # inside a box that stands out
FEATURE_COLOURS = {"backslash": "#7a3fa0", "cross": "#0b7a6b", "slash": "#b3261e"}
FEATURE_COLOURS_BY_NIGHT = {"backslash": "#d3a4f0", "cross": "#6fd0bf", "slash": "#ff9d8c"}

# What a figure's colours become on a dark page: `book/_static/book.css` repeats it, and a test compares.
NIGHT = {
    CARD: "#1b1f26",
    INK: "#e9e7e2",
    LINE: "#4a5160",
    PLUS: "#7db4ee",
    TINT: "#22344a",
    **{day: FEATURE_COLOURS_BY_NIGHT[name] for name, day in FEATURE_COLOURS.items()},
}


def _by_number(colours):
    """The features' colours as a style sheet calls them: by their number, in the slides' order."""
    return {f"cl-feature-{number}": colour for number, colour in enumerate(colours.values(), start=1)}


# The labs' own style sheet: {theme: {name of the variable: colour}}.
LABS = {
    "light": {
        "paper": PAPER,
        "ink": INK,
        "empty": CARD,
        "line": LINE,
        "plus": "#6aa9e0",
        "minus": "#ee9f57",
        **_by_number(FEATURE_COLOURS),
    },
    "dark": {
        "paper": "#e7e2d6",
        "ink": "#20242b",
        "empty": "#262b34",
        "line": "#4a5160",
        "plus": "#2a66a8",
        "minus": "#9a5410",
        **_by_number(FEATURE_COLOURS_BY_NIGHT),
    },
}
