"""Browsers with other engines than Chromium's, for tests that open the book in them: Firefox and WebKit, Safari's.

    with Firefox() as engine:
        engine.open("file:///.../02_filtering.html")
        engine.mouse((100, 200), (120, 200))  # press at the first point, let go at the last
        engine.keys("5")
        engine.evaluate("document.title")

Each is driven by what it brings itself: Firefox by WebDriver BiDi over a WebSocket, WebKit by WebDriver over HTTP.
`InPage` gives a page of Playwright's the same moves, so that all engines can be asked the same questions.
"""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import websocket

from tests.ports import free_port

WIDTH, HEIGHT = 1280, 1000
PATIENCE = 30  # seconds for one answer of a browser, on a busy machine
KEYS = {"Control": "\ue009"}  # how WebDriver writes them


class NoBrowser(RuntimeError):
    """What this engine needs is not installed; says what to install."""


def started(engine):
    """The engine, running. Without its browser the test is skipped, except where CI is true: it fails there."""
    try:
        return engine()
    except NoBrowser as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))


def program(*names, package):
    for name in names:
        if path := shutil.which(name):
            return path
    raise NoBrowser(f"{names[0]} is not installed, so this engine is not tried. Debian: apt-get install {package}")


class EngineDied(RuntimeError):
    """The driver has lost its page: the browser's own process has ended."""


class Engine:
    """A browser window that WebDriver drives; subclasses bring `evaluate`, `open`, `reload`, `perform` and `close`."""

    touches = True  # whether a touch arrives as one

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.close()

    def mouse(self, *points):
        """Down at the first of `points` (x, y in CSS pixels of the viewport), over the others, and up."""
        self.perform(pointer("mouse", points))

    def touch(self, *points):
        """The same with a finger."""
        self.perform(pointer("touch", points))

    def keys(self, *keys, held=()):
        """Presses `keys` one after the other while `held` are down."""
        held = [KEYS[key] for key in held]
        presses = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        down = [{"type": "keyDown", "value": key} for key in held]
        up = [{"type": "keyUp", "value": key} for key in held]
        self.perform({"type": "key", "id": "keyboard", "actions": [*down, *presses, *up]})


def pointer(kind, points):
    moves = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0} for x, y in points]
    actions = [moves[0], {"type": "pointerDown", "button": 0}, *moves[1:], {"type": "pointerUp", "button": 0}]
    return {"type": "pointer", "id": kind, "parameters": {"pointerType": kind}, "actions": actions}


class Firefox(Engine):
    """Without a window, in a new profile, which is deleted in the end."""

    name = "Firefox"
    # No processes for pages that nobody opens: they took a quarter of its time.
    preferences = {
        "dom.ipc.processPrelaunch.enabled": False,
        "dom.ipc.processCount": 1,
        "fission.autostart": False,
    }

    def __init__(self):
        path = program("firefox-esr", "firefox", package="firefox-esr")
        self.profile = tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in self.preferences.items()]
        Path(self.profile.name, "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [path, "--headless", "--no-remote", "--profile", self.profile.name, "--remote-debugging-port=0"]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "about:blank"], **silent)
        try:
            self.socket = patiently(self.connect, OSError, ValueError)
            self.count = 0
            self.tell("session.new", capabilities={})
            self.context = self.tell("browsingContext.getTree")["contexts"][0]["context"]
            viewport = {"width": WIDTH, "height": HEIGHT}
            self.tell("browsingContext.setViewport", context=self.context, viewport=viewport)
        except BaseException:
            self.close()
            raise

    def connect(self):
        told = json.loads(Path(self.profile.name, "WebDriverBiDiServer.json").read_text())  # Firefox writes it
        address = f"ws://{told['ws_host']}:{told['ws_port']}/session"
        return websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)

    def tell(self, method, **params):
        """What the browser answers to a command. Raises RuntimeError with its words when it refuses."""
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.count:
            pass
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]

    def open(self, url):
        self.tell("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def reload(self):
        self.tell("browsingContext.reload", context=self.context, wait="complete")

    def evaluate(self, expression):
        """The value of JavaScript, as JSON carries it; a promise is waited for."""
        wanted = f"(async () => JSON.stringify(await ({expression})))()"
        place = {"context": self.context}
        answer = self.tell("script.evaluate", expression=wanted, target=place, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def perform(self, source):
        self.tell("input.performActions", context=self.context, actions=[source])

    def close(self):
        end(self.process)
        self.profile.cleanup()


def end(process):
    """Ends a process, one that does not listen too."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class WebKit(Engine):
    """WebKitGTK's own small browser, on a screen that nobody sees. Its driver turns every touch into a mouse."""

    name = "WebKit"
    touches = False

    def __init__(self):
        driver = program("WebKitWebDriver", package="webkit2gtk-driver")
        screen = program("Xvfb", package="xvfb")
        self.processes = []
        try:
            reading, writing = os.pipe()
            size = f"{WIDTH}x{HEIGHT + 200}x24"
            command = [screen, "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
            self.processes.append(subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL))
            os.close(writing)
            with os.fdopen(reading) as answer:
                display = f":{answer.readline().strip()}"
            self.address = f"http://127.0.0.1:{free_port()}"
            drawn_by_one = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1"}  # layers cost a quarter more
            environment = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", **drawn_by_one}
            command = [driver, f"--port={self.address.rsplit(':', 1)[1]}"]
            self.processes.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
            patiently(lambda: self.ask("GET", "/status"), OSError)
            session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {}}})
            self.address += f"/session/{session['sessionId']}"
            self.ask("POST", "/window/rect", {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT + 100})
        except BaseException:
            self.close()
            raise

    def ask(self, method, path, body=None):
        """What the driver answers. Raises RuntimeError when it refuses, EngineDied where it can't tell."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refusal:
            words = refusal.read().decode()
            kind = EngineDied if '"unknown error"' in words else RuntimeError
            raise kind(f"{path}: {words}") from None

    def start_anew(self):
        with contextlib.suppress(RuntimeError, OSError):
            self.close()
        self.__init__()

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    def reload(self):
        self.ask("POST", "/refresh", {})

    def evaluate(self, expression):
        """The value of JavaScript, as JSON carries it; a promise is waited for."""
        script = (
            "const done = arguments[0];"
            f"(async () => JSON.stringify(await ({expression})))()"
            ".then((value) => done([value ?? null]), (problem) => done([null, String(problem)]));"
        )
        value, *problem = self.ask("POST", "/execute/async", {"script": script, "args": []})
        if problem:
            raise RuntimeError(problem[0])
        return json.loads(value or "null")

    def perform(self, source):
        self.ask("POST", "/actions", {"actions": [source]})

    def close(self):
        try:
            if "/session/" in getattr(self, "address", ""):
                self.ask("DELETE", "")
        finally:
            for process in reversed(self.processes):
                end(process)


def patiently(attempt, *problems):
    """What `attempt` returns, as soon as none of `problems` stops it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except problems:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


class InPage:
    """The same moves on a page of Playwright's, in Chromium."""

    name = "Chromium"
    touches = True

    def __init__(self, page):
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def open(self, url):
        self.page.goto(url)

    def reload(self):
        self.page.reload()

    def evaluate(self, expression):
        return self.page.evaluate(f"async () => await ({expression})")

    def mouse(self, *points):
        self.page.mouse.move(*points[0])
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*point)
        self.page.mouse.up()

    def touch(self, *points):
        kinds = ["touchStart", *["touchMove"] * (len(points) - 1)]
        for kind, (x, y) in zip(kinds, points, strict=True):
            self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        self.session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def keys(self, *keys, held=()):
        for key in keys:
            self.page.keyboard.press("+".join([*held, key]))
