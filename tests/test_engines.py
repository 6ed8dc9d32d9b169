"""The whole book from disk in engines that are not Chromium's: Firefox, and WebKit, which is Safari's."""

import functools

import pytest

from convnet_core.labs.kit import joiner
from tests.engines import HEIGHT, WIDTH, Firefox, InPage, WebKit, started
from tests.labpage import encoded
from tests.reader import Reader, listening
from tests.test_labs_in_book import LABS

PAGES = sorted(
    {*LABS, "search", "book/errata", "book/further_reading", "book/glossary", "book/short_route", "book/toolkits"}
)
ALONE = {f"labs/{name}": f"lab-{name}" for name in joiner.lab_names()}
FILTERING = "book/02_filtering"


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
def in_chromium(browser, address):
    """What a reader in Chromium sees of the grids of a page, for each page once."""

    @functools.cache
    def see(page):
        with browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True) as context:
            reader = Reader(InPage(context.new_page()))
            _, grids = reader.open(address(page))
            return [reader.play(number) for number in range(len(grids))]

    return see


def test_every_page_of_the_book_is_listed(book):
    """But for the first, which only sends its reader on to another, and the one for addresses that lead nowhere."""
    built = {str(page.relative_to(book).with_suffix("")) for page in book.rglob("*.html")}
    assert built - {"index", "404"} == {*PAGES, *ALONE}
    assert "url=book/index.html" in (book / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_sees_what_one_in_chromium_sees(page, reader, address, in_chromium):
    """Press, type, undo and drag in each grid; then an edit in the first one outlives a reload."""
    live, grids = reader.open(address(page))
    assert live == LABS.get(page, [])
    assert bool(grids) == bool(live)
    for number, name in enumerate(grids):
        for move, seen in reader.play(number).items():
            assert seen == in_chromium(page)[number][move], f"{name}: {move}"
    if grids:
        reader.press_cell(0)
        edited, _ = reader.type_number(0)
        reader.reload()
        assert reader.words(0) == edited


@pytest.mark.parametrize("page", ALONE)
def test_a_lab_lives_on_a_page_of_its_own(page, reader, address):
    live, grids = reader.open(address(page))
    assert live == [ALONE[page]]
    assert grids or page == "labs/quiz"  # which has none


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


def test_a_link_shows_the_state_that_it_describes(reader, address):
    """A page opened by a link, and a link followed on the page."""
    for value in (5, -7):
        link = f"#lab-filtering={encoded({'feature': [[value] * 3] * 3})}"
        reader.open(address(FILTERING, link))
        assert reader.sees("lab-filtering", "This is the state that the link describes")
        assert reader.engine.evaluate("location.hash") == "#lab-filtering"
        assert [str(abs(value)) in word.rsplit(" ", 1)[1] for word in reader.words(1)] == [True] * 9
