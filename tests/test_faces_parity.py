"""The arithmetic of the faces lab and convnet_core's: contrasts, close-ups, windows, boxes, lessons."""

from functools import partial

import numpy as np
import pytest

from convnet_core import faces, scanning
from convnet_core.backprop import Adam
from convnet_core.faces import SIDE, STORED_AS, load_faces, load_photographs, split_faces
from convnet_core.labs.faces.changes import changed
from convnet_core.labs.faces.lab import FacesLab, book_nets, material
from convnet_core.labs.kit.stored import packed
from convnet_core.resizing import averaged
from tests import parity
from tests.parity import in_the_page

EXACT = 1e-9
near = partial(parity.near, exact=EXACT)
MODULES = [
    *("mirror/adam", "mirror/faces", "mirror/resizing", "mirror/scanning", "mirror/seeded", "mirror/training"),
    *("mirror/fast_network", "mirror/network", "faces/changed", "faces/derived", "faces/jobs"),
]
RNG = np.random.default_rng


HELPERS = """
  const drain = (steps) => {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  };
"""


@pytest.fixture(scope="module")
def javascript(page_with):
    """`javascript(body, **given)`: what the JavaScript `body` makes of it, with the modules' functions in scope."""
    return in_the_page(page_with("faces/lab"), MODULES, HELPERS)


def told(picture):
    """A picture as the page has it."""
    return {"height": picture.shape[0], "width": picture.shape[1], "pixels": np.ravel(picture).tolist()}


def flat(net):
    return np.concatenate([np.ravel(book_nets()[net][part]) for part in STORED_AS.values()]).tolist()


def some_picture(height, width, seed=0):
    return RNG(seed).random((height, width))


# Pictures.


@pytest.mark.parametrize(("size", "to"), [((30, 41), (25, 33)), ((7, 5), (7, 5)), ((9, 26), (1, 8)), ((4, 4), (9, 3))])
def test_a_picture_gets_smaller_alike(javascript, size, to):
    picture = some_picture(*size)
    found = javascript(
        "return averaged(given.picture.pixels, given.size, given.to);", picture=told(picture), size=size, to=to
    )
    near(found, averaged(picture, *to))


def test_contrasts_are_the_same(javascript):
    for picture in (some_picture(31, 26), np.full((9, 8), 0.3), load_faces()[0][0]):
        found = javascript("return localContrast(given.picture);", picture=told(picture))
        wanted = faces.local_contrast(picture)
        assert (found["height"], found["width"]) == wanted.shape
        near(found["pixels"], wanted)


def test_close_ups_are_the_same(javascript):
    """With the numbers that `close_ups` draws, in its order."""
    patches = load_faces()[0][:40]
    for zoom, degrees, most in [((0.89, 1.12), 10, 2), ((0.45, 0.7), 0.0, None)]:
        rng, count = RNG(3), (40, 1, 1)
        share, angle = rng.uniform(*zoom, count), np.radians(rng.uniform(-degrees, degrees, count))
        down, right = rng.uniform(-1, 1, (2, *count)) * ((1 - share) * 12 if most is None else most)
        mirror = rng.choice([-1, 1], count)
        how = [
            dict(zip(("share", "angle", "down", "right", "mirror"), map(float, one), strict=True))
            for one in zip(*(np.ravel(part) for part in (share, angle, down, right, mirror)), strict=True)
        ]
        body = "return given.patches.map((patch, at) => closeUp(patch, given.how[at]));"
        found = javascript(body, patches=patches.reshape(-1, 625).tolist(), how=how)
        near(found, faces.close_ups(patches, RNG(3), zoom, degrees, most))


def test_a_face_is_laid_over_alike(javascript):
    picture, face = some_picture(60, 70), load_faces()[0][5]
    body = "return pasted(given.picture, given.face, 9, 20, 44).pixels;"
    found = javascript(body, picture=told(picture), face=np.ravel(face).tolist())
    near(found, faces.pasted(picture, face, 9, 20, 44))


@pytest.mark.parametrize(
    "how",
    [
        {"turn": 0, "mirrored": False, "inverted": False, "dark": 0},
        {"turn": 17, "mirrored": True, "inverted": False, "dark": 0.3},
        {"turn": -90, "mirrored": False, "inverted": True, "dark": 0},
        {"turn": 180, "mirrored": True, "inverted": True, "dark": 0.95},
    ],
)
@pytest.mark.parametrize("size", [(20, 31), (1, 3), (1, 1)])
def test_a_photograph_is_changed_alike(javascript, how, size):
    greys = RNG(1).integers(0, 256, size)
    found = javascript("return changed(given.picture, given.how).pixels;", picture=told(greys), how=how)
    near(found, changed(greys / 255, **how))


def test_a_turned_face_is_where_it_has_gone():
    """The corner that is bright, of a picture turned by a quarter clockwise, and mirrored then."""
    picture = np.zeros((20, 20))
    picture[2:6, 10:14] = 1
    assert changed(picture, turn=90)[10:14, 14:18].min() > 0.99
    assert changed(picture, turn=90, mirrored=True)[10:14, 2:6].min() > 0.99


def test_the_page_knows_where_a_turned_face_has_gone(javascript):
    body = "return movedBox([2, 10, 4], { height: 20, width: 20 }, { turn: 90, mirrored: given.mirrored });"
    near(javascript(body, mirrored=False), [10, 14, 4])
    near(javascript(body, mirrored=True), [10, 2, 4])


# The net, and where it looks.


def test_the_page_unpacks_the_same_weights(javascript):
    for name, net in book_nets().items():
        text = packed(net[part] for part in STORED_AS.values())
        assert javascript("return unpackedWeights(given.text);", text=text) == flat(name)


@pytest.mark.parametrize("net", ["patches", "round 3"])
def test_all_windows_of_all_sizes_have_the_same_scores(javascript, net):
    photograph = load_photographs()["text"]
    body = """
    const levels = pyramid(given.picture);
    const maps = levels.map((level) => drain(scoreMap(given.weights, level)));
    return [levels, maps, facesOf(maps, levels)];
    """
    levels, maps, found = javascript(body, picture=told(photograph), weights=flat(net))
    wanted = scanning.pyramid(photograph)
    assert [level["by"] for level in levels] == [by for by, _ in wanted]
    for level, found_map, (_, picture) in zip(levels, maps, wanted, strict=True):
        near(level["pixels"], picture)
        scores = scanning.score_map(faces.face_net_from(book_nets()[net]), picture)
        assert (level["rows"], level["columns"]) == scores.shape
        near(found_map, scores)
    scores, boxes = scanning.scan(faces.face_net_from(book_nets()[net]), wanted)
    near(found["scores"], scores[scores > 0])
    near(found["boxes"], boxes[scores > 0])


@pytest.mark.parametrize("size", [(25, 25), (24, 256), (26, 37), (61, 90)])
def test_sizes_are_rounded_alike(javascript, size):
    sizes = javascript("return sizesOf(given);", height=size[0], width=size[1])
    wanted = scanning.pyramid(some_picture(*size))
    assert [(one["height"], one["width"]) for one in sizes] == [picture.shape for _, picture in wanted]


def random_boxes(count, seed):
    rng = RNG(seed)
    boxes = np.column_stack([rng.integers(0, 60, (count, 2)), rng.choice([25, 31.25, 50], count)])
    return rng.random(count), boxes.astype(float)


@pytest.mark.parametrize("count", [0, 1, 60])
def test_boxes_are_weighed_and_sorted_out_alike(javascript, count):
    scores, boxes = random_boxes(count, count)
    found = {"scores": scores.tolist(), "boxes": boxes.tolist()}
    body = "return [totals(given.found), suppress(given.found), suppress(given.found, 0.6, 7), told(given.found)];"
    sums, kept, few, best = javascript(body, found=found)
    near(sums, scanning.totals(scores, boxes))
    assert kept == scanning.suppress(scores, boxes)
    assert few == scanning.suppress(scores, boxes, 0.6, 7)
    near(best["scores"], scores[kept])
    if count:
        near(
            javascript("return given.boxes.map((box) => overlap(box, given.boxes[0]));", **found),
            scanning.overlap(boxes, boxes[0]),
        )


def test_false_alarms_are_the_same(javascript):
    """The page's windows start where Python's do: with the numbers that it draws."""
    photograph, rng = load_photographs()["page"], RNG(4)
    shifts = [
        int(rng.integers(min(scanning.STRIDE, side - SIDE + 1)))
        for _, picture in scanning.pyramid(photograph)
        for side in picture.shape
    ]
    body = "return drain(falseAlarms(given.weights, given.picture, () => given.shifts.shift()));"
    found = javascript(body, picture=told(photograph), weights=flat("patches"), shifts=shifts)
    wanted = scanning.false_alarms(faces.face_net_from(book_nets()["patches"]), photograph, RNG(4))
    assert len(found) == len(wanted) > 20
    near(found, wanted)


@pytest.mark.parametrize("seed", range(4))
def test_precision_and_recall_are_the_same(javascript, seed):
    rng = RNG(seed)
    found, right = rng.integers(1, 12, 30).astype(float), rng.random(30) < 0.4
    points = javascript(
        "return precisionRecall(given.found, given.right, 17);", found=found.tolist(), right=right.tolist()
    )
    wanted = zip(*scanning.precision_recall(found, right, 17), strict=True)
    for point, numbers in zip(points, wanted, strict=True):
        near([point[name] for name in ("threshold", "precision", "recall")], numbers)


def test_a_window_and_its_maps_are_the_same(javascript):
    lab = FacesLab(net="round 3", row=80, column=200, size=1)
    body = """
    const at = pointedAt({ size: 1, row: 80, column: 200 }, given.picture);
    return windowOf(given.picture, at, given.weights);
    """
    found = javascript(body, picture=told(lab.shown), weights=flat("round 3"))
    near(found["pixels"], lab.window)
    near(found["contrast"], lab.contrast)
    for name in ("conv1", "conv2", "votes"):
        near(found[name], lab.maps[name])
    near(found["score"], lab.score)


# Learning.


def test_adam_takes_the_same_steps(javascript):
    rng = RNG(0)
    start, gradients = rng.normal(size=7), rng.normal(size=(5, 7))
    body = """
    const parameter = { value: Float64Array.from(given.start), gradient: new Float64Array(7) };
    const adam = new Adam([parameter], 0.01);
    for (const gradient of given.gradients) {
      parameter.gradient.set(gradient);
      adam.step();
    }
    return parameter.value;
    """
    found = javascript(body, start=start.tolist(), gradients=gradients.tolist())

    class Parameter:
        value, gradient = start.copy(), None

    adam = Adam({"it": Parameter}, 0.01)
    for gradient in gradients:
        Parameter.gradient = gradient
        adam.step()
    near(found, Parameter.value)


def test_what_is_held_out_is_what_the_nets_have_not_learned_from():
    parts, (yes, no) = split_faces(0), load_faces()
    for name, patches in (("faces", yes), ("others", no)):
        kept = patches[material()["heldOut"][name]]
        wanted = parts[f"held-out {name}"]
        assert len(kept) == len(wanted) == 30
        assert {one.tobytes() for one in kept} == {one.tobytes() for one in wanted}


def test_a_batch_is_half_faces(javascript):
    body = """
    const [dark, bright] = [0, 1].map((start) => Float64Array.from({ length: 625 }, (_, k) => start + k / 1000));
    const batch = new Float64Array(64 * 441);
    putFaceBatch([dark], [bright], mulberry(1), batch);
    return [Array.from(LABELS), batch];
    """
    labels, batch = javascript(body)
    assert labels == [1] * 32 + [0] * 32
    assert np.isfinite(batch).all()
    assert np.ptp(np.reshape(batch, (64, -1)), axis=1).min() > 0


@pytest.mark.in_turn("engine", 2)
@pytest.mark.parametrize("engine", ["WebAssembly", "JavaScript"])
def test_a_lesson_teaches_what_it_teaches_in_python(javascript, engine):
    """Fewer steps than in the lab, from the net of the patches and its false alarms on one photograph."""
    parts = split_faces(0)
    alarms = scanning.false_alarms(faces.face_net_from(book_nets()["patches"]), load_photographs()["coffee"], RNG(0))
    body = """
    const about = [PATCH_NET, shapeOf({ height: 21, width: 21 }), BATCH];
    const net = given.engine === "JavaScript" ? new Network(...about) : fastNetwork(...about);
    start(net, given.weights, 0);
    const [adam, random, batch] = [new Adam(net.parameters(), 0.002), mulberry(1), new Float64Array(64 * 441)];
    const losses = [];
    for (let step = 0; step < 120; step++) {
      putFaceBatch(given.faces, given.others, random, batch);
      losses.push(net.lossAndGradients(batch, LABELS, BATCH));
      adam.rate = 0.002 * (1 - step / 120);
      adam.step();
    }
    return [net.runsIn, losses, net.parameters().map(({ value }) => Array.from(value))];
    """
    others = np.concatenate([parts["others"], alarms, alarms])
    given = {"faces": parts["faces"].reshape(-1, 625).tolist(), "others": others.reshape(-1, 625).tolist()}
    runs_in, losses, learned = javascript(body, weights=flat("patches"), engine=engine, **given)
    assert runs_in == engine
    assert np.mean(losses[-20:]) < 0.5 * np.mean(losses[:10])
    weights = {
        name: np.reshape(part, book_nets()["patches"][name].shape)
        for name, part in zip(STORED_AS.values(), learned, strict=True)
    }
    page, python = faces.face_net_from(weights), faces.face_net_from(book_nets()["patches"])
    faces.learn_faces(python, parts["faces"], others, RNG(1), steps=120)
    for net in (page, python):
        assert (faces.face_scores(net, parts["held-out faces"]) > 0).mean() >= 0.8
        assert (faces.face_scores(net, alarms) > 0).mean() <= 0.25
