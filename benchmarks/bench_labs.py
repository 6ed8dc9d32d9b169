"""How soon is a page alive, how long does an edit take, and how long is a frame while a network trains?

Measured on the built book in headless Chromium.
"""

import json
import multiprocessing
import statistics
import threading
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.browser import launch
from tools import serve

VISITS = 7
EDITS = 200
PAGES = [
    "index",
    "00_intro",
    "01_pictures",
    "02_filtering",
    "03_convolution",
    "04_pooling",
    "05_relu",
    "06_stacking",
    "07_voting",
    "08_backprop",
    "09_limitations",
    "10_sequences",
]

# How one edit is made: a function body that gets the lab's element and the number of the edit, and
# returns what to time.
FLIP = """
  const cells = lab.querySelector('[role=grid].cl-editable').querySelectorAll('[role=gridcell]');
  const cell = cells[(7 * edit) % cells.length];
  cell.focus();
  return () => cell.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }));
"""
DRAG_VALUE = """
  const slider = lab.querySelector('input[type=range]');
  slider.value = (edit % 19) - 9;
  return () => slider.dispatchEvent(new Event('input', { bubbles: true }));
"""
LABS = [
    ("00_intro", "lab-playground", FLIP),
    ("01_pictures", "lab-pictures", FLIP),
    ("01_pictures", "lab-pixels", FLIP),
    ("02_filtering", "lab-filtering", FLIP),
    ("03_convolution", "lab-convolution", FLIP),
    ("03_convolution", "lab-kernels", DRAG_VALUE),
    ("04_pooling", "lab-pooling", FLIP),
    ("05_relu", "lab-relu", FLIP),
    ("06_stacking", "lab-stacking", FLIP),
    ("07_voting", "lab-voting", FLIP),
    ("08_backprop", "lab-wiggle", FLIP),
    ("08_backprop", "lab-training", FLIP),
    ("09_limitations", "lab-shuffle", FLIP),
    ("10_sequences", "lab-sequences", FLIP),
]

WATCH_FOR_LIFE = """
new MutationObserver(() => {
  const labs = [...document.querySelectorAll('.convnet-lab')];
  const alive = document.readyState !== 'loading' && labs.length > 0 && labs.every((lab) => lab.dataset.live);
  if (alive) window.aliveAt ??= performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""

# Callbacks of a frame run in the order in which they were asked for: what a lab puts off to the frame runs
# between the two of ours, and the message behind them comes after the paint.
TIME_EDITS = """
async ({ id, edits, prepare }) => {
  const lab = document.getElementById(id);
  const prepared = new Function('lab', 'edit', prepare);
  const frame = (note) => requestAnimationFrame(() => note(performance.now()));
  const times = [];
  for (let edit = 0; edit < edits; edit++) {
    const act = prepared(lab, edit);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    times.push(await new Promise((done) => {
      let before;
      frame((now) => (before = now));
      const start = performance.now();
      act();
      const script = performance.now() - start;
      frame((after) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done({ script: script + after - before, repaint: performance.now() - start });
        channel.port2.postMessage(null);
      });
    }));
  }
  return times;
}
"""

TRAININGS = [("08_backprop", "lab-training"), ("09_limitations", "lab-shuffle")]
TURNS = 3
# The times between frames, for as long as a training takes; or, without one, for two seconds.
TIME_FRAMES = """
async ({ id, trains }) => {
  const button = document.getElementById(id).querySelector('.cl-player .cl-primary');
  const frame = () => new Promise(requestAnimationFrame);
  if (trains) button.click();
  const times = [];
  let last = await frame();
  const end = last + (trains ? 10000 : 2000);
  while (last < end && !(trains && times.length > 1 && /^Train/.test(button.textContent))) {
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return times;
}
"""


def measure_frames():
    """(lab, how many busy processes beside it, and the three of `time_frames`), each lab twice."""
    with served_book() as address, sync_playwright() as playwright:
        browser = launch(playwright)
        frames = []
        for page, lab in TRAININGS:
            for busy in (0, 1):
                with busy_processes(busy):
                    turns = [time_frames(browser, f"{address}/book/{page}.html", lab) for _ in range(TURNS)]
                frames.append((lab, busy, *(sum(times, []) for times in zip(*turns, strict=True))))
        browser.close()
    return frames


def measure():
    """(milliseconds to life by page, (lab, script times, repaint times) each), from the book in _build/html."""
    with served_book() as address, sync_playwright() as playwright:
        browser = launch(playwright)
        alive = {page: [time_to_life(browser, f"{address}/book/{page}.html") for _ in range(VISITS)] for page in PAGES}
        repaints = [time_edits(browser, f"{address}/book/{page}.html", lab, prepare) for page, lab, prepare in LABS]
        browser.close()
    return alive, repaints


@contextmanager
def served_book():
    """The address of the built book on this machine."""
    with serve.server(serve.BUILT) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def time_to_life(browser, url):
    """Milliseconds from navigation until every lab of the page answers, with an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH_FOR_LIFE)
    page.goto(url)
    page.wait_for_function("window.aliveAt !== undefined")
    milliseconds = page.evaluate("window.aliveAt")
    context.close()
    return milliseconds


def time_edits(browser, url, lab, prepare):
    """(lab, script milliseconds, repaint milliseconds), one of each for every edit."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(f"#{lab}[data-live]")
    page.evaluate(f"document.getElementById('{lab}').scrollIntoView()")
    times = page.evaluate(TIME_EDITS, {"id": lab, "edits": EDITS, "prepare": prepare})
    context.close()
    return lab, [time["script"] for time in times], [time["repaint"] for time in times]


@contextmanager
def busy_processes(count):
    """So many processes that do nothing but work, until the end of the block."""
    processes = [multiprocessing.Process(target=work_for_ever, daemon=True) for _ in range(count)]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.kill()


def work_for_ever():
    while True:
        pass


def time_frames(browser, url, lab):
    """Milliseconds on one page: between frames at rest; the same from a press of Train to its end; and what each task
    of the page's own thread, drawing a frame among them, took of the processor meanwhile."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(url)
    page.wait_for_selector(f"#{lab}[data-live]")
    page.evaluate(f"document.getElementById('{lab}').scrollIntoView()")
    rest = page.evaluate(TIME_FRAMES, {"id": lab, "trains": False})
    browser.start_tracing(page=page, categories=["toplevel"])
    training = page.evaluate(TIME_FRAMES, {"id": lab, "trains": True})
    tasks = tasks_of(json.loads(browser.stop_tracing())["traceEvents"])
    page.close()
    return rest, training, tasks


def tasks_of(events):
    """Milliseconds of the processor of each task of a page's main thread, from a trace."""
    named = [event for event in events if event["name"] == "thread_name"]
    threads = {(event["pid"], event["tid"]): event["args"]["name"] for event in named}
    tasks = [event for event in events if event["name"].endswith("::RunTask") and "tdur" in event]
    return [task["tdur"] / 1000 for task in tasks if threads.get((task["pid"], task["tid"])) == "CrRendererMain"]


def frames_table(frames):
    """Markdown."""
    rows = []
    for lab, busy, rest, training, tasks in frames:
        pairs = [(of(training), of(rest)) for of in (lambda times: percentile(times, 99), max)]
        figures = [text for ours, quiet in pairs for text in (f"{ours:.0f}", f"{ours / quiet:.1f}")]
        beside = "one busy process" if busy else "nothing"
        figures.append(f"{max(tasks):.0f}")
        rows.append(f"| {lab.removeprefix('lab-')} | {beside} | {' | '.join(figures)} |")
    head = "| lab | beside | p99, ms | x at rest | longest, ms | x at rest | longest task, ms of the processor |"
    return "\n".join([head, "| --- " * 7 + "|", *rows])


def alive_table(alive):
    """Markdown."""
    rows = [f"| {page} | {statistics.median(times):.0f} | {max(times):.0f} |" for page, times in alive.items()]
    return "\n".join(["| page | alive after, ms | slowest visit, ms |", "| --- | --- | --- |", *rows])


def repaint_table(repaints):
    """Markdown."""
    rows = []
    for lab, script, repaint in repaints:
        values = [figure for times in (script, repaint) for figure in (statistics.median(times), percentile(times, 99))]
        rows.append(f"| {lab.removeprefix('lab-')} | {' | '.join(f'{value:.1f}' for value in values)} |")
    head = "| lab | script, median, ms | script, p99 | repaint, median | repaint, p99 |"
    return "\n".join([head, "| --- | --- | --- | --- | --- |", *rows])


def percentile(values, percent):
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
