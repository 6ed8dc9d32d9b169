"""Chapter 12's faces: the files are whole, read as they were written, and what is learned from them is what is said."""

import numpy as np
import pytest
from PIL import Image

from convnet_core import faces
from convnet_core.faces import (
    APART,
    EACH,
    FLAT,
    HER_FACE,
    LEARNED,
    PATCHES,
    PHOTOGRAPHS,
    SIDE,
    SIZES,
    STORED_AS,
    close_ups,
    face_batch,
    face_net,
    face_net_from,
    face_scores,
    learn_faces,
    load_faces,
    load_photographs,
    local_contrast,
    pasted,
    random_windows,
    split_faces,
)
from convnet_core.labs.kit.stored import stored
from tools import faces_data, faces_experiments


def rng(seed=0):
    return np.random.default_rng(seed)


def squares():
    """A patch of 5 x 5 squares of a grey each, and one of noise."""
    return np.stack([np.kron(np.arange(25).reshape(5, 5) / 24, np.ones((5, 5))), rng().random((SIDE, SIDE))])


# The files


def greys(path):
    return np.array(Image.open(path))


def test_there_are_a_hundred_of_each_and_none_is_met_twice():
    is_face, other = load_faces()
    assert is_face.shape == other.shape == (EACH, SIDE, SIDE)
    assert is_face.dtype == other.dtype == np.float64
    assert min(is_face.min(), other.min()) == 0
    assert max(is_face.max(), other.max()) == 1
    assert len({patch.tobytes() for patch in [*is_face, *other]}) == 2 * EACH
    with pytest.raises(ValueError, match="read-only"):
        is_face[0, 0, 0] = 1


def test_the_photographs_are_whole_and_nothing_is_lost_between_them():
    photographs = load_photographs()
    assert {name: photograph.shape for name, photograph in photographs.items()} == SIZES
    assert all(max(shape) == 256 for shape in SIZES.values())
    assert all(photograph.max() - photograph.min() > 0.3 for photograph in photographs.values())
    assert set(APART) < set(photographs)
    with pytest.raises(ValueError, match="read-only"):
        photographs["cat"][0, 0] = 1


def test_the_tool_writes_what_is_stored():
    assert np.array_equal(faces_data.in_steps(faces_data.patches_sheet(np.concatenate(load_faces()))), greys(PATCHES))
    photographs = load_photographs()
    assert np.array_equal(faces_data.in_steps(faces_data.sheet_of(photographs)), greys(PHOTOGRAPHS))
    assert np.array_equal(faces_data.in_steps(photographs["astronaut"]), greys(faces_data.LAB))
    assert list(faces_data.FILES) == list(SIZES)


def test_there_are_64_evenly_spaced_greys():
    assert faces_data.in_steps(np.array([0, 0.4 / 63, 0.6 / 63, 1])).tolist() == [0, 0, 4, 255]
    assert np.array_equal(np.unique(greys(PHOTOGRAPHS)), np.rint(np.arange(64) * 255 / 63))


def test_a_photograph_is_shrunk_to_256_pixels_by_means(tmp_path):
    path = tmp_path / "large.png"
    Image.fromarray(np.tile(np.array([[0, 255]], np.uint8), (300, 256))).save(path)
    assert faces_data.shrunk(path) == pytest.approx(np.full((150, 256), 0.5))
    Image.fromarray(np.full((3, 4), 51, np.uint8)).save(path)
    assert faces_data.shrunk(path) == pytest.approx(np.full((3, 4), 0.2))  # never made larger


def test_a_file_that_is_not_whole_is_refused(tmp_path, monkeypatch):
    cut = tmp_path / "patches.png"
    Image.fromarray(greys(PATCHES)[:-SIDE]).save(cut)
    monkeypatch.setattr(faces, "PATCHES", cut)
    with pytest.raises(ValueError, match=r"patches.png is \(475, 250\), wanted \(500, 250\)"):
        load_faces.__wrapped__()
    monkeypatch.setattr(faces, "PHOTOGRAPHS", cut)
    with pytest.raises(ValueError, match=r"patches.png is \(475, 250\), wanted \(3373, 256\)"):
        load_photographs.__wrapped__()


def test_a_split_holds_out_thirty_of_each():
    parts = split_faces(0)
    for kind, patches in zip(("faces", "others"), load_faces(), strict=True):
        learned, held_out = parts[kind], parts[f"held-out {kind}"]
        assert (len(learned), len(held_out)) == (LEARNED, EACH - LEARNED)
        assert {one.tobytes() for one in [*learned, *held_out]} == {one.tobytes() for one in patches}
    assert np.array_equal(split_faces(0)["faces"], parts["faces"])
    assert not np.array_equal(split_faces(1)["faces"], parts["faces"])


# What the README says of the patches


def test_most_others_have_a_black_edge_and_no_face_has():
    with_black = [
        sum(any((edge == 0).mean() > 0.95 for edge in (one[0], one[-1], one[:, 0], one[:, -1])) for one in patches)
        for patches in load_faces()
    ]
    assert with_black == [0, 59]


def test_one_number_tells_faces_from_others_nearly_as_well_as_a_net():
    """How rough a patch is. It also takes a third of the astronaut's windows, or more, for faces."""
    for seed in range(faces_experiments.SEEDS):
        right = faces_experiments.by_roughness(split_faces(seed))
        assert right["roughness: faces"] >= 29
        assert right["roughness: others"] >= 28
        assert right["roughness: windows"] > 2500


# Local contrast


def test_local_contrast_by_hand():
    image = np.arange(25).reshape(5, 5) / 25
    image[2, 2] = 1
    mean, square = (np.arange(25).sum() - 12 + 25) / 625, ((np.arange(25) ** 2).sum() - 12**2 + 25**2) / 25**3
    wanted = (1 - mean) / np.sqrt(square - mean**2 + FLAT**2)
    assert local_contrast(image) == pytest.approx(np.array([[wanted]]), abs=1e-12)
    assert local_contrast(np.full((2, 3, 6, 7), 0.3)) == pytest.approx(np.zeros((2, 3, 2, 3)))


def test_local_contrast_is_each_pixels_own_neighbourhood():
    image = rng().random((9, 12))
    found = local_contrast(image)
    assert found.shape == (5, 8)
    for row, column in np.ndindex(found.shape):
        around = image[row : row + 5, column : column + 5]
        wanted = (around[2, 2] - around.mean()) / np.sqrt(around.var() + FLAT**2)
        assert found[row, column] == pytest.approx(wanted, abs=1e-12)


def test_brightness_is_lost_and_contrast_but_where_it_is_flat():
    image = rng().random((20, 20))
    brighter, weaker, flat = 0.4 * image + 0.6, 0.4 * image, 0.01 * image
    assert local_contrast(brighter) == pytest.approx(local_contrast(weaker), abs=1e-9)
    ratio = np.abs(local_contrast(weaker)).mean() / np.abs(local_contrast(image)).mean()
    assert 0.9 < ratio < 1
    assert np.abs(local_contrast(flat)).max() < 0.2


def test_local_contrast_keeps_the_kind_of_float():
    image = load_photographs()["cat"]
    single = local_contrast(image.astype(np.float32))
    assert single.dtype == np.float32
    assert np.abs(single - local_contrast(image)).max() < 1e-4


@pytest.mark.parametrize(
    ("images", "said"),
    [
        (np.zeros((4, 9)), "local_contrast: a neighbourhood is 5 x 5, wanted no larger than the images, 4 x 9"),
        (np.full((9, 9), 200), "local_contrast: images holds 200, wanted numbers from 0 to 1"),
        (-np.ones((9, 9)), "local_contrast: images holds -1, wanted numbers from 0 to 1"),
        (np.zeros(9), r"local_contrast: images is \(9,\), wanted \(\.\.\., H, W\)"),
        (np.full((9, 9), np.nan), r"local_contrast: images holds nan at \[0, 0\], wanted finite numbers"),
    ],
)
def test_local_contrast_refuses_what_is_no_picture(images, said):
    with pytest.raises(ValueError, match=said):
        local_contrast(images)


# Close-ups


def test_a_close_up_of_all_of_it_is_the_patch_or_its_mirror_image():
    patches = np.concatenate([squares()] * 10)
    seen = close_ups(patches, rng(), (1, 1))
    is_same = [np.allclose(one, patch, atol=1e-12) for one, patch in zip(seen, patches, strict=True)]
    is_mirrored = [np.allclose(one, patch[:, ::-1], atol=1e-12) for one, patch in zip(seen, patches, strict=True)]
    assert all(np.logical_xor(is_same, is_mirrored))
    assert 0 < sum(is_same) < len(patches)


def test_a_close_up_by_hand():
    """Half of the side is seen, around the middle: each second pixel is one of the patch, between them are means."""
    patch = rng().random((1, SIDE, SIDE))
    seen = close_ups(patch, rng(), (0.5, 0.5), most=0)[0]
    middle = patch[0, 6:19, 6:19]
    if not np.allclose(seen[::2, ::2], middle):
        middle = middle[:, ::-1]
    assert seen[::2, ::2] == pytest.approx(middle)
    assert seen[1::2, ::2] == pytest.approx((middle[1:] + middle[:-1]) / 2)
    assert seen[1, 1] == pytest.approx(middle[:2, :2].mean())


def test_farther_than_the_edge_is_the_edge_and_a_turn_is_a_turn():
    patch = np.pad(np.ones((1, SIDE - 2, SIDE - 2)), ((0, 0), (1, 1), (1, 1)))
    far = close_ups(patch, rng(), (2, 2), most=0)[0]
    assert not far[:6].any()
    assert far[7:18, 7:18].all()
    bar = np.zeros((1, SIDE, SIDE))
    bar[:, 12] = 1
    degrees = [
        abs(np.degrees(np.arctan(np.polyfit(*np.nonzero(one.T > 0.5), 1)[0])))
        for one in close_ups(np.repeat(bar, 200, axis=0), rng(), (1, 1), degrees=20)
    ]
    assert 18 < max(degrees) < 21.5
    assert 8 < np.mean(degrees) < 12


def test_pieces_stay_within_the_patch_and_nothing_given_changes():
    patches = squares()
    kept = patches.copy()
    first, again = (close_ups(patches, rng(3), (0.45, 0.7)) for _ in range(2))
    assert np.array_equal(first, again)
    assert np.array_equal(patches, kept)
    edge = np.pad(np.full((1, SIDE - 2, SIDE - 2), 0.5), ((0, 0), (1, 1), (1, 1)))
    seen = close_ups(np.repeat(edge, 300, axis=0), rng(), (0.5, 0.5))
    assert (seen == 0.5).all(axis=(1, 2)).any()
    assert (
        seen[:, 2:-2, 2:-2].min() == 0.5
    )  # the border is met at the edge alone, as what is seen never leaves the patch


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"zoom": 0.5}, r"close_ups: zoom is a single number, wanted \(2,\)"),
        ({"zoom": (0.7, 0.4)}, r"close_ups: zoom is \(0.7, 0.4\), wanted \(least, most\), above 0 and in this order"),
        ({"zoom": (0, 1)}, r"close_ups: zoom is \(0, 1\), wanted \(least, most\)"),
        ({"zoom": (1, 1), "degrees": -3}, "close_ups: degrees is -3, wanted a number of at least 0"),
        ({"zoom": (1, 1), "most": -1}, "close_ups: most is -1, wanted a number of at least 0"),
        ({"zoom": (1, 1), "rng": 0}, "close_ups: rng is 0, wanted a numpy.random.Generator"),
        (
            {"zoom": (1, 1), "patches": np.ones((2, 24, 25))},
            r"close_ups: patches is \(2, 24, 25\), wanted \(N, 25, 25\)",
        ),
    ],
)
def test_close_ups_refuses_in_words(how, said):
    with pytest.raises(ValueError, match=said):
        close_ups(**{"patches": squares(), "rng": rng()} | how)


# Batches and windows


def test_a_batch_is_half_faces_and_its_others_are_as_sharp_as_they_were():
    is_face, other = np.full((3, SIDE, SIDE), 1.0), rng().random((5, SIDE, SIDE)) / 2
    patches, labels = face_batch(is_face, other, rng())
    assert labels.tolist() == [1] * 32 + [0] * 32
    assert (patches[:32] == 1).all()
    assert (patches[32:44] == 1).all()  # pieces of faces
    known = {one.tobytes() for one in [*other, *other[:, :, ::-1]]}
    assert {np.ascontiguousarray(one).tobytes() for one in patches[44:]} <= known
    without, _ = face_batch(is_face, other, rng(), pieces=False)
    assert {np.ascontiguousarray(one).tobytes() for one in without[32:]} <= known


def test_faces_that_are_not_varied_are_mirrored_alone():
    patches, _ = face_batch(squares(), squares(), rng(), varied=False)
    near = [min(np.abs(one - two).max() for two in [*squares(), *squares()[:, :, ::-1]]) for one in patches[:32]]
    assert max(near) < 1e-9
    patches, _ = face_batch(squares(), squares(), rng())
    assert not np.allclose(patches[0], squares()[0])


def test_random_windows_are_pieces_of_the_pictures():
    pictures = [rng().random((25, 40)), rng(1).random((30, 26))]
    windows = random_windows(pictures, 50, rng())
    places = {
        (which, row, column)
        for which, picture in enumerate(pictures)
        for row, column in np.ndindex(picture.shape[0] - 24, picture.shape[1] - 24)
        if any(np.array_equal(window, picture[row : row + 25, column : column + 25]) for window in windows)
    }
    assert len({window.tobytes() for window in windows}) == len(places)
    assert {which for which, *_ in places} == {0, 1}
    assert random_windows(pictures, 0, rng()).shape == (0, SIDE, SIDE)
    with pytest.raises(ValueError, match="random_windows: photographs is an empty list"):
        random_windows([], 3, rng())
    with pytest.raises(ValueError, match="a window is 25 x 25, wanted no larger than the photograph, 24 x 30"):
        random_windows([np.ones((24, 30))], 3, rng())


# Faces laid over photographs


def test_a_pasted_face_by_hand():
    photograph, face = np.zeros((60, 70)), rng().random((SIDE, SIDE))
    picture = pasted(photograph, face, 3, 5, SIDE)
    assert np.allclose(picture[3:28, 5:30], face)
    assert picture.sum() == pytest.approx(face.sum())
    assert not photograph.any()
    large = pasted(photograph, face, 11, 21, 49)  # twice as large, from pixel to pixel
    assert np.allclose(large[11:60:2, 21:70:2], face)
    assert large[12, 21] == pytest.approx(face[:2, 0].mean())
    for row, column, side, said in ((12, 0, 49, "row is 12"), (0, 22, 49, "column is 22"), (0, 0, 61, "side is 61")):
        with pytest.raises(ValueError, match=f"pasted: {said}, wanted a whole number from"):
            pasted(photograph, face, row, column, side)


# The net


def test_the_net_has_3462_numbers_to_learn():
    net = face_net(rng())
    assert sum(parameter.value.size for parameter in net.parameters().values()) == 3_462
    assert net.shapes((1, 21, 21)) == [
        *((1, 21, 21), (8, 18, 18), (8, 18, 18), (8, 9, 9), (12, 6, 6), (12, 6, 6), (12, 3, 3)),
        *((108,), (16,), (16,), (2,)),
    ]
    assert net.parameters()["0.weight"].value.dtype == np.float32


def test_a_score_is_one_vote_minus_the_other():
    net = face_net(rng(), np.float64)
    votes = net.forward(local_contrast(squares())[:, np.newaxis])
    assert face_scores(net, squares()) == pytest.approx(votes[:, 1] - votes[:, 0])
    single = face_net(rng())
    assert single.forward(local_contrast(squares())[:, np.newaxis]).dtype == np.float32
    assert face_scores(single, squares()) == pytest.approx(face_scores(net, squares()), abs=1e-4)


def test_known_weights_come_back_and_others_are_refused():
    net = face_net(rng(1), np.float64)
    weights = {STORED_AS[name]: parameter.value.tolist() for name, parameter in net.parameters().items()}
    assert np.array_equal(face_scores(face_net_from(weights), squares()), face_scores(net, squares()))
    with pytest.raises(ValueError, match=r"face_net_from: weights has \[.*\], wanted votes_bias among them"):
        face_net_from({name: array for name, array in weights.items() if name != "votes_bias"})
    with pytest.raises(ValueError, match=r"face_net_from: conv1_bias is \(3,\), wanted \(8,\)"):
        face_net_from(weights | {"conv1_bias": [1, 2, 3]})
    with pytest.raises(ValueError, match="face_net_from: conv1_bias holds text"):
        face_net_from(weights | {"conv1_bias": "few"})


def test_some_steps_tell_faces_from_others_and_a_seed_gives_the_same():
    scores = []
    for _ in range(2):
        net, parts = face_net(rng()), split_faces(0)
        learn_faces(net, parts["faces"], parts["others"], rng(1), steps=60)
        scores.append(face_scores(net, np.concatenate([parts["held-out faces"], parts["held-out others"]])))
    assert np.array_equal(*scores)
    assert (scores[0][:30] > 0).mean() > 0.7
    assert (scores[0][30:] <= 0).mean() > 0.7
    for how, said in (({"steps": 0}, "steps is 0"), ({"rate": 0}, "rate is 0"), ({"pieces": 1}, "pieces is 1")):
        with pytest.raises(ValueError, match=f"{said}, wanted"):
            learn_faces(net, *load_faces(), rng(), **{"steps": 1} | how)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("patches", (30, 29)), ("round 0", (29, 30)), ("round 1", (29, 30)), ("round 2", (29, 30)), ("round 3", (28, 30))],
)
def test_the_stored_nets_tell_held_out_patches_apart(name, wanted):
    net, parts = face_net_from(stored("faces")[name]), split_faces(0)
    faces_right = (face_scores(net, parts["held-out faces"]) > 0).sum()
    others_right = (face_scores(net, parts["held-out others"]) <= 0).sum()
    assert (faces_right, others_right) == wanted


def test_her_face_lies_within_her_photograph():
    row, column, side = HER_FACE
    assert row + side <= SIZES["astronaut"][0]
    assert column + side <= SIZES["astronaut"][1]
