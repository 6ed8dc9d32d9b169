"""The catalogue of labs: every trait and every property of every lab, with words for each."""

import pytest

from convnet_core.labs.catalogue import catalogue, computed_by, traits_of
from tests.labpage import all_labs

LABS = list(all_labs().values())


def test_every_lab_is_in_it():
    assert sorted(lab.__name__ for lab in LABS) == [lab.__name__ for lab in catalogue().labs]
    page = catalogue()._repr_html_()
    for lab in LABS:
        assert f"<summary>{lab.__name__}: {lab.title}</summary>" in page
        assert f"from convnet_core.labs.{lab.name} import {lab.__name__}" in page


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_a_lab_tells_all_its_traits(lab):
    rows = traits_of(lab)
    assert [name for name, _, _ in rows] == list(lab.rules())
    for name, takes, start in rows:
        rule = lab.rules()[name]
        assert takes
        assert start
        for limit in (str(rule[end]) for end in ("min", "max") if end in rule and rule["kind"] != "answers"):
            assert limit in takes, name
        assert all(option in takes for option in rule.get("options", [])), name
    for name, meaning in computed_by(lab):
        assert hasattr(lab, name)
        assert meaning[-1] in ".:", f"{name}: {meaning}"


def test_what_a_trait_takes_and_starts_with():
    rows = {(lab.__name__, name): words for lab in LABS for name, *words in traits_of(lab)}
    assert rows["PoolingLab", "window"] == ["a whole number from 2 to 4", "2"]
    assert rows["PoolingLab", "kind"] == ["'max', 'average'", "'max'"]
    assert rows["ConvolutionLab", "features"] == [
        "1 x 3 x 3 to 6 x 3 x 3 numbers from -9 to 9",
        "as `lab.features` shows",
    ]
    assert rows["FilteringLab", "image"] == ["9 x 9 numbers from -9 to 9", "X"]
    assert rows["ReLULab", "slope"] == ["a number from -1 to 1", "0.0"]
    assert rows["PixelsLab", "photo"] == ["a PNG picture as a data address", "as `lab.photo` shows"]
