"""The whole book from disk in the browsers that readers have.

In Firefox, and in WebKit, which is Safari's engine, one sees what one sees in Chromium; and that in a Chromium which
has only what the oldest browsers have that are meant to work: what they lack is taken away from it. The list of it is
made by tools/newer_features.py. Taken away are names that scripts use. Syntax and CSS can't be: of the book's own
style sheets tests/test_old_browsers.py checks that they use nothing newer but what is an extra.
"""

import functools
import json

import pytest

from convnet_core.labs.faces import FacesLab
from convnet_core.labs.kit import joiner
from tests.conftest import recorded
from tests.engines import HEIGHT, WIDTH, EngineDied, Firefox, InPage, WebKit, started
from tests.labpage import STANDS_FOR_IT, encoded
from tests.progresspage import PROGRESS, PUT, SOLVED, SOME
from tests.pythonpage import SOLVE_AND_STOP, SOLVED_AND_STOPPED
from tests.reader import Reader, listening
from tests.test_labs_in_book import LABS
from tests.test_old_browsers import NEWER

pytestmark = pytest.mark.sweep

PAGES = sorted(
    {
        *(*LABS, "search", "book/class", "book/errata", "book/further_reading", "book/glossary", "book/progress"),
        *("book/short_route", "book/teaching", "book/teaching_chapters", "book/toolkits"),
    }
)
ALONE = {f"labs/{name}": f"lab-{name}" for name in joiner.lab_names()}
FILTERING = "book/02_filtering"

TAKE_AWAY = """
((names) => {
  window.takenAway = [];
  const owners = { TypedArray: Object.getPrototypeOf(Int8Array) };
  for (const name of names) {
    const [owner, member] = name.replace(/_static$/, "").split(".");
    const whole = owners[owner] || window[owner];
    const places = member === undefined ? [window] : [owner === "Window" && window, whole && whole.prototype, whole];
    const key = member === undefined ? owner : member;
    const place = places.find((it) => it && Object.prototype.hasOwnProperty.call(it, key));
    if (place && delete place[key]) window.takenAway.push(name);
  }
})
"""


@pytest.fixture(scope="module")
def heard_book(book, tmp_path_factory):
    """The folder of a copy of the book whose pages note what goes wrong in them."""
    return listening(book, tmp_path_factory.mktemp("heard"))


@pytest.fixture(scope="module", params=[Firefox, WebKit], ids=lambda engine: engine.name)
def engine(request):
    running = started(request.param)
    yield running
    running.close()


@pytest.fixture
def reader(engine):
    """One who reads in this engine; the test fails if a script of the last page did."""
    reader = Reader(engine)
    yield reader
    assert engine.evaluate("window.thrown") == []


@pytest.fixture(scope="module")
def address(heard_book):
    return lambda page, fragment="": f"{(heard_book / page).as_uri()}.html{fragment}"


@pytest.fixture(scope="module")
def old_page(browser):
    """A page of a browser that has only what the oldest ones have."""
    with browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True) as context:
        page = recorded(context.new_page())
        page.add_init_script(f"{TAKE_AWAY}({json.dumps(NEWER['scripts'])})")
        yield page


@pytest.fixture(scope="module")
def in_chromium(old_page, heard_book, address):
    """What a reader in an old Chromium sees of the grids of a page, for each page once.

    No script of the page fails, and it asks for nothing but the book's own files.
    """

    @functools.cache
    def see(page):
        reader = Reader(InPage(old_page))
        live, grids = reader.open(address(page))
        assert live == LABS.get(page, [])
        seen = [reader.play(number) for number in range(len(grids))]
        assert old_page.record.errors == []
        assert old_page.record.elsewhere(heard_book.as_uri()) == []
        return seen

    return see


def test_every_page_of_the_book_is_listed(book):
    """But for the first, which only sends its reader on to another, the one for addresses that lead nowhere, and the
    worksheets, which are for paper and have no script."""
    built = {str(page.relative_to(book).with_suffix("")) for page in book.rglob("*.html")}
    sheets = {page for page in built if page.startswith("worksheets/")}
    assert not any("<script" in (book / f"{sheet}.html").read_text(encoding="utf-8") for sheet in sheets)
    assert built - sheets - {"index", "404"} == {*PAGES, *ALONE}
    assert "url=book/index.html" in (book / "index.html").read_text(encoding="utf-8")


def test_what_old_browsers_lack_is_gone(old_page, address):
    old_page.goto(address("search"))
    gone = old_page.evaluate("window.takenAway")
    assert {"AbortSignal.any_static", "Promise.withResolvers", "Object.groupBy", "Iterator.map", "Temporal"} <= {*gone}
    assert len(gone) > 300
    assert old_page.evaluate("[AbortSignal.any, Object.groupBy, [].values().map]") == [None] * 3
    assert old_page.evaluate("typeof [].toSpliced") == "function"  # not newer: it stays


@pytest.mark.in_turn("page", 8, first=3)
@pytest.mark.parametrize("page", PAGES)
def test_every_lab_can_be_played_in_an_old_browser(page, in_chromium):
    """Press, type, undo and drag in each grid that can be edited."""
    assert bool(in_chromium(page)) == has_grids(LABS.get(page, []))


@pytest.mark.in_turn("page", 8, first=3)
@pytest.mark.parametrize("page", PAGES)
def test_a_reader_sees_what_one_in_chromium_sees(page, reader, address, in_chromium):
    """Press, type, undo and drag in each grid; then an edit in the first one outlives a reload."""
    try:
        read_through(page, reader, address, in_chromium)
    except EngineDied:  # WebKit does on a busy machine, now and then; on the same page twice, it would be the page
        reader.engine.start_anew()
        read_through(page, reader, address, in_chromium)


def read_through(page, reader, address, in_chromium):
    live, grids = reader.open(address(page))
    assert live == LABS.get(page, [])
    assert bool(grids) == has_grids(live)
    for number, name in enumerate(grids):
        for move, seen in reader.play(number).items():
            assert seen == in_chromium(page)[number][move], f"{name}: {move}"
    if grids:
        reader.press_cell(0)
        edited, _ = reader.type_number(0)
        reader.reload()
        assert reader.words(0) == edited


def has_grids(labs):
    """Whether one of the labs, by id, has a grid that can be edited."""
    return any(lab.split("-")[1] not in STANDS_FOR_IT for lab in labs)


def test_a_photograph_has_the_same_faces_in_every_engine(reader, address):
    reader.open(address("labs/faces"))
    lab = FacesLab()
    (row, column, side), *_ = lab.boxes.round().astype(int)
    assert reader.sees("lab-faces", rf"The net of the patches has {len(lab.boxes)} boxes above 0")
    first = rf"{lab.totals[0]:.1f}: {side}\s×\s{side} pixels from row {row + 1}, column {column + 1}\b"
    assert reader.sees("lab-faces", first)


@pytest.mark.in_turn("page", 4)
@pytest.mark.parametrize("page", ALONE)
def test_a_lab_lives_on_a_page_of_its_own(page, reader, address):
    live, grids = reader.open(address(page))
    assert live == [ALONE[page]]
    assert bool(grids) == has_grids(live)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("page", "lab", "stop"),
    [("book/08_backprop", "lab-training", "Pause"), ("book/09_limitations", "lab-shuffle", "Stop")],
)
def test_a_training_gets_on(page, lab, stop, reader, address):
    reader.open(address(page))
    reader.press_button(lab, "Train")
    assert reader.sees(lab, r"Epoch [1-9]")
    assert reader.sees(lab, r"Epoch ([2-9]|\d\d)"), "no second epoch"
    reader.press_button(lab, stop)
    assert reader.sees(lab, r"\bTrain\b")


def test_python_runs_in_an_old_browser(old_page, address):
    old_page.goto(address(FILTERING))
    assert old_page.evaluate(SOLVE_AND_STOP) == SOLVED_AND_STOPPED


@pytest.mark.sweep
def test_python_runs_from_disk(reader, address):
    reader.open(address(FILTERING))
    assert reader.engine.evaluate(SOLVE_AND_STOP) == SOLVED_AND_STOPPED


def test_a_link_shows_the_state_that_it_describes(reader, address):
    """A page opened by a link, and a link followed on the page."""
    for value, said in [(5, "plus 5"), (-7, "minus 7")]:
        link = f"#lab-filtering={encoded({'feature': [[value] * 3] * 3})}"
        _, grids = reader.open(address(FILTERING, link))
        assert reader.sees("lab-filtering", "This is the state that the link describes")
        assert reader.engine.evaluate("location.hash") == "#lab-filtering"
        words = reader.words(grids.index("Feature"))
        assert [word.endswith(said) for word in words] == [True] * 9, words


def test_what_is_solved_is_counted_from_disk(reader, address):
    """A browser that kept apart what each file stores would count nothing: the page says so (words.js, FROM_DISK)."""
    reader.open(address(FILTERING))
    reader.engine.evaluate(f"({PUT})({json.dumps(SOME)})")
    sums = "document.querySelector('.pg-sum')?.textContent"
    reader.open(address(PROGRESS, "#class=owls-7b"))
    assert reader.ask(f"until(() => /^{SOLVED} of /.test({sums}))")
    assert reader.ask("until(() => document.querySelector('[data-part=class]').textContent.includes('owls-7b'))")
    assert reader.ask("until(() => document.querySelectorAll('.bd-links .done-mark').length > 0)")
