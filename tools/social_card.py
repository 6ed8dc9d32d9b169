"""Draw the picture that social media show beside a link to the book: its X, a patch, and the feature that fits.

    python -m tools.social_card

Writes book/_static/card.png, 1200 x 630 pixels in few colours.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from convnet_core.pictures import FEATURES, X

CARD = Path(__file__).resolve().parent.parent / "book" / "_static" / "card.png"
WIDTH, HEIGHT = 1200, 630
NIGHT, PAPER, INK, LINE, MARK = "#14181e", "#f6f3ec", "#1c2027", "#c9c4b8", "#d9822b"
CELL, LEFT, TOP = 58, 54, 54  # of the X: side of a pixel, upper left corner
ROW, COLUMN = 1, 1  # upper left pixel of the patch, which the backslash fits
TITLE = "How\nConvolutional\nNeural Networks\nWork"


def draw_pixels(draw, picture, left, top):
    """Ink dark on paper, one square a pixel."""
    for row, values in enumerate(picture):
        for column, value in enumerate(values):
            x, y = left + column * CELL, top + row * CELL
            draw.rectangle([x, y, x + CELL, y + CELL], fill=INK if value > 0 else PAPER, outline=LINE)


def draw_frame(draw, left, top, cells):
    """A frame around `cells` by `cells` pixels."""
    side = cells * CELL
    draw.rectangle([left - 4, top - 4, left + side + 4, top + side + 4], outline=MARK, width=8)


def card():
    """The picture, (630, 1200), in a palette of 32 colours."""
    image = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    draw = ImageDraw.Draw(image)
    draw_pixels(draw, X, LEFT, TOP)
    draw_frame(draw, LEFT + COLUMN * CELL, TOP + ROW * CELL, 3)
    beside = LEFT + 9 * CELL + 64
    draw_pixels(draw, FEATURES["backslash"], beside, TOP)
    draw_frame(draw, beside, TOP, 3)
    draw.multiline_text((beside, TOP + 3 * CELL + 50), TITLE, fill=PAPER, font=ImageFont.load_default(64), spacing=10)
    return image.quantize(32, dither=Image.Dither.NONE)


if __name__ == "__main__":
    card().save(CARD, optimize=True)
