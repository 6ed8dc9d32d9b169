"""What all tools of experiments share: some tables are made anew and the others stay, each run by its seed."""

import pytest

from tools import experiments
from tools.experiments import FILE, SEEDS, Experiments


@pytest.fixture
def ours(monkeypatch, tmp_path):
    """Two tables, in a folder of their own: {column: number} by the seed."""
    kept = {}
    (tmp_path / "toy").mkdir()

    def store(lab, content, name):
        kept.update({(lab, name): content})
        (tmp_path / lab / name).touch()

    monkeypatch.setattr(experiments, "LABS", tmp_path)
    monkeypatch.setattr(experiments, "store", store)
    monkeypatch.setattr(experiments, "stored", lambda lab, name: kept[lab, name])
    tables = {"squares": lambda seed: {"one": seed**2, "two": 2 * seed}, "few": lambda seed: {"seed": seed}}
    return Experiments("toy", tables, fewer={"few": 2}), kept


def test_all_tables_are_stored_with_a_run_for_each_seed(ours):
    made, kept = ours
    made.make()
    assert kept == {
        ("toy", FILE): {"squares": {"one": [0, 1, 4, 9, 16], "two": [0, 2, 4, 6, 8]}, "few": {"seed": [0, 1]}}
    }
    assert len(made.seeds_of("squares")) == SEEDS


def test_one_table_anew_leaves_the_others(ours):
    made, kept = ours
    made.make("few")
    assert list(kept["toy", FILE]) == ["few"]
    kept["toy", FILE]["few"] = "as it was"
    made.make("squares")
    assert list(kept["toy", FILE]) == ["squares", "few"], "in the order of the tool"
    assert kept["toy", FILE]["few"] == "as it was"


def test_an_unknown_table_is_refused_before_any_is_made(ours):
    made, kept = ours
    with pytest.raises(ValueError, match="there is no table 'fewer': there are squares, few"):
        made.make("squares", "fewer")
    assert kept == {}
