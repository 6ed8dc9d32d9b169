"""The labs' arithmetic and convnet_core's give the same numbers and the same text.

The former, the modules of `mirror/`, runs in a real browser. Hypothesis makes the inputs. Each example is a
whole list of cases, so that one call into the page serves many of them.
"""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convnet_core import convolution, filtering, pictures, pooling, printing, relu
from convnet_core.labs.filtering.lab import FilteringLab
from convnet_core.labs.kit import joiner
from tests.labpage import write_lab_page

# Each after those that it needs; the networks have a test of their own (test_network.py).
MIRROR = ["matrix", "printing", "filtering", "convolution", "windows", "pooling", "relu", "photograph", "pictures"]
EXACT = 1e-12  # relative to the numbers that are added up

whole = st.integers(-9, 9).map(float)
fraction = st.floats(-9, 9, allow_subnormal=False)
ninths = st.integers(-81, 81).map(lambda number: number / 9)
values = whole | fraction | ninths

few = settings(max_examples=25)


@pytest.fixture(scope="module")
def ops(browser, tmp_path_factory):
    """`ops(body, cases)`: what the JavaScript `body` answers for each of `cases`, with the functions in scope."""
    page = browser.new_page()
    page.goto(write_lab_page(tmp_path_factory.mktemp("parity"), FilteringLab()))
    page.add_script_tag(content=joiner.static_script([f"mirror/{name}" for name in MIRROR]))

    modules = f"Object.assign({{}}, ...{MIRROR}.map((name) => window.convnetLabs['mirror/' + name]))"
    names = ", ".join(page.evaluate(f"Object.keys({modules})"))

    def run(body, cases):
        # As text, that Playwright need not wrap every number; JSON has no -0 and is told it by a word.
        answers = page.evaluate(
            f"""(cases) => {{
              const {{ {names} }} = {modules};
              const told = (_, value) => (Object.is(value, -0) ? "minus zero" : value);
              return JSON.stringify(JSON.parse(cases).map((at) => {body}), told);
            }}""",
            json.dumps(cases),
        )
        return with_minus_zeros(json.loads(answers))

    yield run
    page.close()


def with_minus_zeros(answer):
    if isinstance(answer, list):
        return [with_minus_zeros(part) for part in answer]
    return -0.0 if answer == "minus zero" else answer


def matrices(rows, columns, numbers=values):
    """Matrices as nested lists; `rows` and `columns` are (least, most)."""
    sizes = st.tuples(st.integers(*rows), st.integers(*columns))
    return sizes.flatmap(lambda size: matrix(*size, numbers))


def matrix(rows, columns, numbers=values):
    line = st.lists(numbers, min_size=columns, max_size=columns)
    return st.lists(line, min_size=rows, max_size=rows)


def many(case):
    return st.lists(case, min_size=1, max_size=12)


def near(answers, wanted, sizes=None):
    """Every answer is `wanted`, in shape and to 1e-12 of `sizes`, the numbers that went into it (at least 1)."""
    sizes = sizes or [1.0] * len(wanted)
    for answer, truth, size in zip(answers, wanted, sizes, strict=True):
        assert np.shape(answer) == np.shape(truth)
        assert np.abs(np.asarray(answer) - truth).max() <= EXACT * max(1.0, size)


# Printing: the same text, to the last character.

NASTY = [
    0.0, -0.0, 0.29, 1.005, -0.001, -0.005, 0.57, 1.15, 2.675, 1 / 3, -1 / 3, 7 / 9, 5 / 9, -5 / 9, 1 / 9, -1 / 9,
    0.1 + 0.2, sum([1 / 9] * 9), 1 - 1e-13, 1 + 1e-13, 0.009999999, 0.00999999999, 0.995, 0.9999999, 99.999, 100.0,
    10.0, 10.1, 1e-9, 1e-300, 5e-324, -5e-324, 2.2250738585072014e-308, 1e7, 4999999.995, 123456789.01, 1e12, -1e12,
    1e12 - 0.01, 999999999999.99, 8.0 / 81, math.pi, -math.e, 2**-40, 3.999999999999, 4 - 1e-14,
]  # fmt: skip

hundredths = st.integers(-(10**6), 10**6).map(lambda number: number / 100)
# Just inside and just outside of the leeway around a whole hundredth, where a cut is touchy.
touchy = st.builds(
    lambda number, off: (number + off) / 100,
    st.integers(-(10**5), 10**5),
    st.sampled_from([1e-9, -1e-9, 0.9e-9, -1.1e-9, 1e-12, -1e-12, 1e-7, -1e-7]),
)
neighbours = st.builds(math.nextafter, hundredths, st.sampled_from([1e9, -1e9]))
printable = st.floats(-1e12, 1e12) | st.floats(-10, 10) | ninths | hundredths | touchy | neighbours


@pytest.mark.parametrize("name", ["truncated", "plain"])
def test_nasty_numbers_print_the_same(ops, name):
    texts = [f"{value!r} is {getattr(printing, name)(value)}" for value in NASTY]
    assert [f"{value!r} is {text}" for value, text in zip(NASTY, ops(f"{name}(at)", NASTY), strict=True)] == texts


@pytest.mark.parametrize("name", ["truncated", "plain"])
@given(numbers=st.lists(printable, min_size=20, max_size=200))
@few
def test_numbers_print_the_same(ops, name, numbers):
    assert ops(f"{name}(at)", numbers) == [getattr(printing, name)(number) for number in numbers]


@given(cases=many(st.tuples(matrix(9, 9), matrix(3, 3))))
@few
def test_maps_print_the_same(ops, cases):
    """A cell whose last digit hangs on how a sum was rounded would differ here."""
    printed = [printing.as_printed(convolution.feature_map(*case)) for case in cases]
    assert ops("featureMap(...at).map(row => row.map(truncated))", cases) == printed


# One patch.


@given(cases=many(matrices((1, 6), (1, 6)).flatmap(lambda m: st.tuples(st.just(m), matrix(len(m), len(m[0]))))))
@few
def test_products_total_and_match(ops, cases):
    parts = [filtering.products(*case) for case in cases]
    assert ops("products(...at)", cases) == [part.tolist() for part in parts]
    sizes = [np.abs(part).sum() for part in parts]
    near(ops("total(products(...at))", cases), [part.sum() for part in parts], sizes)
    near(ops("match(...at)", cases), [filtering.match(*case) for case in cases], sizes)
    assert ops("count(at[0])", cases) == [part.size for part in parts]


@given(cases=many(matrices((1, 7), (1, 7))))
@few
def test_flip(ops, cases):
    assert ops("flip(at)", cases) == [convolution.flip(case).tolist() for case in cases]


@given(cases=many(st.tuples(matrices((1, 6), (1, 6)), st.integers(0, 3))))
@few
def test_pad(ops, cases):
    assert ops("pad(...at)", cases) == [convolution.zero_pad(*case).tolist() for case in cases]


@given(data=st.data())
@few
def test_patch_at(ops, data):
    image = data.draw(matrices((1, 9), (1, 9)))
    height, width = data.draw(st.integers(1, len(image))), data.draw(st.integers(1, len(image[0])))
    places = [(r, c) for r in range(len(image) - height + 1) for c in range(len(image[0]) - width + 1)]
    patches = [filtering.patch_at(image, (height, width), *place).tolist() for place in places]
    assert ops(f"patchAt(at[0], at[1], at[2], {height}, {width})", [[image, *place] for place in places]) == patches


# Whole pictures.


def test_output_size(ops):
    """Every size, window, stride and padding that a lab can have, and more."""
    cases = [
        (size, window, stride, padding)
        for size in range(1, 13)
        for window in range(1, 8)
        for stride in range(1, 5)
        for padding in range(4)
        if window <= size + 2 * padding
    ]
    assert ops("outputSize(...at)", cases) == [convolution.output_size(*case) for case in cases]


@st.composite
def convolutions(draw):
    """An image, a kernel that fits into it once it is padded, and the options of a convolution."""
    padding = draw(st.integers(0, 2))
    image = draw(matrices((1, 9), (1, 9)))
    kernel = draw(matrices((1, min(5, len(image) + 2 * padding)), (1, min(5, len(image[0]) + 2 * padding))))
    divisor = draw(st.sampled_from([1, len(kernel) * len(kernel[0]), 2.5]))
    options = {"stride": draw(st.integers(1, 3)), "padding": padding, "divisor": divisor, "bias": draw(values)}
    return image, kernel, options


def convolved(image, kernel, options):
    image, kernel = np.array(image), np.array(kernel)
    sums = convolution.conv2d(image[None], kernel[None, None], stride=options["stride"], padding=options["padding"])[0]
    return sums / options["divisor"] + options["bias"]


@given(cases=many(convolutions()))
@few
def test_convolve(ops, cases):
    sizes = [np.abs(image).max() * np.abs(kernel).sum() for image, kernel, _ in cases]
    near(ops("convolve(...at)", cases), [convolved(*case) for case in cases], sizes)


@given(cases=many(st.tuples(matrix(9, 9), matrix(3, 3))))
@few
def test_feature_map(ops, cases):
    sizes = [np.abs(image).max() * np.abs(feature).sum() for image, feature in cases]
    near(ops("featureMap(...at)", cases), [convolution.feature_map(*case) for case in cases], sizes)


def test_feature_map_of_the_slides_is_exact(ops):
    """Sums of whole numbers have no float error, so nothing may differ at all."""
    presets = FilteringLab.presets
    cases = [[image.tolist(), f.tolist()] for image in presets["image"].values() for f in presets["feature"].values()]
    assert ops("featureMap(...at)", cases) == [convolution.feature_map(*case).tolist() for case in cases]


@st.composite
def photographs(draw):
    """Grey values, a square kernel of odd size, and what is done with the sum."""
    pixels = draw(matrices((1, 8), (1, 8), st.integers(0, 255).map(float)))
    side = draw(st.sampled_from([1, 3, 5]))
    kernel = draw(matrix(side, side, st.integers(-15, 15).map(float) | fraction))
    return pixels, kernel, draw(st.sampled_from([1.0, 9.0, 0.5, -3.0])), draw(st.sampled_from([0.0, 128.0, -7.5]))


def filtered(pixels, kernel, divisor, offset):
    """What filterPhotograph should give: numpy repeats the edge, conv2d does the rest."""
    reach = len(kernel) // 2
    padded = np.pad(np.array(pixels), reach, mode="edge")
    return convolution.conv2d(padded[None], np.array(kernel)[None, None])[0] / divisor + offset


@given(cases=many(photographs()))
@few
def test_filter_photograph(ops, cases):
    body = """((pixels, kernel, divisor, offset) => {
      const [height, width] = [pixels.length, pixels[0].length];
      const out = new Float64Array(height * width).fill(7);
      filterPhotograph(Float64Array.from(pixels.flat()), height, width, kernel, divisor, offset, out);
      return pixels.map((row, r) => [...out.slice(r * width, (r + 1) * width)]);
    })(...at)"""
    sizes = [255 * np.abs(kernel).sum() / abs(divisor) + abs(offset) for _, kernel, divisor, offset in cases]
    near(ops(body, cases), [filtered(*case) for case in cases], sizes)


# Pooling and ReLU.


@st.composite
def poolings(draw):
    """A map, and pooling as a lab has it."""
    options = {
        "kind": draw(st.sampled_from(["max", "average"])),
        "window": draw(st.integers(1, 4)),
        "stride": draw(st.integers(1, 5)),
        "edge": draw(st.sampled_from(["kept", "dropped", "padded"])),
    }
    return draw(matrices((4, 9), (4, 9))), options


def in_python(options):
    """The same settings as convnet_core names them."""
    is_padded = options["edge"] == "padded"
    padding = options["window"] // 2 if is_padded else 0
    return (options["window"], options["stride"], padding), {"ceil_mode": options["edge"] == "kept"}


@given(cases=many(poolings()))
@few
def test_pool(ops, cases):
    functions = {"max": pooling.max_pool2d, "average": pooling.avg_pool2d}
    wanted = []
    for map_, options in cases:
        arguments, mode = in_python(options)
        wanted.append(functions[options["kind"]](map_, *arguments, **mode))
    near(ops("pool(...at)", cases), wanted, [16 * np.abs(map_).max() for map_, _ in cases])


def test_pooled_size(ops):
    """Every size and setting that a lab can have, and more."""
    cases = [
        (size, {"window": window, "stride": stride, "edge": edge})
        for size in range(4, 12)
        for window in range(1, 5)
        for stride in range(1, 7)
        for edge in ("kept", "dropped", "padded")
    ]
    wanted = []
    for size, options in cases:
        arguments, mode = in_python(options)
        wanted.append(pooling.pooled_size(size, *arguments, **mode))
    assert ops("pooledSize(...at)", cases) == wanted


@given(cases=many(st.tuples(values, fraction, fraction)))
@few
def test_bend(ops, cases):
    assert ops("bend(...at)", cases) == [float(relu.bend(*case)) for case in cases]
    assert ops("Object.is(bend(...at), -0)", cases) == [False] * len(cases)


@given(cases=many(matrices((1, 7), (1, 7))))
@few
def test_relu(ops, cases):
    assert ops("relu(at)", cases) == [relu.relu(case).tolist() for case in cases]


# The trickier cases, to the pixel.

pixels = matrices((2, 9), (2, 9), st.sampled_from([-1.0, 1.0]))


@given(cases=many(st.tuples(pixels, st.integers(-10, 10), st.integers(-10, 10))))
@few
def test_shift(ops, cases):
    assert ops("shift(...at)", cases) == [pictures.shift(*case).tolist() for case in cases]


@pytest.mark.parametrize("letter", [pictures.X, pictures.TRICKIER_X, pictures.O], ids=["X", "trickier X", "O"])
def test_every_turn_and_every_size(ops, letter):
    """All whole degrees and percents: no rounding of a sine may flip a pixel."""
    turns = [(letter.tolist(), degrees) for degrees in range(-180, 181)]
    assert ops("rotate(...at)", turns) == [pictures.rotate(*case).tolist() for case in turns]
    sizes = [(letter.tolist(), percent / 100) for percent in range(10, 301)]
    assert ops("scale(...at)", sizes) == [pictures.scale(*case).tolist() for case in sizes]


@given(cases=many(pixels))
@few
def test_thicken_and_thin(ops, cases):
    assert ops("thicken(at)", cases) == [pictures.thicken(case).tolist() for case in cases]
    assert ops("thin(at)", cases) == [pictures.thin(case).tolist() for case in cases]


@given(cases=many(st.tuples(matrix(5, 6, st.sampled_from([-1.0, 1.0])), st.lists(st.integers(0, 29), max_size=8))))
@few
def test_flip_pixels_and_mismatches(ops, cases):
    flipped = [pictures.flip_pixels(*case) for case in cases]
    assert ops("flipPixels(...at)", cases) == [case.tolist() for case in flipped]
    places = [np.argwhere(pictures.mismatches(image, other)) for (image, _), other in zip(cases, flipped, strict=True)]
    found = ops("convnetLabs['kit/cells'].changedCells(at[0], flipPixels(...at))", cases)
    assert found == [place.tolist() for place in places]
