"""The numbers that labs start with: written in one form, read again, and made by scripts that don't need them."""

import json
import subprocess
import sys

import numpy as np
import pytest

import tools.stored
from convnet_core.labs.kit import stored as reading
from tools.stored import as_text, rounded, store

STORED = [
    *("kit/toy.json", "voting/weights.json", "sequences/weights.json", "shuffle/samples.json"),
    *("playground/starts.json", "training/starts.json", "training/sweeps.json"),
    *("digits/weights.json", "digits/experiments.json"),
    *("faces/weights.json", "faces/experiments.json", "belief/weights.json", "belief/experiments.json"),
    *("belief/layers.json", "game/experiments.json", "watching/weights.json", "watching/experiments.json"),
]
SCRIPTS = [
    *("playground_weights", "voting_weights", "sequences_weights", "shuffle_data", "starts"),
    *("digits_weights", "deep_experiments", "faces_weights", "faces_experiments"),
    *("unsupervised_weights", "unsupervised_experiments", "unsupervised_layers", "game_experiments"),
    *("watching_weights", "watching_experiments"),
]


@pytest.mark.parametrize("file", STORED)
def test_every_stored_file_has_the_writers_form(file):
    text = (reading.LABS / file).read_text(encoding="utf-8")
    assert text == as_text(json.loads(text)) + "\n", f"{file}: run make weights"


def test_there_are_no_others():
    assert sorted(path.relative_to(reading.LABS).as_posix() for path in reading.LABS.glob("*/*.json")) == sorted(STORED)


def test_what_is_stored_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(tools.stored, "LABS", tmp_path)
    monkeypatch.setattr(reading, "LABS", tmp_path)
    (tmp_path / "pooling").mkdir()
    content = {"net": rounded({"weight": np.array([[-0.001, 1.239]]), "bias": [0.5]}, 2), "note": 'a "word"'}
    store("pooling", content)
    assert reading.stored("pooling") == {"net": {"weight": [[0.0, 1.24]], "bias": [0.5]}, "note": 'a "word"'}
    assert "-0" not in (tmp_path / "pooling" / "weights.json").read_text()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_does_not_need_what_it_makes(script):
    """In a checkout without the stored numbers, which it is there to make."""
    code = (
        "from convnet_core.labs.kit import stored\n"
        "def missing(*names): raise FileNotFoundError(names)\n"
        "stored.stored = missing\n"
        f"import tools.{script}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
