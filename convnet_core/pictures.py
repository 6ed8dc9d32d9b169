"""The pictures of the book, as the computer sees them: arrays of numbers.

The X's, the O and the features have two kinds of pixel, 1 for ink and -1 for paper, as on Brandon
Rohrer's slides. The face and the binary picture have 1 and 0, as in the lecture.

All of them are read-only, so that no experiment spoils them for the next one. Take `X.copy()` to draw on.

Then come the trickier cases: the same letter shifted, turned, scaled, thicker or thinner, and noisy, and whole
sets of such letters to learn from. These work on pictures of 1 and -1; what comes in from outside is paper.
"""

import numpy as np

from convnet_core.checks import as_array, as_batch, as_generator, as_image, as_images, as_number, as_places, as_whole


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
    array = np.array(as_array("rows", rows), dtype=np.float64)
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

FACE = from_text(
    """
    .......
    .#...#.
    .......
    ...#...
    .#...#.
    ..###..
    .......
""",
    paper=0,
)

BINARY = from_text(
    """
    ###..##
    ##.#.##
    #..###.
    .....##
    ##....#
    #..###.
    ###..##
""",
    paper=0,
)


LETTERS = ("X", "O")  # the label of an X is 0, that of an O is 1
PAPER = -1.0
INK_SHARE = 0.37  # a resampled pixel is ink from here on: with a half, slanted strokes would fall apart
NEAR_DUPLICATE = 3  # pictures that differ in fewer pixels are one
UNIQUE_TRIES = 1000  # candidates for one picture before make_dataset gives up


def mismatches(image, other):
    """Compare two pictures as a computer does without help: pixel by pixel.

    image, other  (H, W), of the same shape
    return        (H, W), True where they differ

    Raises ValueError if the shapes differ. From the slide "Computers are literal".
    """
    image = as_image("image", image)
    return image != as_image("other", other, shape=image.shape)


def nearest(images, examples):
    """For each picture, the example that it is most like, pixel by pixel. A baseline for whatever has learned more.

    images    (N, H, W) or (N, C, H, W)
    examples  (M, H, W) or (M, C, H, W), of the same size
    return    (N,), the place of that example among `examples`; of several as near, the first

    The distance is the sum of all differences, squared. With pixels of 1 and -1, that is four times the mismatches.
    Raises ValueError if the sizes differ.
    """
    images, examples = as_images("images", images), as_images("examples", examples)
    if images.ndim < 3 or images.shape[1:] != examples.shape[1:]:
        raise ValueError(
            f"nearest: images is {images.shape} and examples is {examples.shape}, wanted pictures of one size"
        )
    pictures, known = images.reshape(len(images), -1), examples.reshape(len(examples), -1)
    # (p - k) squared is p squared - 2 p k + k squared, and p squared is the same for every example.
    return ((known**2).sum(axis=1) - 2 * pictures @ known.T).argmin(axis=1)


def shift(image, down, right):
    """The picture moved by whole pixels. What leaves it is lost.

    image        (H, W)
    down, right  whole numbers; negative ones move it up and left
    return       (H, W)
    """
    image = as_image("image", image)
    down, right = as_whole("down", down), as_whole("right", right)
    moved = np.full_like(image, PAPER)
    height, width = image.shape
    down, right = np.clip(down, -height, height), np.clip(right, -width, width)  # beyond that, all is lost anyway
    source = image[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]
    moved[max(0, down) :, max(0, right) :][: source.shape[0], : source.shape[1]] = source
    return moved


def rotate(image, degrees):
    """The picture turned around its middle, clockwise.

    image    (H, W)
    degrees  a number
    return   (H, W), pixels of 1 and -1
    """
    image, angle = as_image("image", image), np.radians(as_number("degrees", degrees))
    cosine, sine = np.cos(angle), np.sin(angle)
    return _resampled(image, [[cosine, -sine], [sine, cosine]])


def scale(image, factor):
    """The picture enlarged or shrunk around its middle; strokes keep about their width.

    image   (H, W)
    factor  a number above 0; 2 is twice as large
    return  (H, W), pixels of 1 and -1
    """
    image, factor = as_image("image", image), as_number("factor", factor, above=0)
    return _resampled(image, [[1 / factor, 0], [0, 1 / factor]])


def thicken(image):
    """The picture with a bolder pen: every pixel of ink becomes a square of 2 by 2, to its right and below.

    image   (H, W)
    return  (H, W), pixels of 1 and -1
    """
    return _as_pixels(_stamped(as_image("image", image) > 0))


def thin(image):
    """The picture with a finer pen: what `thicken` added goes. Strokes of one pixel stay, and a blot may remain.

    image   (H, W)
    return  (H, W), pixels of 1 and -1
    """
    ink = as_image("image", image) > 0
    below = np.pad(ink, ((0, 1), (0, 1)))
    squares = ink & below[1:, :-1] & below[:-1, 1:] & below[1:, 1:]  # the upper left pixel of each 2 by 2 of ink
    return _as_pixels(squares | (ink & ~_stamped(squares)))


def flip_pixels(image, places):
    """The picture with ink and paper exchanged at some places.

    image   (H, W)
    places  (count,), whole numbers from 0, counted row by row
    return  (H, W)
    """
    flipped = as_image("image", image).copy()
    flipped.ravel()[as_places("places", places, flipped.size)] *= -1
    return flipped


def add_noise(image, count, rng):
    """The picture with `count` pixels flipped, no place twice.

    image   (H, W)
    count   from 0 to H * W
    rng     a numpy.random.Generator
    return  (H, W)
    """
    image = as_image("image", image)
    count = as_whole("count", count, minimum=0, maximum=image.size)
    return flip_pixels(image, as_generator("rng", rng).permutation(image.size)[:count])


def make_dataset(count, rng, *, apart_from=None):
    """X's and O's to learn from or to be tested on: shifted, scaled, turned, thicker, noisy, or several at once.

    count       how many pictures; half of them are X's, one more if count is odd
    rng         a numpy.random.Generator: the same seed gives the same pictures
    apart_from  (N, 1, 9, 9), pictures to keep away from: none that differs from one of them in fewer than 3
                pixels is taken. For a training set, give the test set: so the test stays a fair sample
    return      images (count, 1, 9, 9), labels (count,): 0 for an X and 1 for an O, in random order

    No picture comes twice. Raises ValueError where there are not that many different ones.
    """
    count, rng = as_whole("count", count, minimum=1), as_generator("rng", rng)
    others = np.zeros((0, 1, *X.shape)) if apart_from is None else as_batch("apart_from", apart_from, (1, *X.shape))
    others = others.reshape(len(others), X.size)
    labels = rng.permutation(np.arange(count) % len(LETTERS))
    taken = {}  # each picture by its bytes, in their order: to look one up takes no longer among many
    for label in labels:
        pixels = _new_variant((X, O)[label], rng, taken, others)
        taken[pixels.tobytes()] = pixels
    return np.stack(list(taken.values())).reshape(count, 1, *X.shape), labels


def _new_variant(letter, rng, taken, others):
    for _ in range(UNIQUE_TRIES):
        pixels = _variant(letter, rng).ravel()
        if pixels.tobytes() not in taken and ((others != pixels).sum(axis=1) >= NEAR_DUPLICATE).all():
            return pixels
    raise ValueError(f"make_dataset: no new picture in {UNIQUE_TRIES} tries, wanted a smaller count")


def _variant(letter, rng):
    """The letter with each trick played on it or not, as a coin falls."""
    turned, scaled, thickened, shifted, noisy = rng.random(5) < 0.5
    angle, factor = rng.uniform(-20, 20), rng.uniform(0.75, 1.15)
    steps, flips = rng.integers(-1, 2, size=2), rng.integers(1, 4)
    image = rotate(letter, angle) if turned else letter
    image = scale(image, factor) if scaled else image
    image = thicken(image) if thickened else image
    image = shift(image, *steps) if shifted else image
    return add_noise(image, flips, rng) if noisy else image


def _resampled(image, matrix):
    """For each pixel, the picture at the place that `matrix` (2, 2) leads to, seen from the middle.

    Between four pixels the picture is their mean, the nearer the heavier (bilinear).
    """
    height, width = image.shape
    middle = np.array([[(height - 1) / 2], [(width - 1) / 2]])
    places = np.indices(image.shape).reshape(2, -1) - middle
    rows, columns = np.asarray(matrix) @ places + middle
    top, left = np.floor(rows), np.floor(columns)
    ink = np.zeros(image.size)
    for row, share_down in ((top, 1 - (rows - top)), (top + 1, rows - top)):
        for column, share_across in ((left, 1 - (columns - left)), (left + 1, columns - left)):
            inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
            pixels = image[np.where(inside, row, 0).astype(int), np.where(inside, column, 0).astype(int)]
            ink += share_down * share_across * (inside & (pixels > 0))
    return _as_pixels(ink.reshape(image.shape) >= INK_SHARE)


def _as_pixels(ink):
    return np.where(ink, 1.0, PAPER)


def _stamped(ink):
    """Each True with its neighbours to the right, below, and between the two."""
    above = np.pad(ink, ((1, 0), (1, 0)))
    return ink | above[:-1, 1:] | above[1:, :-1] | above[:-1, :-1]
