"""Chapter 15's clips: what is drawn, what changes it and what does not, and what is cut out for the networks."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from convnet_core.kitchen import (
    CROP,
    FRAMES,
    GRASPS,
    HEIGHT,
    HOLDS,
    LEVELS,
    MIDDLES,
    THINGS,
    WIDTH,
    Clip,
    crops_of,
    drawn,
    moved,
    noise_of,
    random_clip,
)

RNG = np.random.default_rng
KNIFE, BREAD, NOTHING = ("power", "knife"), ("flat", "bread"), ("rest", "nothing")


def clip(left=BREAD, right=KNIFE, seed=0, **how):
    return random_clip(left, right, RNG(seed), **how)


def same(one, other):
    return all(
        np.array_equal(getattr(hand, field), getattr(twin, field))
        for hand, twin in ((one.left, other.left), (one.right, other.right))
        for field in hand.__dataclass_fields__
    ) and np.array_equal(one.wall, other.wall)


def test_there_are_22_ways_to_hold():
    assert len(set(HOLDS)) == 22
    for grasp in GRASPS:
        for thing in THINGS:
            assert ((grasp, thing) in HOLDS) == ((grasp == "rest") == (thing == "nothing"))


def test_levels_are_harder_one_after_the_other():
    noise, cover = np.transpose(LEVELS)
    assert (np.diff(noise) > 0).all()
    assert (np.diff(cover) > 0).all()


# How a clip looks


def test_the_same_seed_is_the_same_clip():
    assert same(clip(seed=3), clip(seed=3))
    assert not same(clip(seed=3), clip(seed=4))
    assert clip().holds == (BREAD, KNIFE)


@pytest.mark.parametrize("frames", [1, 2, FRAMES])
def test_a_clip_has_as_many_frames_as_are_asked_for(frames):
    made = clip(frames=frames)
    assert drawn(made).shape == noise_of(RNG(0), frames).shape == (frames, HEIGHT, WIDTH)
    assert crops_of(drawn(made), made).shape == (frames, 2, CROP, CROP)


def test_hands_are_where_they_should_be_and_all_of_a_crop_lies_in_the_picture():
    for seed in range(200):
        made = clip(seed=seed, jitter=3)
        for hand, middle in ((made.left, MIDDLES[0]), (made.right, MIDDLES[1])):
            assert (abs(hand.column - middle) <= 2.7).all()
            assert (abs(hand.row - 12) <= 2.4).all()
            for start, room in ((hand.crop_row, HEIGHT), (hand.crop_column, WIDTH)):
                assert start.dtype == int
                assert start.min() >= 0
                assert start.max() <= room - CROP


def test_without_jitter_the_hand_is_in_the_middle_of_its_crop():
    for seed in range(50):
        hand = clip(seed=seed, jitter=0).right
        inside = (hand.crop_column > 0) & (hand.crop_column < WIDTH - CROP)
        off = hand.column - (hand.crop_column + CROP / 2 - 1)
        assert ((off >= 0) & (off < 1))[inside].all()


def test_variety_is_how_far_clips_differ_and_lasts_for_a_clip():
    plain = clip(variety=0).left
    assert (plain.size, plain.thickness, plain.offset.tolist()) == (1, 1, [0, 0])
    assert abs(plain.tilt).max() <= 0.1
    spreads = [
        np.std([[h.size, h.thickness, *h.offset] for h in (clip(seed=s, variety=v).left for s in range(60))], axis=0)
        for v in (0.7, 1.4)
    ]
    assert np.abs(spreads[1] / spreads[0] - 2).max() < 1e-9
    assert np.ptp(clip().left.tilt) <= 0.2  # what moves within a clip is little


# Pictures


def test_pictures_are_grey_and_without_noise_between_black_and_white():
    for seed in range(40):
        pictures = drawn(clip(HOLDS[seed % 22], HOLDS[-1 - seed % 22], seed), cover=0.3)
        assert pictures.min() >= 0
        assert pictures.max() <= 1


def test_noise_light_and_contrast_do_what_they_say():
    made, noise = clip(), 0.2 * noise_of(RNG(1))
    plain = drawn(made)
    assert np.abs(drawn(made, noise=noise) - plain - noise).max() < 1e-12
    assert np.abs(drawn(made, light=-0.15) - plain + 0.15).max() < 1e-12
    assert np.abs(drawn(made, contrast=0.5) - (plain + 0.5) / 2).max() < 1e-12
    assert np.abs(drawn(made, contrast=-1) - (1 - plain)).max() < 1e-12
    assert np.abs(drawn(made, noise=noise, light=0.1, contrast=2) - (2 * plain - 0.5 + 0.1 + noise)).max() < 1e-12


def test_a_cover_hides_more_the_wider_it_is_and_nothing_but_what_lies_behind():
    changed = []
    for seed in range(20):
        made = clip(seed=seed)
        plain, parts = drawn(made), []
        for cover in (0.04, 0.14, 0.3):
            covered = drawn(made, cover)
            differs = abs(covered - plain) > 1e-9
            parts.append(differs.mean())
            for half, hand in ((slice(0, WIDTH // 2), made.left), (slice(WIDTH // 2, WIDTH), made.right)):
                grey, before, after = hand.greys[2], plain[..., half], covered[..., half]
                assert (abs(after - grey) <= abs(before - grey) + 1e-12).all()  # each pixel is nearer to its grey
        changed.append(parts)
    assert (np.diff(changed) >= 0).all()
    assert (np.diff(np.mean(changed, axis=0)) > 0.03).all()
    assert np.array_equal(drawn(clip(), 0), drawn(clip()))


def test_a_bar_drifts_evenly_across():
    drifts = [clip(seed=seed).left.cover_place for seed in range(100)]
    steps = np.diff(drifts, axis=1)
    assert np.ptp(steps, axis=1).max() < 1e-12
    assert abs(steps.mean()) < 0.1
    assert 1 < abs(np.ptp(drifts, axis=1)).mean() < 2
    assert abs(np.mean(drifts, axis=1)).max() <= 4


def test_a_bar_before_one_hand_leaves_the_other_alone():
    made = clip()
    moved = replace(made, left=replace(made.left, cover_place=made.left.cover_place + 2, cover_angle=0.0))
    differs = drawn(made, 0.2) != drawn(moved, 0.2)
    assert differs[..., : WIDTH // 2].any()
    assert not differs[..., WIDTH // 2 :].any()


def ink(grasp, thing, **changes):
    """Where a right hand, or its thing behind an unseen hand, is in the first frame: from 0 to 1 in each pixel."""
    base = clip(NOTHING, NOTHING, variety=0)
    wall, unseen = np.zeros(3), np.array([0.0, 0.0, 0.0])
    still = {"row": np.full(FRAMES, 12.0), "column": np.full(FRAMES, 23.0), "tilt": np.zeros(FRAMES)}
    greys = np.array([1.0, 0.0, 0.0]) if thing != "nothing" else np.array([0.0, 1.0, 0.0])
    right = replace(base.right, grasp=grasp, thing=thing, greys=greys, **still | changes)
    return drawn(Clip(replace(base.left, greys=unseen), right, wall))[0]


def middle_of(ink):
    """(down, to the right) from the middle of the hand."""
    return np.array([(ink * place).sum() / ink.sum() for place in np.mgrid[:HEIGHT, :WIDTH]]) - (12, 23)


def spread_of(ink):
    """How far it reaches, (down, to the right), as a deviation."""
    places = np.moveaxis(np.mgrid[:HEIGHT, :WIDTH], 0, -1) - (12, 23) - middle_of(ink)
    return np.sqrt((ink[..., np.newaxis] * places**2).sum(axis=(0, 1)) / ink.sum())


@pytest.mark.parametrize("size", [0.8, 1.2])
def test_a_hand_grows_both_ways_with_its_size(size):
    designed, drawn_so = ink("rest", "nothing"), ink("rest", "nothing", size=size)
    assert drawn_so.sum() / designed.sum() == pytest.approx(size**2, rel=0.07)
    assert spread_of(drawn_so) / spread_of(designed) == pytest.approx([size, size], rel=0.13)


@pytest.mark.parametrize("tilt", [-0.4, 0.3])
def test_a_hand_turns_by_its_tilt(tilt):
    """What is below the middle goes to the left for a positive one."""
    down, right = middle_of(ink("rest", "nothing", tilt=np.full(FRAMES, tilt)))
    assert np.arctan2(-right, down) == pytest.approx(tilt, abs=0.04)


def test_a_thing_lies_in_the_hand_where_it_should_and_is_as_thick():
    here, there = (middle_of(ink("rest", "lemon", offset=np.array(o))) for o in ((0.0, 0.0), (1.0, -2.0)))
    assert there - here == pytest.approx([-2, 1], abs=0.3)
    assert ink("rest", "cup", thickness=1.2).sum() > 1.1 * ink("rest", "cup").sum()


def test_a_hand_is_drawn_over_its_thing():
    made = clip(BREAD, ("power", "lemon"), variety=0)
    frame, hand = 0, made.right
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    fist = (abs(rows - hand.row[frame] - 1.6) < 0.6) & (abs(columns - hand.column[frame]) < 1.5)
    shown = drawn(made)[frame][fist]
    assert np.isin(np.round(shown, 9), np.round([hand.greys[1], 0.75 * hand.greys[1]], 9)).all()


def test_all_ways_to_hold_look_different():
    """In crops that differ in nothing else."""
    base = clip(NOTHING, NOTHING, variety=0, jitter=0)
    looks = []
    for grasp, thing in HOLDS:
        made = replace(base, right=replace(base.right, grasp=grasp, thing=thing))
        looks.append(crops_of(drawn(made), made)[0, 1])
    for one, other in combinations(range(len(HOLDS)), 2):
        assert abs(looks[one] - looks[other]).sum() > 2, (HOLDS[one], HOLDS[other])


def test_a_left_hand_is_the_mirror_of_a_right_one():
    for seed in range(10):
        made = clip(HOLDS[seed], HOLDS[-1 - seed], seed)
        wall = np.array([0.2, 0.05, 0])  # as dark to the left as to the right
        made = replace(made, wall=wall)
        left, right = (
            replace(hand, column=WIDTH - 1 - hand.column, crop_column=WIDTH - CROP - hand.crop_column)
            for hand in (made.right, made.left)
        )
        mirrored = Clip(left, right, wall)
        assert np.abs(drawn(mirrored) - drawn(made)[..., ::-1]).max() < 1e-12
        assert np.abs(crops_of(drawn(mirrored), mirrored) - crops_of(drawn(made), made)[:, ::-1]).max() < 1e-12


def test_crops_are_cut_where_the_clip_says():
    made = clip()
    pictures = RNG(0).random((FRAMES, HEIGHT, WIDTH))
    cut = crops_of(pictures, made)
    for frame in range(FRAMES):
        for side, hand in enumerate((made.left, made.right)):
            for row, column in ((0, 0), (3, 11), (11, 5)):
                across = CROP - 1 - column if side == 0 else column
                wanted = pictures[frame, hand.crop_row[frame] + row, hand.crop_column[frame] + across]
                assert cut[frame, side, row, column] == wanted


def test_noise_is_normal():
    noise = noise_of(RNG(0), 400).ravel()
    assert abs(noise.mean()) < 0.01
    assert abs(noise.std() - 1) < 0.01
    assert abs((noise**4).mean() - 3) < 0.1
    assert abs((abs(noise) < 1).mean() - 0.6827) < 0.005
    assert np.array_equal(noise_of(RNG(2)), noise_of(RNG(2)))


def test_hands_that_are_moved_are_where_they_are_told_to_be_and_crops_follow():
    made = clip()
    columns, rows = np.linspace([6, 20], [12, 28], FRAMES).T, np.linspace([10, 14], [16, 9], FRAMES).T
    there = moved(made, columns, rows)
    for side, (hand, before) in enumerate(((there.left, made.left), (there.right, made.right))):
        assert np.array_equal(hand.column, columns[side])
        assert np.array_equal(hand.row, rows[side])
        assert np.array_equal(hand.crop_row, np.clip(np.floor(rows[side] - 5), 0, 12))
        assert np.array_equal(hand.crop_column, np.clip(np.floor(columns[side] - 5), 0, 20))
        assert np.array_equal(hand.tilt, before.tilt)
    stays = clip(jitter=0)
    hands = stays.left, stays.right
    assert same(moved(stays, [hand.column for hand in hands], [hand.row for hand in hands]), stays)


# What is refused


def picture(*shape):
    return np.zeros(shape)


NAN = np.full((FRAMES, HEIGHT, WIDTH), np.nan)
BAD = {
    "a hold in one word": (lambda: clip("power knife"), "random_clip: left is 'power knife', wanted 2 words"),
    "a grasp misspelt": (lambda: clip(("fist", "knife")), "random_clip: left is 'fist', wanted 'power' or 'precision'"),
    "a thing misspelt": (lambda: clip(right=("flat", "fork")), "random_clip: right is 'fork', wanted 'knife' or "),
    "at rest with a knife": (
        lambda: clip(("rest", "knife")),
        "random_clip: left is 'rest knife', wanted 'power knife'",
    ),
    "a fist of nothing": (lambda: clip(("power", "nothing")), "random_clip: left is 'power nothing', wanted "),
    "a hold of numbers": (lambda: clip((0, 1)), "random_clip: left is 0, wanted 'power'"),
    "a seed": (lambda: random_clip(BREAD, KNIFE, 0), "random_clip: rng is 0, wanted a numpy.random.Generator"),
    "no frames": (lambda: clip(frames=0), "random_clip: frames is 0, wanted a whole number of at least 1"),
    "half a frame": (lambda: clip(frames=1.5), "random_clip: frames is 1.5, wanted a whole number"),
    "less than no variety": (lambda: clip(variety=-1), "random_clip: variety is -1, wanted a number of at least 0"),
    "jitter that is none": (lambda: clip(jitter=np.nan), "random_clip: jitter holds nan"),
    "noise of no frames": (lambda: noise_of(RNG(0), 0), "noise_of: frames is 0"),
    "noise of a seed": (lambda: noise_of(0), "noise_of: rng is 0"),
    "a cover of all": (lambda: drawn(clip(), 1), "drawn: cover is 1, wanted a number from 0 to below 1"),
    "a cover in pixels": (lambda: drawn(clip(), 3), "drawn: cover is 3"),
    "noise of another size": (
        lambda: drawn(clip(), noise=picture(24, 32)),
        "drawn: noise is (24, 32), wanted (8, 24, 32)",
    ),
    "noise of fewer frames": (
        lambda: drawn(clip(), noise=picture(1, 24, 32)),
        "drawn: noise is (1, 24, 32), wanted (8,",
    ),
    "noise that is none": (lambda: drawn(clip(), noise=NAN), "drawn: noise holds nan at [0, 0, 0]"),
    "light for each pixel": (
        lambda: drawn(clip(), light=picture(24, 32)),
        "drawn: light is (24, 32), wanted one number",
    ),
    "contrast in words": (lambda: drawn(clip(), contrast="half"), "drawn: contrast holds text"),
    "one picture": (lambda: crops_of(picture(24, 32), clip()), "crops_of: pictures is (24, 32), wanted (8, 24, 32)"),
    "turned pictures": (
        lambda: crops_of(picture(8, 32, 24), clip()),
        "crops_of: pictures is (8, 32, 24), wanted (8, 24",
    ),
    "pictures of another clip": (lambda: crops_of(picture(2, 24, 32), clip()), "crops_of: pictures is (2, 24, 32)"),
    "one place for both hands": (
        lambda: moved(clip(), np.zeros(8), np.zeros((2, 8))),
        "moved: columns is (8,), wanted (2, 8)",
    ),
    "places of other frames": (
        lambda: moved(clip(), np.zeros((2, 8)), np.zeros((2, 7))),
        "moved: rows is (2, 7), wanted (2, 8)",
    ),
    "a place that is none": (lambda: moved(clip(), NAN[:2, 0, :8], np.zeros((2, 8))), "moved: columns holds nan"),
    "a drawing of no clip": (lambda: drawn(picture(8, 24, 32)), "drawn: clip is array("),
    "a move of no clip": (
        lambda: moved(None, np.zeros((2, 8)), np.zeros((2, 8))),
        "moved: clip is None, wanted a Clip",
    ),
    "crops of no clip": (lambda: crops_of(picture(8, 24, 32), "clip"), "crops_of: clip is 'clip', wanted a Clip"),
    "pictures with NaN": (lambda: crops_of(NAN, clip()), "crops_of: pictures holds nan at [0, 0, 0]"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_can_not_be_drawn_is_refused_in_words(name):
    call, said = BAD[name]
    with pytest.raises(ValueError, match="wanted") as refusal:
        call()
    assert str(refusal.value).startswith(said)
