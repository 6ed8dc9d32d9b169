"""Chapter 11: what a trained network looks at.

Hide a piece of the picture and ask again (`occlusion`), or ask for the slope of a vote at each pixel (`slope`). Walk
along that slope, and the network is fooled (`fool`), or a picture grows that one of its numbers answers to (`climb`).
And look up which pictures, of all that are known, excite a feature most (`most_exciting`).

Here a network is asked and does not learn: the slopes are those of the picture, the weights stay. A number of a
network is known by `depth`, after how many layers it stands, and `place`: its map, row and column, or, where layers
make a list, its place alone.
"""

import numpy as np

from convnet_core.checks import as_array, as_number, as_whole
from convnet_core.deep import walk_of
from convnet_core.stacking import Network

AT_A_TIME = 500  # pictures that are asked in one go
STEADY = 9  # decimals: which of two equal numbers wins a pooling shall not hang on the last bits of their sums


def occlusion(network, image, label, size=6, stride=2, grey=0.5):
    """How far a vote falls where a square hides a piece of the picture.

    network  a Network whose last layer gives a vote for each answer
    image    (C, H, W)
    label    whose vote: its place among the answers
    size     of the square, in pixels
    stride   how far it moves from place to place
    grey     the number that hidden pixels become
    return   (rows, columns), a number for each place of the square: the vote of the whole picture minus the vote where
             the square hides a piece. Above 0, the square took from the answer: by what it hid, or by what it drew

    From Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2013.
    """
    image = _as_sample(network, image)
    label = _as_label("label", label, network, image)
    height, width = image.shape[1:]
    size = as_whole("size", size, minimum=1, maximum=min(height, width))
    stride, grey = as_whole("stride", stride, minimum=1), as_number("grey", grey)
    tops, lefts = range(0, height - size + 1, stride), range(0, width - size + 1, stride)
    hidden = np.repeat(image[np.newaxis], len(tops) * len(lefts), axis=0)
    for picture, (top, left) in zip(hidden, ((top, left) for top in tops for left in lefts), strict=True):
        picture[:, top : top + size, left : left + size] = grey
    votes = _asked(network, hidden)[:, label]
    return (_asked(network, image[np.newaxis])[0, label] - votes).reshape(len(tops), len(lefts))


def slope(network, image, label):
    """How a vote changes with each pixel: one pass forward, one back, down to the picture.

    network, image, label  as for `occlusion`
    return                 (C, H, W): how much the vote would grow for each 1 that the pixel grows, where it stands

    Where pixels are alike, as in thick ink, so are numbers of a map: of those that are equal to nine decimals, the
    first wins a pooling and gets the slope.

    From Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2013, who call its size saliency.
    """
    image = _as_sample(network, image)
    return _slope_of(network.layers, image, (_as_label("label", label, network, image),))[1]


def fool(network, image, wanted, step=0.1, steps=100):
    """Change a picture little by little until the network takes it for something else.

    network  as for `occlusion`
    image    (C, H, W), of numbers from 0 to 1
    wanted   the answer that it shall give: its place among the answers
    step     how far each step goes: the root of the sum of all changes, squared
    steps    the most of them
    return   (K, C, H, W): the picture as it was and after each step. The last one is taken for `wanted`, or `steps`
             were not enough

    Each step goes along the slope of two votes' difference, that of `wanted` and that of the largest other one. Pixels
    stay between 0 and 1. A simple form of what Szegedy and others found, "Intriguing properties of neural networks",
    2013.
    """
    image = _as_sample(network, image)
    wanted = _as_label("wanted", wanted, network, image)
    step, steps = as_number("step", step, above=0), as_whole("steps", steps, minimum=0)
    path = [image]
    for _ in range(steps):
        votes = _asked(network, path[-1][np.newaxis])[0]
        votes[wanted], vote = -np.inf, votes[wanted]
        if vote > votes.max():
            break
        towards = slope(network, path[-1], wanted) - slope(network, path[-1], int(votes.argmax()))
        path.append(np.clip(_along(path[-1], towards, step), 0, 1))
    return np.stack(path)


def climb(network, start, depth, place, step=0.5, steps=100):
    """Grow a picture that one number of the network answers to: climb the slope of that number.

    network  a Network
    start    (C, H, W), such as faint noise: a picture to begin with, numbers from 0 to 1
    depth    after how many layers the number stands. Behind a ReLU a number that is 0 has no slope, so before it
    place    of the number: (map, row, column), or (answer,)
    step, steps  as for `fool`
    return   the picture (C, H, W) after all steps, pixels from 0 to 1, and the numbers (steps + 1,) on the way

    From Erhan and others, "Visualizing Higher-Layer Features of a Deep Network", 2009.
    """
    picture, depth = _as_sample(network, start), _as_depth(network, depth)
    place = _as_place(network, picture, depth, place)
    step, steps = as_number("step", step, above=0), as_whole("steps", steps, minimum=0)
    numbers = []
    for _ in range(steps):
        number, towards = _slope_of(network.layers[:depth], picture, place)
        numbers.append(number)
        picture = np.clip(_along(picture, towards, step), 0, 1)
    numbers.append(_asked(Network(network.layers[:depth]), picture[np.newaxis])[0][place])
    return picture, np.array(numbers)


def most_exciting(network, images, depth, feature, count=9):
    """The places among many pictures to which a feature answers most, at most one in each picture.

    network  a Network
    images   (N, C, H, W)
    depth    after how many layers the feature's map stands
    feature  which map
    count    how many places
    return   a list of (number, picture, row, column), the largest number first; of the same number, the first

    `patch_of` cuts out what is seen there. From Zeiler and Fergus, 2013, as for `occlusion`.
    """
    images, depth = as_array("images", images), _as_depth(network, depth)
    shape = network.shapes(images.shape[1:])[depth]
    if len(shape) != 3:
        raise ValueError(f"most_exciting: depth is {depth}, where a sample is {shape}, wanted a depth of maps")
    feature = as_whole("feature", feature, minimum=0, maximum=shape[0] - 1)
    count = as_whole("count", count, minimum=1, maximum=len(images))
    lower = Network(network.layers[:depth])
    maps = np.concatenate(
        [lower.forward(images[start : start + AT_A_TIME])[:, feature] for start in range(0, len(images), AT_A_TIME)]
    )
    lists = maps.reshape(len(maps), -1)
    largest = lists.max(axis=1)
    pictures = np.argsort(-largest, kind="stable")[:count]
    rows, columns = np.unravel_index(lists[pictures].argmax(axis=1), shape[1:])
    found = zip(largest[pictures], pictures, rows, columns, strict=True)
    return [(float(number), int(picture), int(row), int(column)) for number, picture, row, column in found]


def patch_of(network, image, depth, row, column):
    """The pixels that one number of a network sees, all of the same size, also at the edge.

    network      a Network
    image        (C, H, W)
    depth        after how many layers, all with windows: convolutions, poolings, what works on each number alone
    row, column  of the number in its map
    return       (C, h, w); beyond the edge of the picture 0. `Network.receptive_field` says where these pixels are
    """
    image, depth = _as_sample(network, image), _as_depth(network, depth)
    walk = walk_of(network.layers[:depth])
    if walk is None:
        raise ValueError(f"patch_of: depth is {depth}, where a number sees the whole picture, wanted a depth of maps")
    _, row, column = _as_place(network, image, depth, (0, row, column))
    (tall, wide), (down, across), (above, before) = walk
    room = np.pad(image, ((0, 0), (above, above + tall), (before, before + wide)))
    return room[:, row * down : row * down + tall, column * across : column * across + wide]


def _slope_of(layers, image, place):
    """One number that comes out of the layers, and how it changes with each pixel."""
    numbers = image[np.newaxis]
    for layer in layers:
        numbers = np.round(layer.forward(numbers), STEADY)
    gradient = np.zeros_like(numbers)
    gradient[0][place] = 1
    for layer in reversed(layers):
        gradient = layer.to_input(gradient)
    return float(numbers[0][place]), gradient[0]


def _along(picture, direction, step):
    """The picture moved by `step` in a direction; where it is level, not at all."""
    length = np.sqrt((direction**2).sum())
    return picture + step / length * direction if length else picture


def _asked(network, batch):
    return np.concatenate([network.forward(batch[at : at + AT_A_TIME]) for at in range(0, len(batch), AT_A_TIME)])


def _as_sample(network, image):
    """One sample that goes through the network."""
    image = as_array("image", image)
    network.shapes(image.shape)
    return image


def _as_label(name, label, network, image):
    (answers,) = network.shapes(image.shape)[-1]
    return as_whole(name, label, minimum=0, maximum=answers - 1)


def _as_depth(network, depth):
    return as_whole("depth", depth, minimum=1, maximum=len(network.layers))


def _as_place(network, image, depth, place):
    shape = network.shapes(image.shape)[depth]
    if len(tuple(place)) != len(shape):
        raise ValueError(f"climb: place is {tuple(place)}, wanted one among {shape}")
    return tuple(as_whole("place", at, minimum=0, maximum=length - 1) for at, length in zip(place, shape, strict=True))
