"""While a lab is written: its modules and styles as files that follow their sources, so that a notebook shows an edit.

anywidget watches a file that `_esm` names, if ANYWIDGET_HMR is 1, and sends what it holds to every view. It can't
watch the modules, which import each other: they are joined anew here whenever one of them is saved.
"""

from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from convnet_core.labs.kit import joiner

followed: dict[Path, tuple] = {}  # path: (what makes its text, the lab's name)


def is_on() -> bool:
    return os.environ.get("ANYWIDGET_HMR") == "1"


def following(make, name: str, suffix: str) -> Path:
    """A file that holds make(name), and does so again after each change in the labs' folder."""
    path = _folder() / f"{name}{suffix}"
    path.write_text(make(name), encoding="utf-8")
    followed[path] = (make, name)
    return path


@cache
def _folder() -> Path:
    """Where these files lie; from the first time on, somebody watches their sources."""
    threading.Thread(target=_follow, daemon=True).start()
    return Path(mkdtemp(prefix="labs-"))


def _follow() -> None:
    from watchfiles import watch  # one of the tools for development: readers have no need of it

    for _ in watch(joiner.FOLDER):
        joiner.forget()
        for path, made_of in list(followed.items()):
            _rewrite(path, *made_of)


def _rewrite(path: Path, make, name: str) -> None:
    try:
        text = make(name)
    except (ValueError, OSError) as problem:  # half a word, saved: the last good text stays until the next save
        print(f"{name}: {problem}")
        return
    if text != path.read_text(encoding="utf-8"):
        path.write_text(text, encoding="utf-8")
