"""The page's small numpy beside numpy itself: programs that hypothesis makes up, and the table of what it has."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convnet_core.page_python import small_numpy
from convnet_core.page_python.table import PAGE, table
from convnet_core.page_python.table import written as written_table


def words(text):
    """One of the words of a text."""
    return st.sampled_from(text.split())


# An array takes its numbers from a row of these, from a place and by steps that are drawn: quicker than drawing each.
NUMBERS = {
    "float": [
        0.0,
        1.0,
        -2.5,
        0.25,
        3.75,
        -0.0,
        1 / 3,
        2.0,
        -2.675,
        1e-5,
        -1.0,
        1234.5,
        4.0,
        math.nan,
        0.5,
        1e9,
        math.inf,
    ],
    "int": [0, 1, -3, 7, 2, 12, -9, 5, -1, 4, 10],
    "bool": [True, False, False, True, True, True, False],
}
SHAPES = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple) | st.lists(
    st.integers(0, 3), min_size=1, max_size=4
).map(tuple)


def written(values, shape):
    """Numbers as nested lists, written as Python."""
    if not shape:
        return repr(values[0]).replace("inf", "np.inf").replace("nan", "np.nan")
    step = math.prod(shape[1:])
    rows = [written(values[row * step : (row + 1) * step] or [0], shape[1:]) for row in range(shape[0])]
    return "[" + ", ".join(rows) + "]"


@st.composite
def arrays(draw, shapes=SHAPES, kinds=("float", "int", "bool")):
    shape, kind = draw(shapes), draw(st.sampled_from(kinds))
    count, row, first, step = math.prod(shape), NUMBERS[kind], draw(st.integers(0, 16)), draw(st.integers(0, 3))
    values = [row[(first + place * step) % len(row)] for place in range(count)]
    return (
        f"np.array({written(values, shape)}, dtype={kind}).reshape({shape})" if count else f"np.zeros({shape}, {kind})"
    )


@st.composite
def slices(draw):
    ends = st.none() | st.integers(-4, 5)
    step = draw(st.sampled_from(["", ":2", ":-1", ":1", ":3", ":-2"]))
    first, last = draw(ends), draw(ends)
    return f"{'' if first is None else first}:{'' if last is None else last}{step}"


LISTS = st.lists(st.integers(-3, 3), min_size=1, max_size=3).map(repr) | st.sampled_from(
    ["[[0, 1], [1, 0]]", "[True, False]"]
)
PARTS = st.integers(-3, 3).map(str) | slices() | st.sampled_from(["None", "...", "0", ":"]) | LISTS
KEYS = st.lists(PARTS, min_size=1, max_size=4).map(", ".join) | st.sampled_from(["a > 0", "m", "1.5", "()", "a == a"])
AXES = st.sampled_from(
    ["", "axis=0", "axis=1", "axis=-1", "axis=2", "axis=(0, 1)", "axis=0, keepdims=True", "keepdims=True"]
)
SMALL = st.integers(-2, 3).map(str)
REDUCTIONS = words("sum mean max min any all argmax argmin prod std var")
ELEMENTWISE = words(
    "abs negative sign square sqrt exp log tanh floor ceil trunc rint isnan isfinite logical_not sin cos"
)
PAIRWISE = words(
    "maximum minimum add subtract multiply divide floor_divide remainder equal less logical_and logical_or power"
)
SIGNS = words("+ - * / // % < <= > >= == != & | ^ @")
JOINS = words("concatenate stack vstack hstack column_stack")
OTHERS = words("a b 2 0.5 -1 True 0 [1,2,3] 3")


def line(template, **parts):
    """A line of a program with its gaps filled in."""
    return st.fixed_dictionaries(parts).map(lambda filled: template.format(**filled))


LINES = st.one_of(
    line("a {sign} {other}", sign=SIGNS, other=OTHERS),
    line("{other} {sign} a", sign=SIGNS, other=st.sampled_from(["2", "b", "0.5"])),
    line("a[{key}]", key=KEYS),
    line("a[{key}]", key=KEYS),
    line("a[{key}] = {value}", key=KEYS, value=OTHERS),
    line("a {sign}= {other}", sign=st.sampled_from("+-*"), other=words("a b 2 0.5 True")),
    line("a[{key}] += 1", key=KEYS),
    line("a.{name}({axis})", name=REDUCTIONS, axis=AXES),
    line("np.{name}(a)", name=ELEMENTWISE),
    line("np.{name}(a, {other})", name=PAIRWISE, other=OTHERS),
    line("np.{name}([a, {other}])", name=JOINS, other=st.sampled_from(["a", "b"])),
    line("np.{name}([a, b], axis={axis})", name=st.sampled_from(["concatenate", "stack"]), axis=SMALL),
    line("a.reshape({shape})", shape=st.sampled_from(["-1", "2, -1", "(1, -1)", "3", "(2, 3)", "-1, 1", "(4, 1, -1)"])),
    st.sampled_from(
        ["a.T", "a.ravel()", "a.flatten()", "a.copy()", "~a", "-a", "a.size", "a.ndim", "len(a)", "abs(a)"]
    ),
    line("a.transpose({axes})", axes=st.sampled_from(["1, 0", "(0, 2, 1)", "2, 0, 1", "0", "0, 0"])),
    line("np.{name}(a, {one}, {other})", name=st.sampled_from(["moveaxis", "swapaxes"]), one=SMALL, other=SMALL),
    line("np.where(a > 0, a, {other})", other=OTHERS),
    line("np.where(m, {one}, {other})", one=OTHERS, other=OTHERS),
    line("np.clip(a, {low}, {high})", low=SMALL, high=st.sampled_from(["1", "2.5"])),
    line("np.pad(a, {width})", width=st.sampled_from(["1", "(1, 2)", "((0, 1), (2, 0))", "((1, 1),)"])),
    line("np.roll(a, {by}{axis})", by=SMALL, axis=st.sampled_from(["", ", axis=0", ", axis=-1", ", axis=1"])),
    line("np.repeat(a, 2{axis})", axis=st.sampled_from(["", ", axis=0", ", axis=1"])),
    line(
        "np.{name}(a{axis})", name=st.sampled_from(["cumsum", "flip", "diff"]), axis=st.sampled_from(["", ", axis=0"])
    ),
    line(
        "np.{name}(a)",
        name=words("sort unique argwhere nonzero flatnonzero median squeeze tril rot90"),
    ),
    line("np.expand_dims(a, {axis})", axis=SMALL),
    line("np.{name}(a, b)", name=words("array_equal allclose isclose dot outer matmul")),
    line("a.astype({kind})", kind=st.sampled_from(["int", "float", "bool", "np.float32", "np.float64"])),
    line("np.round(a + 0, {digits})", digits=st.sampled_from("0123")),
    line("np.full_like(a, {value})", value=st.sampled_from(["2", "0.5", "True"])),
    line("[row for row in a]"),
    line("bool(a)"),
    line("float('1') in a"),
)


@st.composite
def programs(draw):
    """Arrays a, b and a mask m, and two lines that work on them."""
    shape = draw(SHAPES)
    other = draw(st.just(shape) | st.just(shape[-1:]) | SHAPES)
    made = draw(arrays(st.just(shape))), draw(arrays(st.just(other))), draw(arrays(st.just(shape), ("bool",)))
    first, second = draw(LINES), draw(LINES)
    start = "\n".join(f"{name} = {value}" for name, value in zip("abm", made, strict=True))
    return f"{start}\n{as_statement(first)}\n{as_statement(second)}\n"


def as_statement(text):
    """An assignment as it is; what an expression gives becomes `a` for the next line."""
    try:
        compile(text, "", "eval")
    except SyntaxError:
        return text
    return f"a = {text}\nif not isinstance(a, list | tuple): a = np.atleast_1d(a)"


def run(program, numpy):
    """What is in `a` at the end, or the error."""
    space = {"np": numpy}
    with np.errstate(all="ignore"):
        try:
            exec(program, space)
        except Exception as problem:
            return problem
    return space["a"]


SAME_WORDS = ("index", "shape", "broadcast", "axis", "dimension", "indices", "reshape", "concatenat", "mismatch")


def told(value):
    """A result as what is compared: kind, shape, values and texts."""
    if isinstance(value, tuple | list):
        return ["list", [told(each) for each in value]]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray | small_numpy.ndarray):
        return ["array", str(value.dtype), value.shape, value.tolist(), str(value), repr(value)]
    return ["one", type(value).__name__, (), value, "", ""]  # from `bool(a)` or a list


def check_alike(program):
    theirs, ours = run(program, np), run(program, small_numpy)
    if isinstance(theirs, Exception) or isinstance(ours, Exception):
        kinds = [kind.__name__ for kind in type(theirs).__mro__]
        assert isinstance(theirs, Exception), f"{program}\nnumpy: {theirs!r}, here {ours!r}"
        assume("int() argument" not in str(theirs))  # a list put into one place of an array of ints
        assert type(ours).__name__ in kinds, f"{program}\nnumpy: {theirs!r}, here {ours!r}"
        if any(word in str(theirs) for word in SAME_WORDS) and "[True, False]" not in program:
            assert str(ours) == str(theirs), program
        return
    assume(getattr(theirs, "dtype", None) not in (np.float16, np.int8))  # numpy's for functions of True and False
    check_results(told(theirs), told(ours), program)


def check_results(theirs, ours, program):
    if theirs[0] == ours[0] == "list":
        assert len(theirs[1]) == len(ours[1]), program
        for one, other in zip(theirs[1], ours[1], strict=True):
            check_results(one, other, program)
        return
    assume("int" not in ours[1] or all(abs(value) < 2**62 for value in np.ravel(ours[3])))  # here ints have no limit
    assert theirs[:3] == ours[:3], program
    close = 1e-6 if "32" in theirs[1] else 1e-11
    assert np.allclose(np.array(ours[3]), np.array(theirs[3]), rtol=close, atol=1e-12, equal_nan=True), program
    if repr(theirs[3]) == repr(ours[3]):  # else the last digits of a sum differ
        assert theirs[4:] == ours[4:], program


@pytest.mark.filterwarnings("ignore:Mean of empty slice", "ignore:Degrees of freedom")
@settings(max_examples=150, derandomize=True)
@given(programs())
def test_it_does_what_numpy_does(program):
    check_alike(program)


def test_the_table_lists_what_it_has_and_numpy_has_all_of_it():
    assert PAGE.read_text(encoding="utf-8") == written_table(), "python -m convnet_core.page_python.table"
    listed = table()
    for name in listed.pop("an array"):
        assert hasattr(np.ndarray, name), name
    for name in listed.pop("`np.random.default_rng(0)`"):
        assert hasattr(np.random.Generator, name), name
    for names in listed.values():
        for name in names:
            assert hasattr(np, name), name


@pytest.mark.parametrize("seed", [0, 7, 2**40 + 3, 2**140])
def test_random_numbers_are_numpys(seed):
    theirs, ours = np.random.default_rng(seed), small_numpy.random.default_rng(seed)
    for draw in (
        lambda rng: rng.random((2, 3)),
        lambda rng: rng.integers(5, size=7),
        lambda rng: rng.integers(-3, 900, size=3),
        lambda rng: rng.permutation(20),
        lambda rng: rng.permutation([[1, 2], [3, 4], [5, 6]]),
        lambda rng: rng.uniform(-2, 3, 4),
        lambda rng: rng.choice([3, 5, 8], 4),
        lambda rng: rng.random(),
    ):
        assert np.array_equal(draw(theirs), np.array(told(draw(ours))[3]))
    many = ours.normal(1, 2, 2000).tolist()  # enough for the tail, which one of 3000 comes from
    np.testing.assert_allclose(many, theirs.normal(1, 2, 2000), rtol=1e-13, atol=1e-13)
    values, shuffled = np.arange(9), small_numpy.arange(9)
    theirs.shuffle(values)
    ours.shuffle(shuffled)
    assert shuffled.tolist() == values.tolist()


PRINTED = [
    "np.arange(100) / 7",
    "np.arange(1200).reshape(3, 400)",
    "np.ones((40, 50)) / 3",
    "np.array([1e-7, 1, 123456.789])",
    "np.array([1e300, -1e-300, 0])",
    "np.array([[np.nan, -np.inf], [1.5, 2]])",
    "np.array([1e20, np.inf])",
    "np.array(list('XOX'))",
    "np.array(['a', 'longer'])",
    "np.zeros((0, 3))",
    "np.zeros(0, int)",
    "np.array([[True], [False]])",
    "np.float32([0.1, 1 / 3, 16777216])",
    "np.array([0.1, 0.25], dtype=np.float32)",
    "np.array(2.5)",
    "np.array([None, 1, 'a'])",
    "np.ones((2, 2, 2, 2)) / 8",
    "np.arange(-5, 5)[:, None] * np.ones(30, int)",
    "np.array([123456789, -1])",
    "np.array([0.123456785, 99999999.5])",
    "np.uint8([1, 200])",
    "np.array([2.5e-5, 3.25e-5])",
    "np.array([-0.0, 0.0])",
]


@pytest.mark.parametrize("text", PRINTED)
def test_it_prints_as_numpy_does(text):
    ours, theirs = eval(text, {"np": small_numpy}), eval(text, {"np": np})
    assert (str(ours), repr(ours), str(ours.dtype)) == (str(theirs), repr(theirs), str(theirs.dtype))


def test_how_it_prints_can_be_set():
    for numpy in (np, small_numpy):
        with numpy.printoptions(precision=2, suppress=True):
            assert str(numpy.array([1e-5, 1 / 3, 2000.5])) == "[   0.      0.33 2000.5 ]"
        assert str(numpy.array([1 / 3])) == "[0.33333333]"
    with pytest.raises(TypeError, match="not in this page's small numpy; run the notebook"):
        small_numpy.set_printoptions(formatter={})


MORE = [
    "np.linspace(0, 1, 5)",
    "np.linspace(0, 3, 4, endpoint=False)",
    "np.arange(1, 2, 0.25)",
    "np.eye(2, 3)",
    "np.indices((2, 3))",
    "list(np.ndindex(2, 2))",
    "list(np.ndenumerate(np.eye(2)))",
    "np.tile([1, 2], 3)",
    "np.tile([[1], [2]], (2, 2))",
    "np.tensordot(np.arange(24).reshape(2, 3, 4), np.arange(12).reshape(4, 3), axes=([1, 2], [1, 0]))",
    "np.corrcoef([1.0, 2, 3], [1.0, 2, 4])",
    "np.split(np.arange(6), 3)",
    "np.split(np.arange(6), [1, 4])",
    "np.pad([[1, 2], [3, 4]], 1, mode='edge')",
    "np.pad([[1, 2], [3, 4]], ((1, 0), (0, 2)), constant_values=-1)",
    "np.unique([3, 1, 3], return_counts=True)",
    "np.subtract.outer([1, 2], [3, 4])",
    "np.logical_or.reduce([[True, False], [False, False]])",
    "np.maximum([1, 2], 1.5, out=np.zeros(2))",
    "np.count_nonzero([[1, 0], [2, 3]])",
    "np.bincount([0, 2, 2])",
    "np.diag([[1, 2], [3, 4]])",
    "np.trace(np.eye(3))",
    "np.delete([1, 2, 3], 1)",
    "np.append([1, 2], 3)",
    "np.take([5, 6, 7], [0, 2])",
    "np.broadcast_to([1, 2], (2, 2))",
    "np.lib.stride_tricks.sliding_window_view(np.arange(12).reshape(3, 4), (2, 2)).sum(axis=(2, 3))",
    "np.linalg.norm([3.0, 4])",
    "np.array([[1, 2], [3, 4]]).sum(dtype=float)",
    "np.float32(0.1).item() if hasattr(np.float32(0.1), 'item') else np.float32(0.1)",
    "np.array([3.7, -3.7]).astype(int)",
    "np.array([1.5]).item()",
    "np.fliplr(np.arange(6).reshape(2, 3))",
    "np.arange(6).reshape(2, 3, order='F')",
    "np.ravel(np.arange(6).reshape(2, 3), order='F')",
    "np.dtype(float) == np.float64",
    "np.zeros(2, np.float32) + 1",
    "np.zeros(2, np.float32) + np.zeros(2)",
    "np.array([1, 2]) / np.array([0, 4])",
    "np.array([7, -7]) // np.array([0, 2])",
    "np.power(2.0, [0.5, -1.0])",
    "np.round([0.5, 1.5, 2.675, -0.25], 1)",
]


@pytest.mark.parametrize("text", MORE)
@pytest.mark.filterwarnings("ignore")
def test_what_programs_seldom_meet(text):
    ours, theirs = eval(text, {"np": small_numpy}), eval(text, {"np": np})
    check_results(told(theirs), told(ours), text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("np.einsum", "np.einsum is not in this page's small numpy; run the notebook"),
        ("np.maen", "module 'numpy' has no attribute 'maen'"),
        ("np.ones(2).partition", "array.partition is not in this page's small numpy; run the notebook"),
        ("np.ones(2).maen", "'numpy.ndarray' object has no attribute 'maen'"),
    ],
)
def test_what_is_missing_says_so(text, words, monkeypatch):
    monkeypatch.setattr(small_numpy.missing, "FUNCTIONS", dir(np))
    monkeypatch.setattr(small_numpy.missing, "METHODS", dir(np.ndarray))
    with pytest.raises(AttributeError) as problem:
        eval(text, {"np": small_numpy})
    assert str(problem.value) == words


def test_a_read_only_array_stays_as_it_is():
    for numpy in (np, small_numpy):
        array = numpy.arange(4.0)
        array.setflags(write=False)
        for view in (array, array[1:], array.T):
            assert not view.flags.writeable
            with pytest.raises(ValueError, match="read-only"):
                view[0] = 7
            with pytest.raises(ValueError, match="read-only"):
                view += 1
        assert array.copy().flags.writeable
        assert array.tolist() == [0, 1, 2, 3]


def test_a_view_shares_its_numbers():
    for numpy in (np, small_numpy):
        array = numpy.zeros((2, 3))
        array.T[0] = [1, 2]
        array[:, ::-1][0, 0] = 5
        array.reshape(3, 2)[1] += 7
        array.ravel()[4] = -1
        assert array.tolist() == [[1, 0, 12], [9, -1, 0]]
        square = numpy.arange(9).reshape(3, 3)
        square.T[...] = square  # read while it is written
        square[1:] = square[:-1]
        assert square.tolist() == [[0, 3, 6], [0, 3, 6], [1, 4, 7]]
