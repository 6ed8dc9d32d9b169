"""The page's small numpy beside numpy itself: programs that hypothesis makes up, and the table of what it has."""

import math

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convnet_core.page_python import small_numpy


def words(text):
    """One of the words of a text."""
    return st.sampled_from(text.split())


NUMBERS = {
    "float": st.one_of(
        st.integers(-16, 16).map(lambda n: n / 4),
        st.sampled_from([1e-5, 1234.5, 1 / 3, -2.675, 1e9, math.inf, math.nan, -0.0]),
    ),
    "int": st.integers(-9, 12),
    "bool": st.booleans(),
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
    count = math.prod(shape)
    pool = draw(st.lists(NUMBERS[kind], min_size=1, max_size=6))
    values = [pool[(place * 7 + place // 3) % len(pool)] for place in range(count)]
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
    line("put(a, lambda a: a[{key}], {value})", key=KEYS, value=OTHERS).map(
        lambda text: "a[" + text[len("put(a, lambda a: a[") :].replace("], ", "] = ", 1)[:-1]
    ),
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
    is_assignment = text.startswith("a[") and " = " in text or "= " in text and text.split()[1] in ("+=", "-=", "*=")
    return text if is_assignment else f"a = {text}\nif not isinstance(a, list | tuple): a = np.atleast_1d(a)"


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
    assert theirs[:3] == ours[:3], program
    np.testing.assert_allclose(np.array(ours[3]), np.array(theirs[3]), rtol=1e-11, atol=1e-12, err_msg=program)
    if repr(theirs[3]) == repr(ours[3]):  # else the last digits of a sum differ
        assert theirs[4:] == ours[4:], program


@settings(max_examples=400, derandomize=True)
@given(programs())
def test_it_does_what_numpy_does(program):
    check_alike(program)
