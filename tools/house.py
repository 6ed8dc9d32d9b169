"""Draws the house: which folders there are, and which imports which, read from the code itself.

    python -m tools.house             writes docs/house.svg
    python -m tools.house --imports   lists the imports from folder to folder, with their number

CONTRIBUTING.md shows the picture; a test draws it again, and fails on an arrow that does not run downwards.
"""

from __future__ import annotations

import argparse
import ast
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from convnet_core.diagrams import draw_diagram
from convnet_core.labs.kit import joiner

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "house.svg"
LABS = ROOT / "convnet_core" / "labs"
# What each floor may import. Labs import no other lab, and what stands lower knows nothing of what stands higher.
MAY_IMPORT = {
    "chapters": {"labs", "exercises", "core"},
    "progress": {"labs", "kit", "mirror", "core"},
    "labs": {"kit", "mirror", "core"},
    "kit": {"mirror", "core"},
    "mirror": set(),
    "page_python": {"exercises", "core"},
    "exercises": {"core"},
    "core": set(),
}
PLACES = {
    "chapters": (2.2, 0),
    "progress": (0, 0),
    "labs": (1.1, 1),
    "kit": (0, 2),
    "mirror": (1.1, 3),
    "page_python": (5.8, 0),
    "exercises": (3.8, 1),
    "core": (3.5, 3),
}
SAYS = {
    "chapters": "book/\na notebook a chapter",
    "progress": "convnet_core/labs/progress/\nwhat is solved, and handed in",
    "labs": "convnet_core/labs/NAME/\n{labs} labs, a folder each",
    "kit": "convnet_core/labs/kit/\nwhat every lab is made of",
    "mirror": "convnet_core/labs/mirror/\nthe core's arithmetic in JavaScript",
    "page_python": "convnet_core/page_python/\nPython in the page",
    "exercises": "convnet_core/exercises/\nwhat checks a reader's code",
    "core": "convnet_core/\nnumpy, a module a chapter",
}


def imports() -> Iterator[tuple[str, str]]:
    """Every import of the project's own code: the folder that it stands in, and the folder it names."""
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            if cell["cell_type"] == "code":
                yield from (("book", room_of(module)) for module in python_imports("".join(cell["source"])))
    for path in sorted((ROOT / "convnet_core").rglob("*.py")):
        own = room_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
        yield from ((own, room_of(module)) for module in python_imports(path.read_text(encoding="utf-8")))
    for path in sorted(LABS.glob("*/*.js")):
        name = f"{path.parent.name}/{path.stem}"
        yield from ((f"labs/{path.parent.name}", f"labs/{other.split('/')[0]}") for other in joiner.modules_named(name))


def python_imports(source: str) -> Iterator[str]:
    """The modules of this project that a Python text imports, each by its full name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("convnet_core"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("convnet_core"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: str) -> str:
    """The folder of a module, such as "labs/pooling" or "exercises"; "core" for convnet_core's own.

    `labs/catalogue`, a module beside the labs, stands on their floor.
    """
    parts = module.split(".")[1:]
    if parts[:1] == ["labs"] and len(parts) > 1 and ((LABS / parts[1]).is_dir() or (LABS / f"{parts[1]}.py").exists()):
        return f"labs/{parts[1]}"
    return parts[0] if parts[:1] in (["exercises"], ["page_python"]) else "core"


def floor_of(room: str) -> str:
    """The floor that a folder stands on: a key of MAY_IMPORT."""
    if room == "book":
        return "chapters"
    inside = room.removeprefix("labs/")
    return "labs" if room.startswith("labs/") and inside not in MAY_IMPORT else inside


def arrows() -> Counter[tuple[str, str]]:
    """How many imports run from one folder to another; those inside a folder don't count."""
    return Counter((start, end) for start, end in imports() if start != end)


def wrong_arrows() -> list[str]:
    """The imports that run up, or from lab to lab."""
    return [f"{a} -> {b}" for a, b in sorted(arrows()) if floor_of(b) not in MAY_IMPORT[floor_of(a)]]


def drawing():
    """The picture: a box a floor, an arrow where one imports another."""
    labs = len(joiner.lab_names())
    boxes = {floor: (*PLACES[floor], SAYS[floor].format(labs=labs)) for floor in MAY_IMPORT}
    between = sorted({(floor_of(start), floor_of(end)) for start, end in arrows()})
    return draw_diagram(boxes, between, step=(170, 110))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--imports", action="store_true", help="list them, and draw nothing")
    if parser.parse_args().imports:
        for (start, end), count in sorted(arrows().items()):
            print(f"{start} -> {end}: {count}")
        return
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawing()._repr_svg_() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
