"""How many readers does one small server bear? The book behind nginx with deploy/nginx.conf, and 300 readers at once.

    python -m benchmarks.bench_readers     of the book in _build/html

wrk (Debian, Ubuntu: apt-get install wrk) asks, over 300 connections that stay open, for the files of a chapter one
after the other, without a pause: far more than 300 people do. Then over 1,800, as 300 browsers may open that come at
once. What a reader's day costs is what a browser asks for that opens chapters one after the other, as nginx counts the
bytes. All on this machine and for some seconds.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import nginx
from tests.browser import launch
from tools.serve import BUILT

READERS = 300
SECONDS = 15
EACH = 6  # connections that a browser opens at most
USUAL, ENOUGH = 768, 4096  # connections that nginx may have open: as Debian sets it up, and as deploy/README.md says
CHAPTER = "08_backprop"  # the chapter that is asked for
DAY = ["02_filtering", "03_convolution", "08_backprop"]  # what a reader opens in a day
AGAIN = "08_backprop"  # and comes back to: deploy/nginx.conf lets a page be kept for five minutes
LINE = re.compile(r'"GET (\S+) [^"]*" (\d+) (\d+)$')  # of nginx's log: address, status, bytes of the answer

# For wrk: each connection asks for the next of the files; at the end, what it counted, as JSON.
PROGRAM = """
local files, place = {}, 0
function init(arguments)
  for line in io.lines(arguments[1]) do files[#files + 1] = line end
end
function request()
  place = place % #files + 1
  return wrk.format("GET", files[place], { ["Accept-Encoding"] = "gzip", ["Host"] = "localhost" })
end
function done(summary, latency)
  local errors = summary.errors
  print("FOUND " .. string.format(
    '{"seconds": %f, "requests": %d, "bytes": %d, "median": %f, "p99": %f, "slowest": %f, "errors": %d}',
    summary.duration / 1e6, summary.requests, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


def measure(built=BUILT):
    """{"files": of the chapter, "load": before, "day": rows of (what, requests, bytes), and what wrk counted: "asked"
    over a connection for each reader, "crowd" over six, by how many nginx may have open}; None without the two."""
    if nginx.path() is None or shutil.which("wrk") is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with site(built, folder / "day", log=True) as (address, log):
            day, files = a_day(address, log)
        load = os.getloadavg()[0]
        with site(built, folder / "asked") as (address, _):
            asked = ask(address, files, folder)
        crowd = {}
        for limit in (USUAL, ENOUGH):
            with site(built, folder / f"{limit}", limit=limit) as (address, _):
                crowd[limit] = ask(address, files, folder, EACH * READERS)
    return {"files": len(files), "load": load, "day": day, "asked": asked, "crowd": crowd}


@contextmanager
def site(built, folder, log=False, limit=ENOUGH):
    """The address of the book behind nginx, and the path of its log, if it keeps one."""
    folder.mkdir()
    path = folder / "access.log"
    with nginx.serving(built, folder, limit, f"{path} counted" if log else "off") as address:
        yield address, path


def ask(address, files, folder, connections=READERS):
    """What wrk counts while so many connections ask for the files."""
    (folder / "files").write_text("".join(f"{file}\n" for file in files))
    (folder / "readers.lua").write_text(PROGRAM)
    how = {"threads": 1, "connections": connections, "duration": f"{SECONDS}s", "timeout": "10s"}
    options = [f"--{name}={value}" for name, value in how.items()]
    command = ["wrk", *options, "--script", folder / "readers.lua", address, "--", folder / "files"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20 * SECONDS).stdout
    return json.loads(re.search(r"^FOUND (.*)$", said, re.MULTILINE)[1])


def a_day(address, log):
    """Rows of (what, requests, bytes) of a reader's day in one browser; and the files of one chapter, as addresses."""
    visits = [(f"chapter {int(name[:2])}", name) for name in DAY]
    visits.append((f"chapter {int(AGAIN[:2])} again, within five minutes", AGAIN))
    rows, seen = [], 0
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context()
        for what, name in visits:
            read(context, f"{address}/book/{name}.html")
            found = asked_for(log)[seen:]
            seen += len(found)
            rows.append((what, len(found), sum(size for _, size in found)))
        fresh = browser.new_context()
        read(fresh, f"{address}/book/{CHAPTER}.html")
        files = [file for file, _ in asked_for(log)[seen:]]
        browser.close()
    return rows, files


def read(context, url):
    """Open a page, wait for its labs, and go through it to its end, as a reader does."""
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.locator(".convnet-lab[data-live]").first.wait_for(state="attached")
    for _ in range(40):
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(25)
    page.wait_for_load_state("networkidle")
    page.close()


def asked_for(log):
    """(address, bytes of the answer, its headers too) of each request in a log of nginx; every one was answered."""
    lines = [LINE.search(line).groups() for line in log.read_text().splitlines()]
    bad = [line for line in lines if line[1] not in ("200", "304")]
    assert not bad, bad
    return [(file, int(size)) for file, _, size in lines]


CROWD = {
    "requests answered a second": lambda one: f"{one['requests'] / one['seconds']:,.0f}",
    "an answer takes, at the 99th percentile": lambda one: f"{one['p99']:,.0f} ms" if one["requests"] else "none came",
    "errors": lambda one: f"{one['errors']:,}",
}


def table(found):
    """Markdown."""
    if found is None:
        return "Not measured: it takes nginx and wrk (Debian, Ubuntu: apt-get install nginx-light wrk)."
    asked, day = found["asked"], found["day"]
    rate = asked["requests"] / asked["seconds"]
    count, whole = (sum(row[column] for row in day) for column in (1, 2))
    lines = [
        f"When it began the machine had a load of {found['load']:.1f} on its {os.cpu_count()} cores, which wrk shared.",
        "",
        "| 300 connections, no pauses | |",
        "| --- | --- |",
        f"| requests a second | {rate:,.0f} |",
        f"| whole chapters a second, of {found['files']} requests each | {rate / found['files']:.0f} |",
        f"| MB a second | {asked['bytes'] / asked['seconds'] / 1e6:.1f} |",
        f"| an answer takes, median | {asked['median']:.0f} ms |",
        f"| at the 99th percentile | {asked['p99']:.0f} ms |",
        f"| the slowest | {asked['slowest']:.0f} ms |",
        f"| errors | {asked['errors']} of {asked['requests']:,} |",
        "",
        f"| {EACH * READERS:,} connections, of which nginx may have open | {USUAL} | {ENOUGH:,} |",
        "| --- | --- | --- |",
        *(f"| {what} | {' | '.join(map(form, found['crowd'].values()))} |" for what, form in CROWD.items()),
        "",
        "| a reader's day | requests | KB |",
        "| --- | --- | --- |",
        *(f"| {what} | {requests} | {size / 1e3:.0f} |" for what, requests, size in day),
        f"| the day | {count} | {whole / 1e3:.0f} |",
        f"| {READERS} such days | {READERS * count:,} | {READERS * whole / 1e3:,.0f} |",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
