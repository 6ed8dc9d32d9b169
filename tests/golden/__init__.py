"""The numbers printed on the slides and in the lecture, for tests to compare with."""

import json
from pathlib import Path

HERE = Path(__file__).parent

SLIDES = json.loads((HERE / "slides.json").read_text(encoding="utf-8"))
LECTURE = json.loads((HERE / "lecture.json").read_text(encoding="utf-8"))
