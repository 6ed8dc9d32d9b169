"""The archive for a memory stick: the same bytes from the same pages, whole, and alive from disk without a network."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.contents import ROOT
from tests.labpage import LabOnPage
from tools import archive


@pytest.fixture(scope="module")
def packed(book, tmp_path_factory):
    return archive.pack(book, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def unpacked(packed, tmp_path_factory):
    """The archive's one folder, unpacked where a teacher might put it."""
    place = tmp_path_factory.mktemp("stick") / "Für den Unterricht"
    with zipfile.ZipFile(packed) as zipped:
        zipped.extractall(place)
    (folder,) = place.iterdir()
    return folder


def test_the_same_pages_give_the_same_bytes(book, packed, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(book, copy, copy_function=shutil.copyfile)  # new dates
    for path in copy.rglob("*.html"):
        path.chmod(0o755)
        os.utime(path, (1e9, 1e9))
    assert archive.pack(copy, tmp_path / "dist").read_bytes() == packed.read_bytes()


def test_the_checksums_hold(packed, unpacked):
    wanted, name = packed.with_suffix(".zip.sha256").read_text(encoding="utf-8").split()
    assert name == packed.name
    assert hashlib.sha256(packed.read_bytes()).hexdigest() == wanted
    listed = dict(
        reversed(line.split("  ")) for line in (unpacked / archive.SUMS).read_text(encoding="utf-8").splitlines()
    )
    files = [path for path in unpacked.rglob("*") if path.is_file() and path.name != archive.SUMS]
    assert {path.relative_to(unpacked).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == (
        listed
    )


def test_it_is_as_small_as_the_guide_says(packed):
    assert "less than 4.5 MB" in " ".join((ROOT / "deploy" / "README.md").read_text(encoding="utf-8").split())
    assert 500_000 < packed.stat().st_size < 4_500_000


def test_a_first_page_leads_to_the_book(unpacked, new_page):
    assert sorted(path.name for path in unpacked.iterdir()) == [archive.SUMS, archive.START, archive.PAGES]
    page = new_page(offline=True)
    page.goto((unpacked / archive.START).as_uri())
    page.get_by_role("link", name="Open the book").wait_for()
    page.wait_for_url("**/pages/book/index.html")
    assert page.record.errors == []


def test_its_pages_are_the_books_own(book, unpacked):
    """Byte for byte; that each is alive from disk, and asks for nothing elsewhere, is in tests/test_engines.py."""
    pages = unpacked / archive.PAGES
    for path in book.rglob("*"):
        name = path.relative_to(book)
        if path.is_file() and name.as_posix() not in archive.FOR_SERVERS:
            assert (pages / name).read_bytes() == path.read_bytes(), name


@pytest.mark.sweep
def test_a_network_trains_and_a_search_answers_from_the_stick(unpacked, new_page):
    page = new_page(offline=True, viewport={"width": 1280, "height": 900})
    page.goto((unpacked / archive.PAGES / "book" / "08_backprop.html").as_uri())
    lab = LabOnPage(page, "training")
    lab.press("Train")
    lab.expect_status("Epoch ")  # whichever it is at
    page.locator(".search-button__button:visible").first.click()
    page.keyboard.type("stride")
    page.keyboard.press("Enter")
    page.locator("#search-results li a[href*='03_convolution']").first.wait_for()
    assert page.record.errors == []
    assert page.record.elsewhere(unpacked.as_uri()) == []


def test_without_a_book_it_says_what_to_do(tmp_path):
    command = [sys.executable, ROOT / "tools" / "archive.py", "--built", tmp_path, "--output", tmp_path / "dist"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"there is no book in {tmp_path}: build it first (make html)\n"
    assert not (tmp_path / "dist").exists()
