"""Chapter 11: what a network looks at, against sums by hand, the wiggle, and asking it again."""

import numpy as np
import pytest

from convnet_core.backprop import numerical_gradient
from convnet_core.convolution import Conv2d
from convnet_core.deep import Residual, walk_of
from convnet_core.looking import climb, fool, most_exciting, occlusion, patch_of, slope
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

RNG = np.random.default_rng
SHAPE = (2, 8, 9)


def net(dtype=np.float64):
    rng = RNG(4)
    return Network(
        [
            Conv2d(2, 3, 3, padding=1, dtype=dtype, rng=rng),
            ReLU(),
            MaxPool2d(2),
            Conv2d(3, 4, 3, dtype=dtype, rng=rng),
            ReLU(),
            Flatten(),
            Linear(4 * 2 * 3, 3, dtype=dtype, rng=rng),
        ]
    )


def votes_alone(*rows):
    """A network that only votes on the pixels of a picture (1, H, W), with these weights."""
    network = Network([Flatten(), Linear(len(rows[0]), len(rows), rng=RNG(0))])
    network.layers[1].weight.value[...] = rows
    network.layers[1].bias.value[...] = 0
    return network


IMAGE = RNG(2).random(SHAPE)
FOUR = np.array([[[0.25, 0.5], [0.75, 1.0]]])


def vote(network, image, label):
    return network.forward(image[np.newaxis])[0, label]


def test_occlusion_by_hand():
    """Where a pixel is hidden, the vote loses its weight times what the pixel was above the grey."""
    network = votes_alone([1, 2, 4, 8], [0, 0, 0, 1])
    assert occlusion(network, FOUR, 0, size=1, stride=1, grey=0).tolist() == [[0.25, 1], [3, 8]]
    assert occlusion(network, FOUR, 0, size=1, stride=1).tolist() == [[-0.25, 0], [1, 4]]
    assert occlusion(network, FOUR, 1, size=2, grey=1).tolist() == [[0]]


def test_occlusion_is_what_asking_again_says():
    network = net()
    falls = occlusion(network, IMAGE, 2, size=3, stride=2, grey=0.3)
    assert falls.shape == (3, 4)
    for row, column in np.ndindex(falls.shape):
        hidden = IMAGE.copy()
        hidden[:, 2 * row : 2 * row + 3, 2 * column : 2 * column + 3] = 0.3
        assert falls[row, column] == pytest.approx(vote(network, IMAGE, 2) - vote(network, hidden, 2), abs=1e-12)


@pytest.mark.parametrize("label", range(3))
def test_the_slope_is_that_of_the_wiggle(label):
    network, image = net(), IMAGE.copy()
    wiggled = numerical_gradient(lambda: vote(network, image, label), image, 1e-6)
    assert np.allclose(slope(network, image, label), wiggled, rtol=0, atol=1e-8)
    assert abs(wiggled).max() > 0.01


def test_the_slope_goes_through_blocks_that_add():
    rng = RNG(0)
    block = Residual([Conv2d(2, 2, 3, padding=1, rng=rng), ReLU()])
    network, image = Network([block, Flatten(), Linear(144, 2, rng=rng)]), IMAGE.copy()
    wiggled = numerical_gradient(lambda: vote(network, image, 1), image, 1e-6)
    assert np.allclose(slope(network, image, 1), wiggled, rtol=0, atol=1e-8)


def test_a_network_that_counts_in_32_bits_answers_too():
    ours, theirs = net(np.float32), net()
    assert np.allclose(slope(ours, IMAGE, 0), slope(theirs, IMAGE, 0), rtol=0, atol=1e-5)
    assert np.allclose(occlusion(ours, IMAGE, 0), occlusion(theirs, IMAGE, 0), rtol=0, atol=1e-5)


def test_looking_changes_no_weight_no_gradient_and_no_picture():
    network, image = net(), IMAGE.copy()
    before = {name: (each.value.copy(), each.gradient.copy()) for name, each in network.parameters().items()}
    occlusion(network, image, 0), slope(network, image, 0), fool(network, image, 1), climb(network, image, 4, (1, 0, 0))
    most_exciting(network, image[np.newaxis], 1, 0, 1), patch_of(network, image, 1, 0, 0)
    assert np.array_equal(image, IMAGE)
    for name, each in network.parameters().items():
        assert np.array_equal(each.value, before[name][0])
        assert np.array_equal(each.gradient, before[name][1])


def test_the_least_step_that_fools_by_hand():
    """Two votes, x and 0.5: from x = 0.2 it takes three steps of 0.1 to 0.5, and one more to be ahead."""
    network = votes_alone([1], [0])
    network.layers[1].bias.value[1] = 0.5
    path = fool(network, np.array([[[0.2]]]), 0)
    assert np.allclose(path.ravel(), [0.2, 0.3, 0.4, 0.5, 0.6])
    assert len(fool(network, np.array([[[0.9]]]), 0)) == 1  # it is there already
    assert np.allclose(fool(network, np.array([[[0.2]]]), 0, steps=2).ravel(), [0.2, 0.3, 0.4])


def test_the_way_that_fools_is_a_row_of_steps_within_the_picture():
    network = net()
    said = network.forward(IMAGE[np.newaxis])[0].argmax()
    for wanted in {0, 1, 2} - {said}:
        path = fool(network, IMAGE, wanted, step=0.2, steps=200)
        answers = network.forward(path).argmax(axis=1)
        assert answers[0] == said
        assert answers[-1] == wanted
        assert (answers[:-1] != wanted).all()
        assert path.min() >= 0
        assert path.max() <= 1
        steps = np.sqrt((np.diff(path, axis=0) ** 2).sum(axis=(1, 2, 3)))
        assert steps.max() <= 0.2 + 1e-12


def test_a_climb_goes_up_and_stays_within_the_picture():
    start = 0.5 + 0.01 * RNG(1).normal(size=SHAPE)
    picture, numbers = climb(net(), start, 4, (2, 1, 1), step=0.2, steps=30)
    assert len(numbers) == 31
    assert numbers[-1] > numbers[0] + 0.3
    assert picture.min() >= 0
    assert picture.max() <= 1
    assert Network(net().layers[:4]).forward(picture[np.newaxis])[0, 2, 1, 1] == pytest.approx(numbers[-1])


def test_a_climb_by_hand():
    picture, numbers = climb(votes_alone([3, 0, 0, 4]), FOUR, 2, (0,), step=0.5, steps=1)
    assert np.allclose(picture, [[[0.55, 0.5], [0.75, 1.0]]])
    assert np.allclose(numbers, [4.75, 5.65])


def test_the_most_exciting_places_are_those_of_a_search():
    network, images = net(), RNG(8).random((30, *SHAPE))
    maps = Network(network.layers[:4]).forward(images)[:, 2]
    found = most_exciting(network, images, 4, 2, count=5)
    wanted = sorted(((maps[n].max(), n) for n in range(30)), reverse=True)[:5]
    assert [(number, picture) for number, picture, _, _ in found] == wanted
    for number, picture, row, column in found:
        assert maps[picture, row, column] == number


def test_of_equal_numbers_the_first_is_taken():
    images = np.stack([FOUR, FOUR, 0 * FOUR])
    network = Network([Conv2d(1, 1, 1, rng=RNG(0))])
    network.layers[0].weight.value[...] = -1
    assert [place[1:] for place in most_exciting(network, images, 1, 0, count=3)] == [(2, 0, 0), (0, 0, 0), (1, 0, 0)]


@pytest.mark.parametrize("depth", [1, 3, 4])
def test_a_number_depends_on_its_patch_and_on_nothing_else(depth):
    """All pixels are raised in turn, by much and with weights above 0, so that no maximum swallows it."""
    network = net()
    for parameter in network.parameters().values():
        parameter.value[...] = abs(parameter.value)
    lower = Network(network.layers[:depth])
    start = lower.forward(IMAGE[np.newaxis])[0]
    numbered = np.arange(1.0, np.prod(SHAPE) + 1).reshape(SHAPE)  # so that each pixel of a patch tells where it is from
    seen = {at: set() for at in np.ndindex(start.shape[1:])}
    for place in np.ndindex(SHAPE):
        raised = IMAGE.copy()
        raised[place] += 100
        for row, column in zip(*np.nonzero((lower.forward(raised[np.newaxis])[0] != start).any(axis=0)), strict=True):
            seen[row, column].add(numbered[place])
    window = walk_of(network.layers[:depth])[0]
    for (row, column), pixels in seen.items():
        patch = patch_of(network, numbered, depth, row, column)
        assert patch.shape == (2, *window)
        assert set(patch.ravel()) - {0} == pixels


BAD = {
    "no such answer": (lambda: slope(net(), IMAGE, 3), "slope: label is 3, wanted a whole number from 0 to 2"),
    "a picture of another shape": (lambda: slope(net(), IMAGE[:1], 0), r"Network: layers\[0\], Conv2d\(2, 3, 3, paddi"),
    "no picture": (lambda: occlusion(net(), "x", 0), "occlusion: image holds text"),
    "too large a square": (
        lambda: occlusion(net(), IMAGE, 0, 9),
        "occlusion: size is 9, wanted a whole number from 1 to 8",
    ),
    "no stride": (lambda: occlusion(net(), IMAGE, 0, 3, 0), "occlusion: stride is 0"),
    "grey without end": (lambda: occlusion(net(), IMAGE, 0, grey=np.inf), "occlusion: grey holds inf"),
    "no such wish": (lambda: fool(net(), IMAGE, -1), "fool: wanted is -1"),
    "a step of nothing": (lambda: fool(net(), IMAGE, 0, 0), "fool: step is 0, wanted a number above 0"),
    "too deep": (lambda: climb(net(), IMAGE, 8, (0,)), "climb: depth is 8, wanted a whole number from 1 to 7"),
    "a place of two": (
        lambda: climb(net(), IMAGE, 1, (0, 0)),
        r"climb: place is \(0, 0\), wanted one among \(3, 8, 9\)",
    ),
    "a place beyond": (lambda: climb(net(), IMAGE, 1, (0, 8, 0)), "climb: place is 8"),
    "a list has no map": (lambda: most_exciting(net(), IMAGE[np.newaxis], 6, 0), "most_exciting: depth is 6, where"),
    "more than there are": (lambda: most_exciting(net(), IMAGE[np.newaxis], 1, 0), "most_exciting: count is 9"),
    "sees it all": (lambda: patch_of(net(), IMAGE, 6, 0, 0), "patch_of: depth is 6, where a number sees the whole"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_looked_at_is_refused_in_words(what):
    call, said = BAD[what]
    with pytest.raises(ValueError, match=f"^{said}"):
        call()
