"""Serve the built book on this machine alone, and print its address.

    python tools/serve.py [--port 8000]

Takes the next free port where the wanted one is busy. Ctrl-C stops it.
"""

import argparse
import errno
import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BUILT = Path(__file__).resolve().parent.parent / "_build" / "html"
PORTS_TRIED = 50


class Handler(SimpleHTTPRequestHandler):
    """Files as they are now: a rebuilt page shows at the next reload. Says nothing of each request."""

    # Windows reads these from its registry, where a script may be called plain text; a browser then refuses it.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript", ".svg": "image/svg+xml"}

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format, *args):
        pass


class Server(ThreadingHTTPServer):
    # On Windows this option would let two servers share a port; only elsewhere does it mean "reuse at once".
    allow_reuse_address = sys.platform != "win32"


def server(folder, port=0, handler=Handler):
    """An HTTP server of `folder` on 127.0.0.1.

    port    0 takes any free one; otherwise the first free one of `port`, port + 1, ...
    handler what answers a request
    return  the server, bound but not started: call serve_forever()

    Raises OSError where no port is free.
    """
    handler = functools.partial(handler, directory=str(folder))
    for candidate in range(port, port + PORTS_TRIED):
        try:
            return Server(("127.0.0.1", candidate), handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise OSError(f"no free port from {port} to {port + PORTS_TRIED - 1}")


def run(what, port, make):
    """Serve until Ctrl-C, and say where; leave with a message and code 1 where no port is free.

    what  is served, for the sentence
    port  the wanted one; 0 for any
    make  make(port) gives the server, bound but not started
    """
    try:
        httpd = make(port)
    except OSError as problem:
        sys.exit(f"{what} can't be served: {problem}")
    with httpd:
        if port not in (0, httpd.server_port):
            print(f"Port {port} is taken, perhaps by another of these servers; using {httpd.server_port}.")
        print(f"{what} is at http://127.0.0.1:{httpd.server_port}/  (Ctrl-C stops the server)", flush=True)
        try:
            httpd.serve_forever()
        except KeyboardInterrupt:
            print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    if not (BUILT / "index.html").exists():
        sys.exit(f"there is no book in {BUILT}: build it first (make html)")
    run("The book", options.port, functools.partial(server, BUILT))


if __name__ == "__main__":
    main()
