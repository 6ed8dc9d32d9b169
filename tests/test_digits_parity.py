"""The arithmetic of the digits lab and convnet_core's: the same digits, numbers of every layer, and looks at them."""

import base64
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core.digits import FILE, LEARNED, SIDE, centred, load_digits
from convnet_core.labs.digits.lab import DEPTHS, DigitsLab, book_weights
from convnet_core.labs.kit.stored import packed
from convnet_core.looking import climb, fool, most_exciting, occlusion, patch_of, slope

EXACT = 1e-9
few = settings(max_examples=15)
STAGES = {name: depth - 1 for name, depth in DEPTHS.items() if name != "votes"}  # a place among the page's layers


@pytest.fixture(scope="module")
def javascript(page_with):
    """`javascript(body, given)`: what the JavaScript `body` makes of it, with the modules' functions in scope."""
    page = page_with("digits/jobs")
    modules = ["mirror/digits", "mirror/looking", "mirror/training", "digits/brain", "digits/jobs"]
    names = ", ".join(
        page.evaluate(f"Object.keys(Object.assign({{}}, ...{modules}.map((n) => window.convnetLabs[n])))")
    )

    def run(body, given):
        script = f"""(given) => {{
          const {{ {names} }} = Object.assign({{}}, ...{modules}.map((name) => window.convnetLabs[name]));
          given = JSON.parse(given);
          const plain = (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
          const brain = given.weights && new Brain(unpackedWeights(given.weights));
          const picture = given.picture && Float64Array.from(given.picture);
          return JSON.stringify((() => {{ {body} }})(), plain);
        }}"""
        return json.loads(page.evaluate(script, json.dumps(given)))

    return run


@pytest.fixture(scope="module")
def lab():
    return DigitsLab()


def asked(picture, **more):
    return {"weights": packed(book_weights().values()), "picture": np.ravel(picture).tolist(), **more}


def one_of(which):
    """A held-out digit with a little noise, so that no two pixels are alike."""
    noise = np.random.default_rng(which).random((SIDE, SIDE))
    return load_digits()[0][LEARNED + which] * 0.9 + 0.1 * noise


def near(answer, wanted):
    wanted = np.asarray(wanted)
    assert np.size(answer) == wanted.size
    assert np.abs(np.reshape(answer, wanted.shape) - wanted).max() <= EXACT * max(1, np.abs(wanted).max())


def test_the_page_unpacks_the_same_digits(javascript):
    images, labels = load_digits()
    file = base64.b64encode(FILE.read_bytes()).decode()
    body = """
    const digits = unpackedDigits(Uint8Array.from(atob(given.file), (letter) => letter.charCodeAt(0)));
    const ink = digits.levels.reduce((sum, level) => sum + level, 0);
    return [digits.labels, given.which.map((which) => digitOf(digits, which)), ink];
    """
    which = [0, 1, 777, LEARNED, len(labels) - 1]
    found, pictures, ink = javascript(body, {"file": file, "which": which})
    assert found == labels.tolist()
    assert np.array_equal(np.reshape(pictures, (-1, SIDE, SIDE)), images[which])
    assert ink == np.rint(images * 15).sum()


def test_half_a_file_is_refused(javascript):
    body = "try { unpackedDigits(new Uint8Array(6000)); return 'taken'; } catch (problem) { return problem.message; }"
    assert javascript(body, {}) == "the digits hold 0 pixels, wanted 3920000"


def test_the_page_unpacks_the_same_weights(javascript):
    wanted = np.concatenate([np.ravel(values) for values in book_weights().values()])
    assert np.array_equal(javascript("return unpackedWeights(given.weights);", asked([])), wanted)


strokes = st.lists(
    st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1), st.sampled_from([0.0667, 0.5, 1])), max_size=40
)


@given(sheets=st.lists(strokes, min_size=1, max_size=8))
@few
def test_a_drawing_is_centred_alike(javascript, sheets):
    drawings = np.zeros((len(sheets), SIDE, SIDE))
    for drawing, dots in zip(drawings, sheets, strict=True):
        for row, column, ink in dots:
            drawing[row, column] = ink
    found = javascript(
        "return given.drawings.map((one) => centred(one).picture);", {"drawings": drawings.reshape(-1, 784).tolist()}
    )
    near(found, [centred(drawing) for drawing in drawings])


def test_a_digit_of_mnist_is_centred_already(javascript):
    """Most come out as they went in: one that does not is moved by a pixel, where the middle lies between two."""
    images = load_digits()[0][LEARNED : LEARNED + 200]
    body = "return given.drawings.map((one) => centred(one).picture);"
    found = np.reshape(javascript(body, {"drawings": images.reshape(-1, 784).tolist()}), images.shape)
    near(found, [centred(image) for image in images])
    assert np.mean([np.allclose(*pair) for pair in zip(found, images, strict=True)]) > 0.8


@pytest.mark.parametrize("which", [0, 3, 8])
def test_every_layer_is_the_same(javascript, lab, which):
    lab.drawing = one_of(which)
    body = "const { layers, shares, said } = brain.answer(picture); return [layers, shares, said];"
    layers, shares, said = javascript(body, asked(lab.centred))
    for name, values in lab.maps.items():
        near(layers[name], values)
    near(shares, lab.shares)
    assert said == lab.answer


@pytest.mark.parametrize(("size", "stride", "grey"), [(6, 2, 0.5), (3, 5, 0), (12, 4, 1)])
def test_the_square_walks_alike(javascript, lab, size, stride, grey):
    given = asked(one_of(1), label=4, square={"size": size, "stride": stride, "grey": grey})
    found = javascript("return [...occlusion(brain.net, picture, given.label, given.square)];", given)
    near(found, occlusion(lab.network, one_of(1)[np.newaxis], 4, size, stride, grey))


@pytest.mark.parametrize("label", [0, 7, 9])
def test_slopes_are_the_same(javascript, lab, label):
    found = javascript("return slope(brain.net, picture, given.label);", asked(one_of(2), label=label))
    near(found, slope(lab.network, one_of(2)[np.newaxis], label))


def thick_ink():
    """A broad bar in full ink, as pens and typed pixels make one: many numbers of a map are equal but for last bits."""
    sheet = np.zeros((SIDE, SIDE))
    sheet[4:24, 9:19] = 1
    sheet[8:12, 12:15] = 0.3
    return centred(sheet)


@pytest.mark.parametrize("label", [0, 3, 8])
def test_slopes_in_thick_ink_hang_on_no_last_bit(javascript, lab, label):
    picture = thick_ink()
    found = javascript("return slope(brain.net, picture, given.label);", asked(picture, label=label))
    wanted = slope(lab.network, picture[np.newaxis], label)
    near(found, wanted)
    for seed in range(3):
        last_bits = 1 + 1e-15 * np.random.default_rng(seed).normal(size=picture.shape)
        near(slope(lab.network, (picture * last_bits)[np.newaxis], label), wanted)


def test_thick_ink_is_fooled_by_the_same_steps(javascript, lab):
    body = "return [...fool(brain.net, picture, given.wanted, 0.1)];"
    found = javascript(body, asked(thick_ink(), wanted=3))
    wanted = fool(lab.network, thick_ink()[np.newaxis], 3)
    assert len(found) == len(wanted) > 3
    near(found, wanted)


def test_the_net_is_fooled_by_the_same_steps(javascript, lab):
    body = "return [...fool(brain.net, picture, given.wanted, 0.1)];"
    found = javascript(body, asked(one_of(0), wanted=3))
    wanted = fool(lab.network, one_of(0)[np.newaxis], 3)
    assert len(found) == len(wanted) > 3
    near(found, wanted)


@pytest.mark.parametrize(("stage", "feature"), [("conv1", 2), ("conv2", 5), ("votes", 8)])
def test_a_picture_grows_alike(javascript, lab, stage, feature):
    body = """
    const { layer, at } = middleOf(STAGES.find(({ key }) => key === given.stage), given.feature);
    const steps = climb(brain.net, picture, layer, at, 0.5);
    const found = Array.from({ length: 13 }, () => steps.next().value);
    return [found.at(-1).picture, found.map(({ number }) => number)];
    """
    start = np.random.default_rng(0).random((SIDE, SIDE)) * 0.2
    picture, numbers = javascript(body, asked(start, stage=stage, feature=feature))
    depth, side = (DEPTHS[stage], 0) if stage == "votes" else (DEPTHS[stage] - 1, 28 if stage == "conv1" else 14)
    place = (feature, side // 2, side // 2) if side else (feature,)
    wanted, on_the_way = climb(lab.network, start[np.newaxis], depth, place, 0.5, 12)
    near(picture, wanted)
    near(numbers, on_the_way)


@pytest.mark.parametrize("stage", STAGES)
def test_a_number_sees_the_same_pixels(javascript, lab, stage):
    side = lab.maps[stage].shape[-1]
    places = [(0, 0), (side // 2, side - 1), (side - 1, 2)]
    found = javascript(
        "return given.places.map((at) => patchOf(given.layer, ...at));", {"places": places, "layer": STAGES[stage]}
    )
    image = np.arange(1.0, 785).reshape(SIDE, SIDE)
    room = np.pad(image, SIDE)
    for (row, column), box in zip(places, found, strict=True):
        top, left = box["row"] + SIDE, box["column"] + SIDE
        seen = room[top : top + box["height"], left : left + box["width"]]
        assert np.array_equal(seen, patch_of(lab.network, image[np.newaxis], DEPTHS[stage], row, column)[0])


def test_the_nine_that_excite_most_are_the_same(javascript, lab):
    """Over 300 of the digits: the page looks through 4,000."""
    images = load_digits()[0][:300]
    body = """
    const levels = Uint8Array.from(given.levels);
    const digits = { levels, labels: new Uint8Array(levels.length / 784) };
    const reports = [...JOBS.excite(digits, { weights: brain.weights, first: given.count })];
    return reports.filter(Boolean).at(-1).best;
    """
    best = javascript(body, asked([], levels=np.rint(images * 15).astype(int).ravel().tolist(), count=300))
    for stage in ("conv1", "conv2"):
        side = lab.maps[stage].shape[-1]
        for feature in (0, 5):
            wanted = most_exciting(lab.network, images[:, np.newaxis], DEPTHS[stage], feature)
            found = [(one["which"], *divmod(one["at"], side)) for one in best[stage][feature]]
            assert found == [tuple(place) for _, *place in wanted]
            near([one["number"] for one in best[stage][feature]], [number for number, *_ in wanted])
