"""The real Breakout, where somebody has ale-py; where nobody has, the tool says what is missing."""

import re
import sys

import numpy as np
import pytest

from tools import atari


def test_without_the_emulator_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ale_py", None)  # what Python takes for a module that can't be had
    with pytest.raises(SystemExit) as stopped:
        atari.main()
    assert stopped.value.code == atari.MISSING  # a sentence: Python writes it to stderr, and the exit code is 1
    assert "pip install ale-py" in atari.MISSING


def test_a_picture_gets_smaller_and_stays_what_it_was():
    rows, columns = np.mgrid[:210, :160]
    found = atari.prepared((rows + columns) % 256)
    assert found.shape == (84, 84)
    assert found.dtype == np.float32
    white = np.zeros((210, 160))
    white[100:110, 80:90] = 255  # ten by ten: of a scale of 110 / 210 by 84 / 160, about 27 of its pixels
    assert atari.prepared(white).sum() == pytest.approx(100 * 110 / 210 * 84 / 160, rel=1e-5)


def test_the_real_game(capsys):
    """Runs only where ale-py is: it is outside the book's lock."""
    pytest.importorskip("ale_py", reason="ale-py is not installed; who wants to see the real game: pip install ale-py")
    atari.main()
    told = capsys.readouterr().out
    assert "A picture: (210, 160, 3). What the net sees: (4, 84, 84)." in told
    assert "(4, 84, 84) -> (16, 20, 20)" in told
    assert "(32, 9, 9) -> (2592,) -> (256,) -> (256,) -> (4,)" in told
    assert re.search(r"NOOP -?\d\.\d\d, FIRE ", told)
    mean = float(re.search(r"20 games: ([\d.]+) points", told)[1])
    assert 0.4 < mean < 2.2
