"""The tables of chapter 12's experiments: some of it is run again, all of it is there, and the sentences hold."""

import numpy as np
import pytest

from convnet_core.faces import HER_FACE, face_net_from, load_photographs, split_faces
from convnet_core.labs.kit.stored import stored
from convnet_core.scanning import AGREE, find_faces, overlap, pyramid, scan
from tools import faces_experiments as tool
from tools.experiments import FILE, SEEDS
from tools.faces_weights import from_patches, taught, without_faces

EXPERIMENTS = stored("faces", FILE)
NETS = ["patches", *(f"round {turn}" for turn in range(4))]
OUR_LAST = "round 3"
LOST = np.inf  # as a rank


def column(table, name):
    return np.array(EXPERIMENTS[table][name])


def ranks(table, name):
    return np.array([LOST if rank is None else rank for rank in EXPERIMENTS[table][name]])


def found(table, name):
    """Totals, where a lost face has none."""
    return np.array([total or 0 for total in EXPERIMENTS[table][name]])


def mean(table, name):
    return column(table, name).mean()


def test_every_seed_is_in_every_table():
    assert list(EXPERIMENTS) == list(tool.TABLES)
    assert {len(runs) for table in EXPERIMENTS.values() for runs in table.values()} == {SEEDS}
    assert {name.partition(":")[0] for name in EXPERIMENTS["without"]} == set(tool.WITHOUT)
    assert {name.partition(":")[0] for name in EXPERIMENTS["curve"]} == set(NETS)


# Run again


def test_the_yardsticks_are_what_the_tool_finds():
    for seed in range(SEEDS):
        for name, count in (tool.by_nearest(split_faces(seed)) | tool.by_roughness(split_faces(seed))).items():
            assert EXPERIMENTS["rounds"][name][seed] == count, name


def test_the_stored_nets_are_those_of_the_first_seed():
    """Rounded to three decimals, they count as many patches and boxes, or nearly."""
    parts = split_faces(0)
    for net in NETS:
        for name, value in tool.asked(face_net_from(stored("faces")[net]), parts).items():
            kept = EXPERIMENTS["rounds"][f"{net}: {name}"][0]
            assert value is kept is None or value == pytest.approx(kept, rel=0.03, abs=1), f"{net}: {name}"


def test_what_breaks_it_is_what_the_tool_finds(monkeypatch):
    last = face_net_from(stored("faces")[OUR_LAST])
    monkeypatch.setattr(tool, "nets", lambda seed: {OUR_LAST: (last, 0)})
    for name, value in tool.broken(0).items():
        kept = EXPERIMENTS["broken"][name][0]
        assert value is kept is None or value == pytest.approx(kept, rel=0.03, abs=0.5), name


def test_some_points_of_the_curve_are_what_the_tool_finds():
    last, faces = face_net_from(stored("faces")[OUR_LAST]), split_faces(0)["held-out faces"]
    told, right = tool.told_and_right(last, faces, 0)
    for threshold in (0, 5, 10, 30):  # the cat has a box near 20, in half of the pictures: a last bit may decide there
        for values, name in ((told, "told"), (right, "right")):
            kept = EXPERIMENTS["curve"][f"{OUR_LAST}: {name} above {threshold}"][0]
            assert (values > threshold).sum() == pytest.approx(kept, rel=0.03, abs=1), name


@pytest.mark.sweep
def test_a_net_from_patches_alone_is_what_the_tool_finds():
    for name, value in tool.asked(from_patches(split_faces(2), 2), split_faces(2)).items():
        kept = EXPERIMENTS["rounds"][f"patches: {name}"][2]
        near = pytest.approx(kept, rel=0.1, abs=2) if kept is not None else None
        assert value == near, name


@pytest.mark.sweep
def test_the_first_round_is_what_the_tool_finds():
    network, others = next(taught(split_faces(1), 1))
    assert others == EXPERIMENTS["rounds"]["round 0: others learned from"][1]
    for name, value in tool.asked(network, split_faces(1)).items():
        kept = EXPERIMENTS["rounds"][f"round 0: {name}"][1]
        near = pytest.approx(kept, rel=0.2, abs=3) if kept is not None else None
        assert value == near, name


# What the tool does


def test_blurring_is_a_mean_and_edges_are_kept():
    picture = np.zeros((7, 7))
    picture[3, 3] = 9
    assert tool.blurred(picture, 3)[2:5, 2:5] == pytest.approx(np.ones((3, 3)))
    assert tool.blurred(picture, 3).sum() == pytest.approx(9)
    assert tool.blurred(np.full((4, 5), 0.3), 5) == pytest.approx(np.full((4, 5), 0.3))


def test_where_her_face_is_told_after_a_change():
    photographs = tool.changes()
    as_it_is, _ = photographs["as it is"]
    for name in ("mirrored", "moved by 3"):
        photograph, (row, column, side) = photographs[name]
        face = photograph[row : row + side, column : column + side]
        top, left, _ = HER_FACE
        wanted = as_it_is[top : top + side, left : left + side]
        assert np.array_equal(face, wanted[:, ::-1] if name == "mirrored" else wanted)


def test_a_place_and_what_is_beside_it_by_hand():
    boxes = np.array([[0, 0, 40], HER_FACE, [200, 200, 30]], float)
    values = np.array([9.0, 5.126, 1])
    assert tool.place_of(HER_FACE, (values, boxes)) == (5.13, 2)
    assert tool.place_of(HER_FACE, (values[:1], boxes[:1])) == (None, None)
    assert tool.best_other((values, boxes)) == 9
    assert tool.best_other((values[1:2], boxes[1:2])) == 0


def test_his_face_is_where_it_is_told():
    """The camera man's profile, by eye; the last nets find it there."""
    values, boxes = find_faces(face_net_from(stored("faces")[OUR_LAST]), load_photographs()["camera"])
    assert overlap(boxes, tool.HIS_FACE)[0] >= 0.5
    assert len(values) > 1


# Why 100 % was not enough


def test_patches_alone_say_next_to_nothing():
    assert (column("rounds", "patches: faces") == 30).all()
    assert (column("rounds", "patches: others") >= 27).all()
    assert mean("rounds", "patches: windows") / 8006 == pytest.approx(0.40, abs=0.01)
    assert (ranks("rounds", "patches: her rank by scores") >= 9).all()
    assert (ranks("rounds", "patches: her rank by totals") >= 5).all()


def test_one_number_does_as_well_on_the_patches_and_on_the_windows():
    right = column("rounds", "roughness: faces") + column("rounds", "roughness: others")
    assert abs(right.mean() - (column("rounds", "patches: faces") + column("rounds", "patches: others")).mean()) < 0.5
    assert mean("rounds", "roughness: windows") / 8006 == pytest.approx(0.40, abs=0.01)
    assert mean("rounds", "nearest: faces") < 27


# What the rounds are worth


def test_each_round_takes_fewer_windows_for_faces():
    windows = [mean("rounds", f"{net}: windows") for net in NETS]
    assert windows == sorted(windows, reverse=True)
    assert windows[0] > 3000
    assert 290 < windows[1] < 320
    assert windows[4] < 70
    for photograph in ("astronaut", "cat", "rocket"):
        boxes = [mean("rounds", f"{net}: {photograph}, scores above 0") for net in NETS]
        assert boxes == sorted(boxes, reverse=True), photograph


def test_her_face_is_first_by_totals_from_the_first_round_on_and_not_always_by_scores():
    for net in NETS[1:]:
        assert (ranks("rounds", f"{net}: her rank by totals") == 1).all()
    by_scores = [ranks("rounds", f"{net}: her rank by scores") for net in NETS[1:]]
    assert [(one > 1).sum() for one in by_scores] == [1, 1, 0, 1]
    assert np.isinf(by_scores[1][4])


def test_totals_set_her_face_apart_in_the_last_round():
    ahead = {
        name: column("rounds", f"round 3: her {name}") / column("rounds", f"round 3: next {name}")
        for name in ("scores", "totals")
    }
    assert (ahead["totals"] > 1.6).all()
    assert ahead["totals"].mean() > ahead["scores"].mean() > 1
    assert column("rounds", "round 3: astronaut, totals above 20").tolist() == [1, 1, 0, 0, 0]
    assert column("rounds", "round 3: cat, totals above 20").sum() == 1
    assert column("rounds", "round 3: rocket, totals above 20").sum() == 0


def test_other_seeds_agree():
    """The recipe was chosen with seeds 0 to 4 in view; these are 5 to 9."""
    assert (ranks("fresh", "round 3: her rank by totals") == 1).all()
    assert (column("fresh", "round 3: her totals") > 1.9 * column("fresh", "round 3: next totals")).all()
    assert (ranks("fresh", "patches: her rank by totals") >= 7).all()
    assert mean("fresh", "patches: windows") / 8006 == pytest.approx(0.40, abs=0.01)
    assert 60 < mean("fresh", "round 3: windows") < 90
    assert column("fresh", "round 3: astronaut, totals above 20").sum() == 3
    for photograph in ("cat", "rocket"):
        assert not column("fresh", f"round 3: {photograph}, totals above 20").any()


def test_what_the_rounds_cost():
    """Some faces: of 30 held out, the net from patches had all."""
    faces = [mean("rounds", f"{net}: faces") for net in NETS]
    assert faces[0] == 30
    assert 28 <= faces[-1] <= 28.5
    for turn in (1, 2, 3):
        assert (column("rounds", f"round {turn}: others") == 30).all()


# At which threshold


def shares(net, threshold):
    """Recall, precision and false alarms a photograph, of all seeds together."""
    told, right = (column("curve", f"{net}: {name} above {threshold}").sum() for name in ("told", "right"))
    photographs = 60 * SEEDS
    return right / photographs, right / told, (told - right) / photographs


def test_the_curve_rises_with_the_rounds():
    assert shares("patches", 0)[1] < 0.02
    assert shares("patches", 0)[2] > 60
    recall, precision, alarms = shares(OUR_LAST, 0)
    assert (recall, precision) == pytest.approx((0.96, 0.25), abs=0.01)
    assert 2.8 < alarms < 3
    assert shares(OUR_LAST, 5)[:2] == pytest.approx((0.87, 0.70), abs=0.01)
    assert shares(OUR_LAST, 20)[:2] == pytest.approx((0.59, 0.91), abs=0.01)
    for threshold in (0, 2, 5, 10):
        precision = [shares(net, threshold)[1] for net in NETS]
        assert precision == sorted(precision), threshold


def test_a_higher_threshold_finds_fewer():
    for net in NETS:
        for name in ("told", "right"):
            counts = [column("curve", f"{net}: {name} above {threshold}") for threshold in tool.THRESHOLDS]
            assert all((after <= before).all() for before, after in zip(counts, counts[1:], strict=False))
            assert (counts[0] <= 60).all() or name == "told"


# What it can't do without


def test_without_pieces_half_her_face_wins():
    assert sorted(ranks("without", "pieces: her rank by totals")) == [1, 1, 1, 5, 11]
    assert (column("without", "pieces: next totals") > column("rounds", "round 3: next totals")).all()
    assert (column("without", "pieces: astronaut, totals above 20") >= 4).all()


def test_without_turns_and_zooms_it_knows_seventy_faces_by_heart():
    assert mean("without", "turns and zooms: faces") < 25
    assert (column("without", "turns and zooms: windows") <= 8).all()
    assert np.isinf(ranks("without", "turns and zooms: her rank by totals")).sum() == 2
    assert (found("without", "turns and zooms: her totals") < 10).all()


def test_the_first_windows_are_no_matter():
    """So much for the recipe: three rounds of false alarms do without the 1,500 windows at random."""
    assert (ranks("without", "first windows: her rank by totals") == 1).all()
    ours, theirs = (
        column(*name) for name in (("rounds", "round 3: her totals"), ("without", "first windows: her totals"))
    )
    assert theirs.mean() > ours.mean()
    assert abs(mean("without", "first windows: faces") - mean("rounds", "round 3: faces")) < 0.5


def test_windows_at_random_do_less_than_false_alarms():
    """As many rounds and steps, and more windows: 720 in each round."""
    more = column("without", "false alarms: others learned from")
    assert (more > column("rounds", "round 3: others learned from")).all()
    for name in ("windows", "astronaut, scores above 0", "cat, scores above 0", "rocket, scores above 0"):
        assert mean("without", f"false alarms: {name}") > 1.9 * mean("rounds", f"round 3: {name}"), name
        assert mean("without", f"false alarms: {name}") < mean("rounds", f"round 0: {name}"), name
    assert (column("without", "false alarms: windows") >= 180).all()
    assert (column("without", "false alarms: astronaut, totals above 20") >= 4).all()
    assert sorted(ranks("without", "false alarms: her rank by totals")) == [1, 1, 1, 1, 4]
    assert mean("without", "false alarms: faces") > mean("rounds", "round 3: faces")


# What breaks it


def test_turned_a_little_she_is_first_and_turned_much_she_is_lost():
    for degrees in (5, 15, 20):
        assert (ranks("broken", f"turned by {degrees}: rank") == 1).all()
    assert (ranks("broken", "turned by 10: rank") <= 3).all()
    assert (found("broken", "turned by 20") > 18).all()
    assert (ranks("broken", "turned by 30: rank") == 1).sum() == 1
    assert (found("broken", "turned by 45") < 3).all()
    assert np.isinf(ranks("broken", "turned by 90: rank")).all()
    assert (found("broken", "turned by 180") < 13).all()
    assert (found("broken", "turned by 180") > 0).all()


def test_light():
    assert (found("broken", "inverted") < 2).all()
    assert np.isinf(ranks("broken", "a tenth as bright: rank")).all()
    ratio = column("broken", "a half as bright") / column("broken", "as it is")
    assert ((ratio > 0.3) & (ratio < 0.6)).all()
    assert (ranks("broken", "a half as bright: rank") <= 2).all()
    assert (ranks("broken", "twice as bright: rank") == 1).sum() == 1


def test_mirrored_and_blurred():
    assert (ranks("broken", "mirrored: rank") == 1).all()
    assert (ranks("broken", "blurred by 3: rank") == 1).all()
    assert (found("broken", "blurred by 9") < 5).all()


def test_moved_by_some_pixels_she_may_be_lost():
    """The windows stand four pixels apart: moved by four, most of them see what they saw; moved by two, others."""
    assert (ranks("broken", "moved by 4: rank") == 1).all()
    assert np.isinf(ranks("broken", "moved by 2: rank")).sum() == 1
    assert (ranks("broken", "moved by 2: rank") > 1).sum() == 4


# What the chapter says beside its tables


def test_of_the_windows_called_a_face_in_the_last_round_some_are_hers():
    scores, boxes = scan(face_net_from(stored("faces")["round 3"]), pyramid(load_photographs()["astronaut"]))
    assert ((scores > 0) & (overlap(boxes, HER_FACE) >= AGREE)).sum() == 11


def test_after_round_0_it_is_right_on_97_in_100_windows_of_the_photographs_it_learns_from():
    network, levels = face_net_from(stored("faces")["round 0"]), [pyramid(one) for one in without_faces()]
    scores = np.concatenate([scan(network, level)[0] for level in levels])
    assert len(scores) == 76_490
    assert (scores <= 0).mean() == pytest.approx(0.97, abs=0.002)


def test_half_way_between_the_kinds_one_number_is_right_on_57_to_60_of_60():
    right = []
    for seed in range(10):
        parts = split_faces(seed)
        faces, others = tool.roughness(parts["faces"]), tool.roughness(parts["others"])
        limit = (faces.min() + others.max()) / 2
        found = (tool.roughness(parts[f"held-out {kind}"]) > limit for kind in ("faces", "others"))
        right.append(sum((says == is_face).sum() for says, is_face in zip(found, (True, False), strict=True)))
    assert (min(right), max(right)) == (57, 60)
