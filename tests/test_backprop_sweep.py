"""Chapter 8's tables of knobs: some of it is trained again, every start is there, and the sentences hold."""

import numpy as np
import pytest

from convnet_core.labs.training import SWEEPS
from convnet_core.sweep import Table, rng_for, sweep
from tools import backprop_sweep as tool

LETTERS = 1.5 / 500  # a last bit may decide a letter
FEW_LETTERS = 3.5 / 500  # and some, in a training of hundreds of steps on few


def by_setting(name):
    return {setting: np.array(shares) for setting, shares in SWEEPS[name].items()}


def test_some_of_the_knobs_again():
    [found] = sweep(tool.knob, [{"features": 1, "rate": 0.1}], [2, 4], workers=1, progress=False).numbers()
    np.testing.assert_allclose(found, by_setting("knobs")["1 0.1"][[2, 4]], atol=LETTERS)


def test_some_of_the_architectures_again():
    for setting in ("1 3 0", "8 5 16"):
        features, size, neurons = map(int, setting.split())
        found = tool.architecture(rng_for(3), features, size, neurons)
        assert found == pytest.approx(SWEEPS["architectures"][setting][3], abs=FEW_LETTERS)
    assert tool.by_nearest(3) == SWEEPS["nearest"][3]


def test_ctrl_c_ends_the_tool_and_stores_nothing(monkeypatch):
    begun = []

    def stopped(train_one, knobs, seeds, file):
        begun.append(file)
        return Table(knobs, list(range(seeds)), ended="interrupted")

    monkeypatch.setattr(tool, "sweep", stopped)
    monkeypatch.setattr(tool, "store", lambda *_: pytest.fail("it was stored"))
    with pytest.raises(ValueError, match="wanted one of"):
        tool.main("runs")
    assert begun == ["runs.knobs"]


def test_every_start_is_in_the_tables():
    assert [len(shares) for shares in SWEEPS["knobs"].values()] == [tool.KNOB_SEEDS] * len(tool.KNOBS)
    assert [len(shares) for shares in SWEEPS["architectures"].values()] == [tool.FEW_SEEDS] * 12
    assert len(SWEEPS["nearest"]) == tool.FEW_SEEDS


def test_each_setting_learns_from_the_same_fifty():
    once, again = (tool.some(rng_for(7)) for _ in range(2))
    np.testing.assert_array_equal(once[0], again[0])
    assert once[0].shape == (50, 1, 9, 9)


@pytest.mark.parametrize(
    ("setting", "numbers"), [((3, 3, 0), 128), ((1, 3, 0), 44), ((8, 3, 0), 338), ((1, 5, 0), 46), ((1, 5, 16), 220)]
)
def test_the_nets_have_as_many_numbers_as_their_settings_say(setting, numbers):
    assert tool.net(rng_for(0), *setting).summary((1, 9, 9)).parameters == numbers
