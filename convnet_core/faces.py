"""Chapter 12's faces: pictures to learn from, a net that tells faces from other patches, and how it is taught.

The pictures are patches of 25 x 25 pixels, 100 faces and 100 others, and whole photographs. `convnet_core.scanning`
lets the net look for faces in those.
"""

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from convnet_core.backprop import Adam, learn
from convnet_core.checks import (
    as_at_least,
    as_flag,
    as_generator,
    as_image,
    as_images,
    as_number,
    as_vector,
    as_whole,
    check_axes,
    check_fits,
    check_range,
)
from convnet_core.convolution import Conv2d
from convnet_core.learned import filled
from convnet_core.pictures import read_only
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.resizing import between
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

FOLDER = Path(__file__).parent / "lfw"
PATCHES, PHOTOGRAPHS = FOLDER / "patches.png", FOLDER / "photographs.png"
SIDE = 25  # pixels of a patch
EACH = 100  # faces, and as many others
ACROSS = 10  # patches side by side in the file
WHITE = 255
LEARNED = 70  # faces, and others, that are learned from; 30 of each are held out
SEED = 0  # which of them, for the nets that are stored

# The photographs as they stand in the file, one below the other, at its left edge: height and width in pixels.
SIZES = {
    "astronaut": (256, 256),
    "camera": (256, 256),
    "cat": (170, 256),
    "rocket": (171, 256),
    "coffee": (171, 256),
    "motorcycle": (173, 256),
    "clock": (192, 256),
    "page": (127, 256),
    "text": (98, 256),
    "brick": (256, 256),
    "grass": (256, 256),
    "gravel": (256, 256),
    "moon": (256, 256),
    "stars": (223, 256),
    "tissue": (256, 256),
    "retina": (256, 256),
}
APART = ("astronaut", "camera", "cat", "rocket")  # photographs that nothing is learned from
WITH_A_FACE = ("astronaut", "camera")
HER_FACE = 37, 85, 56  # row, column and side, by eye: from the fringe to the chin, from ear to ear


@cache
def load_faces():
    """Patches that are faces, and patches that are not.

    return  faces (100, 25, 25) and others (100, 25, 25), from 0 (black) to 1 (white), not to be written to

    From Labeled Faces in the Wild (Huang and others, 2007), as chosen by scikit-image. Raises ValueError where the
    file is not whole.
    """
    rows = 2 * EACH // ACROSS
    sheet = _greys(PATCHES, (rows * SIDE, ACROSS * SIDE))
    patches = sheet.reshape(rows, SIDE, ACROSS, SIDE).swapaxes(1, 2).reshape(2 * EACH, SIDE, SIDE)
    return read_only(patches[:EACH]), read_only(patches[EACH:])


def split_places(seed=SEED):
    """Which of the hundred are learned from, and which are held out, by a seed.

    return  a dict of places, "faces" and "others" (70,) each, "held-out faces" and "held-out others" (30,) each
    """
    places, generators = {}, np.random.default_rng(as_whole("seed", seed, minimum=0)).spawn(2)
    for kind, rng in zip(("faces", "others"), generators, strict=True):
        order = rng.permutation(EACH)
        places[kind], places[f"held-out {kind}"] = order[:LEARNED], order[LEARNED:]
    return places


def split_faces(seed=SEED):
    """The patches to learn from and those held out, (70, 25, 25) and (30, 25, 25), by the names of `split_places`."""
    kinds = dict(zip(("faces", "others"), load_faces(), strict=True))
    return {name: kinds[name.removeprefix("held-out ")][places] for name, places in split_places(seed).items()}


@cache
def load_photographs():
    """The photographs by name: a dict of pictures (H, W), from 0 (black) to 1 (white), not to be written to.

    Their longer side has 256 pixels. Raises ValueError where the file is not whole.
    """
    heights = [height for height, _ in SIZES.values()]
    sheet = _greys(PHOTOGRAPHS, (sum(heights), max(width for _, width in SIZES.values())))
    ends = np.cumsum(heights)
    return {
        name: read_only(sheet[end - height : end, :width])
        for (name, (height, width)), end in zip(SIZES.items(), ends, strict=True)
    }


def _greys(path, shape):
    greys = np.array(Image.open(path).convert("L"))
    if greys.shape != shape:
        raise ValueError(f"{path.name} is {greys.shape}, wanted {shape}")
    return greys / WHITE


# What the net gets, and the net.

AROUND = 5  # pixels: the side of the neighbourhood that a pixel is compared with
FLAT = 0.05  # stands in for noise of this deviation: where a neighbourhood is flatter, it must not become a pattern


def local_contrast(images):
    """Each pixel by how much it stands out: minus the mean of the 5 x 5 pixels around it, in their deviations.

    images  (..., H, W), from 0 to 1, at least 5 x 5
    return  (..., H - 4, W - 4): pixels nearer to an edge than two have no neighbourhood. How bright a picture is, and
            how strong its contrast, is lost, but for neighbourhoods that are nearly flat (FLAT); float32 stays float32

    Raises ValueError where pictures are smaller, or hold other numbers.
    """
    images = as_images("images", images)
    check_fits("a neighbourhood", (AROUND, AROUND), images.shape[-2:], "images")
    check_range("images", images, 0, 1)
    mean = _box_mean(images)
    deviation = np.sqrt(np.maximum(_box_mean(images**2) - mean**2, 0) + FLAT**2)
    edge = AROUND // 2
    return (images[..., edge:-edge, edge:-edge] - mean) / deviation


def _box_mean(images):
    height, width = (side - AROUND + 1 for side in images.shape[-2:])
    rows = sum(images[..., at : at + height, :] for at in range(AROUND))
    return sum(rows[..., at : at + width] for at in range(AROUND)) / AROUND**2


def _as_patches(name, patches):
    """(N, 25, 25), of one patch at least."""
    patches = as_images(name, patches)
    check_axes(name, patches.shape, ("N", SIDE, SIDE))
    return patches


SEEN = SIDE - AROUND + 1  # 21 pixels of contrast in a patch

# The net's parameters by name, in the file that the lab starts with.
STORED_AS = {
    "0.weight": "conv1_weight",
    "0.bias": "conv1_bias",
    "3.weight": "conv2_weight",
    "3.bias": "conv2_bias",
    "7.weight": "form_weight",
    "7.bias": "form_bias",
    "9.weight": "votes_weight",
    "9.bias": "votes_bias",
}


def face_net(rng, dtype=np.float32):
    """A fresh net of 3,462 numbers for the contrasts of a patch, (1, 21, 21): two votes, "another thing" and "a face".

    rng    a numpy.random.Generator for the first weights
    dtype  np.float32, or np.float64
    """
    how = {"dtype": dtype, "rng": rng}
    return Network(
        [
            Conv2d(1, 8, 4, **how),
            ReLU(),
            MaxPool2d(2),
            Conv2d(8, 12, 4, **how),
            ReLU(),
            MaxPool2d(2),
            Flatten(),
            Linear(12 * 3 * 3, 16, **how),
            ReLU(),
            Linear(16, 2, **how),
        ]
    )


def face_net_from(weights):
    """The net with weights that are known, in float64.

    weights  a dict of arrays, by the names in STORED_AS

    Raises ValueError where one is missing or of another shape.
    """
    return filled(face_net(np.random.default_rng(0), np.float64), weights, STORED_AS, "face_net_from")


def face_scores(network, patches):
    """How much more each patch looks like a face than not: the vote for "a face" minus the other.

    network  a net of `face_net`
    patches  (N, 25, 25), from 0 to 1
    return   (N,), above 0 where it says "a face"
    """
    votes = network.forward(local_contrast(_as_patches("patches", patches))[:, np.newaxis])
    return votes[:, 1] - votes[:, 0]


# What it learns from.


def close_ups(patches, rng, zoom, degrees=0.0, most=None):
    """Each patch seen a little otherwise: nearer or farther, turned, moved, and mirrored or not, at random.

    patches  (N, 25, 25)
    rng      a numpy.random.Generator
    zoom     (least, most): the share of the patch that is seen, along a side; what lies beyond its edge is the edge
    degrees  how far it turns to either side
    most     how many pixels it moves at most, in each direction; None: as far as what is seen stays within the patch
    return   (N, 25, 25)
    """
    patches, rng, zoom = _as_patches("patches", patches), as_generator("rng", rng), _as_zoom(zoom)
    degrees = as_at_least("degrees", degrees, 0)
    count, middle, end = len(patches), SIDE // 2, SIDE - 1
    share = rng.uniform(*zoom, (count, 1, 1))
    angle = np.radians(rng.uniform(-degrees, degrees, (count, 1, 1)))
    room = np.maximum(1 - share, 0) * middle if most is None else as_at_least("most", most, 0)
    down, right = rng.uniform(-1, 1, (2, count, 1, 1)) * room
    mirror = rng.choice([-1, 1], (count, 1, 1))
    rows, columns = np.indices((SIDE, SIDE)) - middle
    from_row = share * (np.cos(angle) * rows + np.sin(angle) * columns) + middle + down
    from_column = mirror * share * (np.cos(angle) * columns - np.sin(angle) * rows) + middle + right
    return between(patches, np.clip(from_row, 0, end), np.clip(from_column, 0, end))


def _as_zoom(zoom):
    least, most = as_vector("zoom", zoom, 2).tolist()
    if not 0 < least <= most:
        raise ValueError(f"close_ups: zoom is ({least:g}, {most:g}), wanted (least, most), above 0 and in this order")
    return least, most


FACES, PIECES = 32, 12  # of a batch of 64; 20 are other patches, or 32 where there are no pieces


def face_batch(faces, others, rng, pieces=True, varied=True):
    """One batch of 64 patches to learn from, and what they are.

    faces, others  (N, 25, 25)
    rng            a numpy.random.Generator
    pieces         whether close-ups, of 45 to 70 percent of a face's side, are among what is no face
    varied         whether faces are seen nearer or farther, turned and moved, or mirrored alone
    return         patches (64, 25, 25), labels (64,): 1 for the first half, which are faces, 0 for the others
    """
    rng, pieces, varied = as_generator("rng", rng), as_flag("pieces", pieces), as_flag("varied", varied)
    faces, others = _as_patches("faces", faces), _as_patches("others", others)
    how = {"zoom": (0.89, 1.12), "degrees": 10, "most": 2} if varied else {"zoom": (1, 1)}
    yes = close_ups(rng.choice(faces, FACES), rng, **how)
    no = rng.choice(others, FACES - PIECES if pieces else FACES)
    no[::2] = no[::2, :, ::-1]  # mirrored and no more: a turn would blur, and no sharp texture would ever be met
    if pieces:
        no = np.concatenate([close_ups(rng.choice(faces, PIECES), rng, zoom=(0.45, 0.7)), no])
    return np.concatenate([yes, no]), np.repeat([1, 0], FACES)


def learn_faces(network, faces, others, rng, steps=500, rate=0.002, pieces=True, varied=True):
    """Teach a net to tell faces from other patches, in steps of 64 that get shorter.

    network         a net of `face_net`; it learns on from where it stands
    faces, others   (N, 25, 25)
    rng             a numpy.random.Generator
    steps, rate     how many steps, and the first one's learning rate, above 0, which falls towards 0
    pieces, varied  as for `face_batch`
    """
    steps, rate = as_whole("steps", steps, minimum=1), as_number("rate", rate, above=0)
    optimizer = Adam(network.parameters(), rate)
    for step in range(steps):
        patches, labels = face_batch(faces, others, rng, pieces, varied)
        optimizer.learning_rate = rate * (1 - step / steps)
        learn(network, local_contrast(patches)[:, np.newaxis].astype(np.float32), labels, optimizer)


def random_windows(photographs, count, rng):
    """Windows of 25 x 25 pixels anywhere in pictures, (count, 25, 25).

    photographs  a list of pictures (H, W), at least 25 x 25; each is as likely as the next
    rng          a numpy.random.Generator
    """
    count, rng = as_whole("count", count, minimum=0), as_generator("rng", rng)
    photographs = [as_image("photographs", photograph) for photograph in photographs]
    if not photographs:
        raise ValueError("random_windows: photographs is an empty list, wanted one picture or more")
    for photograph in photographs:
        check_fits("a window", (SIDE, SIDE), photograph.shape, "photograph")
    windows = np.empty((count, SIDE, SIDE))
    for window, which in zip(windows, rng.integers(len(photographs), size=count), strict=True):
        photograph = photographs[which]
        top, left = (rng.integers(side - SIDE + 1) for side in photograph.shape)
        window[...] = photograph[top : top + SIDE, left : left + SIDE]
    return windows


# Photographs with faces whose places are known.


def pasted(photograph, face, row, column, side):
    """A photograph with a face laid over it.

    photograph         (H, W)
    face               (25, 25)
    row, column, side  where it goes, in pixels; it must fit
    return             (H, W), a copy; between four pixels the face is their mean, the nearer the heavier
    """
    photograph, face = as_image("photograph", photograph), as_image("face", face, (SIDE, SIDE))
    side = as_whole("side", side, minimum=2, maximum=min(photograph.shape))
    row = as_whole("row", row, minimum=0, maximum=photograph.shape[0] - side)
    column = as_whole("column", column, minimum=0, maximum=photograph.shape[1] - side)
    places = np.linspace(0, SIDE - 1, side)
    picture = photograph.copy()
    rows, columns = np.meshgrid(places, places, indexing="ij")
    picture[row : row + side, column : column + side] = between(face, rows, columns)
    return picture
