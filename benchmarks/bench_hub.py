"""How much machine does a class need? A real JupyterHub on this machine, and 20 people who run chapter 3 at once.

    JUPYTERHUB=/path/to/environment python -m benchmarks.bench_hub

The hub is the one of deploy/jupyterhub, but for who starts the servers (its local spawner, since systemd's limits need
a machine of their own) and who comes in. `JUPYTERHUB` names an environment that has what deploy/jupyterhub/README.md
installs, and npm's configurable-http-proxy in its bin/ or on the PATH; neither is a dependency of the book. Each of the
20 starts a server, asks for JupyterLab's page, starts a kernel, and runs every cell, by the hub's REST interface and
websockets.
"""

import json
import math
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

import psutil
import websocket

from tests.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
RECIPE = ROOT / "deploy" / "jupyterhub"
USERS = 20
CHAPTER, LAB = "03_convolution.ipynb", "lab"  # and the cell of its first lab
CLASSES = (30, 300)
WITHIN = (10, 3)  # minutes: in which a class starts its servers and runs the chapter
LONGEST = 600  # seconds for anything
SPARE = 1.25  # of memory, for what a person opens beside the chapter

# The recipe's settings, with what makes it run as one user on this machine.
SETTINGS = """
load_subconfig({recipe!r})
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r}
c.Spawner.args = [*c.Spawner.args, "--allow-root"]
c.Spawner.mem_limit = None
c.Spawner.cpu_limit = None
c.JupyterHub.log_level = "WARN"
c.JupyterHub.services.append({{"name": "class", "api_token": {token!r}}})
c.JupyterHub.load_roles.append(
    {{"name": "class", "services": ["class"], "scopes": ["admin:users", "admin:servers", "access:servers"]}}
)
"""


def measure(users=USERS):
    """{"load", "alone", "together": what each person met, "hub": bytes}; None where no environment has a hub."""
    environment = os.environ.get("JUPYTERHUB")
    if environment is None:
        return None
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name, hub(Path(environment), Path(name)) as (api, process):
        alone = attend(api, ["first"], process)
        together = attend(api, [f"pupil{number}" for number in range(1, users + 1)], process)
        own = sum(pss(part) for part in tree(process))  # everybody's servers have ended
    return {"load": load, "alone": alone, "together": together, "hub": own}


class Api:
    """The hub's REST interface, and through it that of each person's server."""

    def __init__(self, address, token):
        self.address, self.headers = address, {"Authorization": f"token {token}"}

    def ask(self, path, data=None, method=None):
        """What the answer says, of JSON; raises HTTPError where it is none of success."""
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(f"{self.address}{path}", data=body, headers=self.headers, method=method)
        with urllib.request.urlopen(request, timeout=LONGEST) as answer:
            said = answer.read()
        return json.loads(said) if said[:1] in (b"{", b"[") else said

    def wait_for(self, path, is_there=bool):
        """The answer, as soon as there is one and it is what is waited for."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            try:
                said = self.ask(path)
                if is_there(said):
                    return said
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.25)
        raise TimeoutError(f"{path} does not come")


@contextmanager
def hub(environment, folder):
    """A hub of the recipe: its interface, and its process. Everything of it is below `folder`, and ends at the end."""
    token = secrets.token_hex(32)
    ports = {name: free_port() for name in ("port", "hub_port", "proxy_port")}
    settings = folder / "settings.py"
    homes = str(folder / "homes" / "{username}")
    recipe = str(RECIPE / "jupyterhub_config.py")
    settings.write_text(SETTINGS.format(recipe=recipe, token=token, homes=homes, **ports), encoding="utf-8")
    words = {"CLASS_WORD": secrets.token_hex(8), "TEACHER_WORD": secrets.token_hex(16)}
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    command = [environment / "bin" / "jupyterhub", "--config", settings]
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | words | {"PATH": path}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            api = Api(f"http://127.0.0.1:{ports['port']}", token)
            api.wait_for("/hub/api/")
            yield api, process
        except Exception:
            sys.stderr.write((folder / "log").read_text()[-4000:])
            raise
        finally:
            end(process)


def end(process):
    """End the hub and all that it started."""
    parts = tree(process) if process.poll() is None else []
    for part in reversed(parts):
        with suppress(psutil.NoSuchProcess):
            part.terminate()
    process.wait(60)
    psutil.wait_procs(parts, timeout=60)


# A class


def attend(api, names, process):
    """What each of so many people meets who do the chapter at once: dicts of seconds, bytes and counts."""
    api.ask("/hub/api/users", {"usernames": names})
    with Watch(process) as watch, ThreadPoolExecutor(len(names)) as people:
        met = list(people.map(lambda name: do_the_chapter(api, name), names))
        watch.look()
    for name in names:
        api.ask(f"/hub/api/users/{name}/server", method="DELETE")
    for name in names:
        api.wait_for(f"/hub/api/users/{name}", lambda user: not user["servers"])
    return [
        each | {"memory": watch.memory[name], "processor": watch.processor[name]}
        for name, each in zip(names, met, strict=True)
    ]


def do_the_chapter(api, name):
    """Start a server, ask for the page, start a kernel, run every cell: seconds since the press of the button."""
    start, met = time.monotonic(), {"cells": 0, "errors": 0}
    api.ask(f"/hub/api/users/{name}/server", {})
    api.wait_for(f"/hub/api/users/{name}", lambda user: user["servers"].get("", {}).get("ready"))
    api.wait_for(f"/user/{name}/lab", lambda page: b"JupyterLab" in page)
    met["page"] = time.monotonic() - start
    notebook = api.ask(f"/user/{name}/api/contents/convnet-book/{CHAPTER}")["content"]
    for cell, errors in run(api, name, [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]):
        met["cells"] += 1
        met["errors"] += errors
        if cell["id"] == LAB:
            met["lab"] = time.monotonic() - start
    met["chapter"] = time.monotonic() - start
    return met


def run(api, name, cells):
    """Run cells in a kernel of this person, one after the other; gives each, when done, with its number of errors."""
    wanted = {"path": f"convnet-book/{CHAPTER}", "name": "", "type": "notebook", "kernel": {"name": "python3"}}
    kernel = api.ask(f"/user/{name}/api/sessions", wanted)["kernel"]["id"]
    address = f"{api.address.replace('http', 'ws', 1)}/user/{name}/api/kernels/{kernel}/channels"
    socket = websocket.create_connection(address, timeout=LONGEST, header=api.headers)
    try:
        for cell in cells:
            yield cell, errors_of(socket, cell["source"])
    finally:
        socket.close()


def errors_of(socket, code):
    """Run code; the number of errors that came, once the kernel has done with it."""
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "execute_request",
        "session": "class",
        "username": "",
        "version": "5.4",
    }
    header["date"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    message = {
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
        "channel": "shell",
        "buffers": [],
    }
    socket.send(json.dumps(message))
    errors = 0
    while True:
        said = json.loads(socket.recv())
        if said["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        errors += said["msg_type"] == "error"
        if said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
            return errors


class Watch:
    """What each person's server takes, with its kernels: most memory that was seen, bytes, and seconds of a core.

    Memory that several processes share (a library's code) counts by its part: a sum over all is what they take.
    """

    def __init__(self, process, every=3):
        self.process, self.every = process, every
        self.memory, self.processor = {}, {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._go_on_looking, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._is_over.set()
        self._thread.join()

    def _go_on_looking(self):
        while not self._is_over.wait(self.every):
            self.look()

    def look(self):
        for person, parts in servers(self.process).items():
            memory, processor = sum(map(pss, parts)), sum(map(seconds_of_a_core, parts))
            self.memory[person] = max(memory, self.memory.get(person, 0))
            self.processor[person] = max(processor, self.processor.get(person, 0))


def tree(process):
    own = psutil.Process(process.pid)
    return [own, *own.children(recursive=True)]


def servers(process):
    """{person: the processes of their server} of all that a hub has started."""
    found = {}
    for part in tree(process):
        try:
            person = part.environ().get("JUPYTERHUB_USER")
        except psutil.Error:
            continue
        if person:
            found.setdefault(person, []).append(part)
    return found


def pss(part):
    """Bytes of memory, what is shared by its part; 0 of a process that has ended."""
    try:
        return part.memory_full_info().pss
    except psutil.Error:
        return 0


def seconds_of_a_core(part):
    try:
        return sum(part.cpu_times()[:2])
    except psutil.Error:
        return 0


# The tables


def class_of(found, people):
    """What a class needs, from what was met: GB of memory, and cores, a number for each of WITHIN."""
    together = found["together"]
    memory = SPARE * people * median(each["memory"] for each in together) + found["hub"]
    seconds = people * median(each["processor"] for each in together)
    return memory / 1e9, [seconds / (60 * minutes) for minutes in WITHIN]


def table(found):
    """Markdown."""
    if found is None:
        return "Not measured: name an environment with a hub in `JUPYTERHUB`."
    alone, together = (
        {name: [each[name] for each in found[case]] for name in found[case][0]} for case in ("alone", "together")
    )
    rows = [
        ("seconds to JupyterLab's page", "page", 1, "{:.0f}"),
        ("seconds to the first lab's cell run", "lab", 1, "{:.0f}"),
        ("seconds to the whole chapter run", "chapter", 1, "{:.0f}"),
        ("memory of server and kernel, MB", "memory", 1e6, "{:.0f}"),
        ("seconds of a core", "processor", 1, "{:.1f}"),
    ]
    count, runs, errors = len(together["page"]), sum(together["cells"]), sum(together["errors"])
    load = f"a load of {found['load']:.1f} on its {os.cpu_count()} cores, which all {count} shared"
    lines = [
        f"When it began the machine had {load}.",
        f"Of {runs} cells that were run, {errors} failed. Hub and proxy took {found['hub'] / 1e6:.0f} MB.",
        "",
        f"| from the press of Start | one person alone | {count} at once, median | the slowest, or most |",
        "| --- | --- | --- | --- |",
    ]
    for what, name, unit, form in rows:
        values = [median(alone[name]), median(together[name]), max(together[name])]
        lines.append(f"| {what} | {' | '.join(form.format(value / unit) for value in values)} |")
    within = " | ".join(f"cores, all within {minutes} minutes" for minutes in WITHIN)
    lines += [
        "",
        f"| a class of | memory, GB, {SPARE:g} times the median each | {within} |",
        "| --- | --- | --- | --- |",
    ]
    for people in CLASSES:
        memory, cores = class_of(found, people)
        lines.append(f"| {people} | {math.ceil(memory)} | {' | '.join(str(math.ceil(count)) for count in cores)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
