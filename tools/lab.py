"""Serves one lab on a page of its own, from its modules as they are written, and reloads it when a file is saved.

    python -m tools.lab pooling [--port 8100]

The Python half is read anew at each reload, too. Ctrl-C stops it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
from contextlib import redirect_stdout
from functools import partial
from html import escape
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from watchfiles import watch

from convnet_core.labs.kit import joiner
from tools import serve

RELOAD = """
<script>
  const wait = () =>
    fetch("/saved?since={saves}").then((answer) => answer.ok && location.reload(), () => setTimeout(wait, 1000));
  wait();
</script>
"""
# What a fresh Python does at each request: an edit of the lab's Python half shows at the next reload.
SHOW = "from tools import lab; lab.write({name!r})"


def html(name: str) -> str:
    """The page of the lab `name`, whose scripts and styles are the files as they are."""
    from convnet_core.labs.catalogue import lab_class
    from convnet_core.labs.kit.on_demand import scripts_of
    from convnet_core.labs.kit.page import page

    lab = lab_class(name)
    sheets = [*joiner.stylesheets_of([name]), *joiner.big_stylesheets_of([name])]
    styles = "".join(f'<link rel="stylesheet" href="/{sheet}">' for sheet in sheets)
    data = {
        kind: [[f"/data/{name}/{file}", len(text)] for file, text in scripts.items()]
        for kind, scripts in scripts_of(lab.on_demand).items()
    }
    script = f"""<script type="module">
  import {{ mountAll }} from "/kit/host.js";
  import * as big from "/kit/big.js";
  import lab from "/{name}/lab.js";
  mountAll({{ "{name}/lab": {{ default: lab }}, "kit/big": big }}, {json.dumps(data)});
</script>"""
    return page(lab.alone(), title=lab.title, head=styles, scripts=script)


def write(name: str) -> None:
    """Write that page to the standard output, and nothing else: what the lab prints goes to where errors go."""
    with redirect_stdout(sys.stderr):
        text = html(name)
    sys.stdout.buffer.write(text.encode())


class Saves:
    """How many changes there were in the labs' folder; one can wait for the next."""

    def __init__(self) -> None:
        self.count = 0
        self._more = threading.Condition()

    def add(self) -> None:
        with self._more:
            self.count += 1
            self._more.notify_all()

    def wait(self, known: int) -> None:
        """Return once there are others than the known ones: at once, if one came while its page was on the way."""
        with self._more:
            self._more.wait_for(lambda: self.count != known)


class Handler(serve.Handler):
    """The lab's page at /, the labs' folder under it, and at /saved an answer that waits for the next change."""

    def __init__(self, *arguments, name, saves, **options):
        self.name, self.saves = name, saves
        super().__init__(*arguments, **options)

    def do_GET(self):
        asked = urlsplit(self.path)
        if asked.path in ("/", "/index.html"):
            known = self.saves.count
            self.answer(shown(self.name) + RELOAD.replace("{saves}", str(known)))
        elif asked.path == "/saved":
            self.saves.wait(int(parse_qs(asked.query)["since"][0]))
            self.answer("")
        elif asked.path.startswith("/data/"):
            self.answer(data_script(*asked.path.split("/")[2:]), "text/javascript")
        else:
            super().do_GET()

    def answer(self, text: str, kind: str = "text/html") -> None:
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def data_script(name: str, file: str) -> str:
    """The text of one of the scripts with what the lab `name` asks for; "" where there is none of that name."""
    from convnet_core.labs.catalogue import lab_class
    from convnet_core.labs.kit.on_demand import scripts_of

    scripts = {file: text for each in scripts_of(lab_class(name).on_demand).values() for file, text in each.items()}
    return scripts.get(file, "")


def shown(name: str) -> str:
    """The lab's page, or, where its Python half fails, what Python says of it."""
    done = subprocess.run([sys.executable, "-c", SHOW.format(name=name)], capture_output=True, check=False)
    if done.returncode == 0:
        return done.stdout.decode()
    return f"<!doctype html><title>{name}</title><pre>{escape(done.stderr.decode(errors='replace'))}</pre>"


def follow(saves: Saves, stop: threading.Event | None = None) -> None:
    """Count each change in the labs' folder."""
    for _ in watch(joiner.FOLDER, stop_event=stop):
        saves.add()


def server(name: str, saves: Saves, port: int = 0):
    """The server, bound but not started."""
    return serve.server(joiner.FOLDER, port, handler=partial(Handler, name=name, saves=saves))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=joiner.lab_names(), metavar="NAME", help=", ".join(joiner.lab_names()))
    parser.add_argument("--port", type=int, default=8100)
    options = parser.parse_args()
    saves = Saves()
    threading.Thread(target=follow, args=[saves], daemon=True).start()
    serve.run("The lab", options.port, partial(server, options.name, saves))


if __name__ == "__main__":
    main()
