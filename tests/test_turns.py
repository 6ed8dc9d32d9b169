"""What `make test` leaves out, `make sweep` asks, and nothing twice."""

import pytest

pytest_plugins = ["pytester"]

WIDE = """
import pytest

@pytest.mark.in_turn("lab", 3)
@pytest.mark.parametrize("lab", range(7))
def test_one(lab): pass

@pytest.mark.in_turn("lab", 3)
@pytest.mark.parametrize("way", "ab")
@pytest.mark.parametrize("lab", range(7))
def test_other(lab, way): pass

@pytest.mark.sweep
def test_long(): pass

def test_plain(): pass
"""


@pytest.fixture
def asked(pytester):
    """A function that tells which tests a run with these arguments asks."""
    pytester.makeini("[pytest]\naddopts = --strict-markers\n")
    pytester.makepyfile(test_wide=WIDE)

    def run(*arguments):
        done = pytester.inline_run("-p", "tests.turns", "-n", "0", *arguments)
        return {report.nodeid.partition("::")[2] for report in done.getreports("pytest_runtest_logreport")}

    return run


def test_what_is_left_out_is_asked_by_the_sweep_and_nothing_twice(asked):
    ones, rest = asked(), asked("--cases=left-out")
    assert not ones & rest
    assert ones | rest == asked("--cases=all")
    assert len(ones | rest) == 7 + 14 + 2
    assert {"test_plain", "test_one[0]", "test_one[3]", "test_one[6]"} <= ones
    assert "test_long" in rest


def test_each_test_is_asked_of_others_and_each_way_of_its_turn(asked):
    assert {name for name in asked() if "other" in name} == {
        f"test_other[{lab}-{way}]" for lab in (1, 4) for way in "ab"
    }


def test_who_names_a_test_is_answered(asked):
    assert asked("test_wide.py::test_one[1]") == {"test_one[1]"}
    assert asked("test_wide.py::test_long") == {"test_long"}
