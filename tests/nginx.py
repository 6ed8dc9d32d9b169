"""The book behind a real nginx with deploy/nginx.conf, on this machine alone."""

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port

SITE = Path(__file__).resolve().parent.parent / "deploy" / "nginx.conf"
PLACES = [os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]  # a plain user's PATH may lack the last two

# What a system's own nginx.conf has around a site; everything that is written goes below `folder`. One process, so that
# it reads what this user may read.
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections {connections}; }}
http {{
    include {types};
    default_type application/octet-stream;
    log_format counted '"$request" $status $bytes_sent';
    access_log {log};
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


# For a page: what the policy refuses it becomes an error on its console.
REPORT = "document.addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.blockedURI))"


def path():
    return shutil.which("nginx", path=os.pathsep.join(PLACES))


def program():
    """The path of nginx. Without one a test is skipped, in words; never on a machine that tests every change."""
    if path() is None:
        missing = "no nginx: install it (Debian, Ubuntu: apt-get install nginx-light) to test deploy/nginx.conf"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    return path()


def site_for(root, port):
    """deploy/nginx.conf with the three lines that are a reader's own filled in, and nothing else changed."""
    site = SITE.read_text(encoding="utf-8")
    own = [
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("book.example.org", "localhost"),
        ("/var/www/book", f'"{root}"'),
    ]
    for example, value in own:
        assert site.count(example) == 1, f"deploy/nginx.conf has not one {example}"
        site = site.replace(example, value)
    return site


@contextmanager
def serving(root, folder, connections=512, log="off"):
    """The address of nginx that serves `root`; its own files go to `folder`. Ends it at the end.

    connections  how many may be open at once
    log          "off", or "PATH counted": that file gets a line a request, with its status and all bytes of the answer
    """
    nginx = program()
    said = subprocess.run([nginx, "-V"], capture_output=True, text=True, check=True).stderr
    types = Path(re.search(r"--conf-path=(\S+)", said)[1]).with_name("mime.types")
    port = free_port()
    settings = folder / "nginx.conf"
    own = {"folder": folder, "types": types, "connections": connections, "log": log}
    settings.write_text(AROUND.format(site=site_for(root, port), **own), encoding="utf-8")
    command = [nginx, "-p", folder, "-c", settings, "-e", "stderr"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            wait_for(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(process, port):
    """Return once the server answers; fail with its own words where it ends before."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    pytest.fail(f"nginx does not start:\n{process.stderr.read()}", pytrace=False)
