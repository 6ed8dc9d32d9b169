"""Serves one lab on a page of its own, from its modules as they are written, and reloads it when a file is saved.

    python -m tools.lab pooling [--port 8100]

The Python half is read anew at each reload, too. Ctrl-C stops it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
from functools import partial
from html import escape
from http import HTTPStatus

from watchfiles import watch

from convnet_core.labs.kit import joiner
from tools import serve

RELOAD = """
<script>
  const wait = () => fetch("/saved").then((answer) => answer.ok && location.reload(), () => setTimeout(wait, 1000));
  wait();
</script>
"""
# What a fresh Python says at each request: an edit of the lab's Python half shows at the next reload.
SHOW = "from tools.lab import html; print(html({name!r}))"


def html(name: str) -> str:
    """The page of the lab `name`, whose scripts and styles are the files as they are."""
    from importlib import import_module

    from convnet_core.labs.kit.base import Lab
    from convnet_core.labs.kit.page import page

    import_module(f"convnet_core.labs.{name}")
    (lab,) = (lab for lab in Lab.__subclasses__() if lab.name == name)
    styles = "".join(f'<link rel="stylesheet" href="/{sheet}">' for sheet in joiner.stylesheets_of([name]))
    script = f"""<script type="module">
  import {{ mountAll }} from "/kit/host.js";
  import lab from "/{name}/lab.js";
  mountAll({{ "{name}/lab": {{ default: lab }} }});
</script>"""
    return page(lab.alone(), title=lab.title, head=styles, scripts=script)


class Handler(serve.Handler):
    """The lab's page at /, the labs' folder under it, and an answer that waits for the next change at /saved."""

    def __init__(self, *arguments, name, saved, **options):
        self.name, self.saved = name, saved
        super().__init__(*arguments, **options)

    def do_GET(self):
        if self.path == "/":
            self.answer(shown(self.name))
        elif self.path == "/saved":
            with self.saved:
                self.saved.wait()
            self.answer("")
        else:
            super().do_GET()

    def answer(self, text: str) -> None:
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def shown(name: str) -> str:
    """The lab's page, or, where its Python half fails, what Python says of it; both reload at the next change."""
    done = subprocess.run([sys.executable, "-c", SHOW.format(name=name)], capture_output=True, text=True, check=False)
    return (done.stdout or f"<!doctype html><title>{name}</title><pre>{escape(done.stderr)}</pre>") + RELOAD


def follow(saved: threading.Condition, stop: threading.Event | None = None) -> None:
    """Wake all that wait at /saved after each change in the labs' folder."""
    for _ in watch(joiner.FOLDER, stop_event=stop):
        with saved:
            saved.notify_all()


def server(name: str, port: int = 0):
    """The server, bound but not started, and what is notified when a file was saved."""
    saved = threading.Condition()
    return serve.server(joiner.FOLDER, port, handler=partial(Handler, name=name, saved=saved)), saved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=joiner.lab_names(), metavar="NAME", help=", ".join(joiner.lab_names()))
    parser.add_argument("--port", type=int, default=8100)
    options = parser.parse_args()
    httpd, saved = server(options.name, options.port)
    threading.Thread(target=follow, args=[saved], daemon=True).start()
    with httpd:
        print(f"The lab is at http://127.0.0.1:{httpd.server_port}/  (Ctrl-C stops the server)", flush=True)
        try:
            httpd.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
