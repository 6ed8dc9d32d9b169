"""JupyterHub on one machine, for a class: README.md beside this file says what to do with it, in order.

Everybody comes in with a name of their own choosing and the class's word, and gets JupyterLab with a copy of the
notebooks. The lines marked "yours" are yours; all else is the book's need.
"""

import os
import sys
from pathlib import Path

BOOK = Path(__file__).resolve().parent.parent.parent  # the checkout, which has the environment .venv
BIN = Path(sys.executable).parent  # of the hub's own Python: the same environment

c = get_config()  # noqa: F821  JupyterHub gives it

# Who comes in. The words stand in the environment of the hub alone (/etc/convnet-hub.env), never in a file of the book.
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ.get("CLASS_WORD", "")
c.SharedPasswordAuthenticator.admin_password = os.environ.get("TEACHER_WORD", "")
c.Authenticator.allow_all = True  # everybody who knows the class's word
c.Authenticator.admin_users = {"teacher"}  # yours

# Where. A server that does TLS stands before it (nginx, Caddy); nobody else reaches it.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # yours
c.JupyterHub.concurrent_spawn_limit = 20  # a class comes at once: these start, the others are told to wait
c.JupyterHub.active_server_limit = 40  # yours: what the machine's memory bears, see README.md

# What a person gets: a service of systemd, which keeps the limits, under a user that is made for it.
c.JupyterHub.spawner_class = "systemd"
c.SystemdSpawner.dynamic_users = True
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.SystemdSpawner.disable_user_sudo = True
c.Spawner.cmd = [str(BOOK / "deploy" / "jupyterhub" / "start.sh")]
c.Spawner.default_url = "/lab/tree/convnet-book/index.ipynb"
c.Spawner.mem_limit = "1G"  # chapter 3 takes a quarter of it
c.Spawner.cpu_limit = 2.0
c.Spawner.start_timeout = 180  # where a whole class starts at once, the last one waits
c.Spawner.http_timeout = 180
# A product of matrices uses one thread: with one for each core of the machine, 30 people's threads wait for each other.
THREADS = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")}
c.Spawner.environment = {**THREADS, "BOOK": str(BOOK), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}

# Who has left gives the memory back: a kernel after 20 minutes, the whole server after an hour. Files stay.
c.Spawner.args = [
    "--MappingKernelManager.cull_idle_timeout=1200",
    "--MappingKernelManager.cull_interval=120",
    "--TerminalManager.cull_inactive_timeout=1200",
]
c.JupyterHub.services = [
    {"name": "idle-culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]},
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    },
]
