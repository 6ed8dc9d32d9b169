"""Many trainings: each setting of the knobs from each seed, on all cores of this machine, or on many machines.

One training is one try with one set of knobs from one start. `sweep` trains them all, side by side, and makes a table
of what came out. Who trains is an executor of Python's own kind (`concurrent.futures.Executor`): processes of this
machine, or what Dask, Ray or MPI have for a whole room of machines.
"""

import itertools
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import warnings
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from convnet_core.checks import LONGEST, as_flag, as_number, as_whole
from convnet_core.kept_runs import KeptRuns, fingerprint, key_of
from convnet_core.threads import one_thread_each

ROOT = 0  # of all seeds: seed k is the k-th child of it
AT_ONCE = 1000  # runs that are handed to somebody else's executor before one of them is done
MOST_ON_WINDOWS = 61  # processes of one pool
HOPELESS, DEADLY = 5, 3  # runs that fail, or processes that die, before any run has finished: then it is no accident


def sweep(train_one, knobs, seeds, *, executor=None, workers=None, file=None, tries=2, progress=True):
    """Train each setting of the knobs from each seed, side by side: a table of what comes out.

    train_one  a function (rng, **setting) that trains once, and gives a number or {name: number}
    knobs      {name: [value, ...]} for all combinations, or [{name: value, ...}, ...] for these settings alone;
               a value is a number, a word, True, False, None, or a list of such
    seeds      how many, counted from 0, or a list of which
    executor   a concurrent.futures.Executor, which stays open; processes of this machine if left out
    workers    how many of these processes, one for each core if left out
    file       the path of a file that keeps each run as it ends: the same call with it goes on where it was stopped
    tries      how often a run that fails is tried in all
    progress   whether to show a bar
    return     a Table

    All settings meet the same seeds, so that they are compared from the same starts: for seed k, `rng` is made anew
    from the k-th child of one numpy SeedSequence (`rng_for(k)`), whatever the setting. More seeds leave the first ones
    as they were. If `train_one` draws from `rng` alone, the numbers are the same whoever trains, in whatever order, on
    machines of one kind; each product of matrices uses one thread.

    A run that fails is tried again; then the table names it, with its error, and the others go on. A worker that dies
    takes no run with it: what it had in hand is trained again. Ctrl-C ends the sweep and keeps what is done. A file of
    another `train_one`, or of this one before its text was changed, is refused (what it calls is not looked at).

    Raises ValueError where an argument is none of these, and RuntimeError where each of the first runs fails.
    """
    table = Table(_as_settings(knobs), _as_seeds(seeds))
    crew = _as_crew(executor, workers)
    tries, progress = as_whole("tries", tries, minimum=1), as_flag("progress", progress)
    if not callable(train_one):
        raise ValueError(f"sweep: train_one is a {type(train_one).__name__}, wanted a function (rng, **setting)")
    packed = _packed(train_one, has_own_processes=executor is None)
    kept = None if file is None else KeptRuns(_as_path(file), fingerprint(train_one))
    if kept:
        table.runs |= _known(kept.read(), table)
    with tqdm(total=table.wanted, initial=len(table.runs), unit="run", disable=not progress) as bar:
        _Sweep(table, packed, crew, kept, tries, bar).go()
    return table


def rng_for(seed):
    """The generator that a run of this seed is given: the seed-th child of one SeedSequence.

    seed  a whole number of at least 0

    `train_one(rng_for(3), **setting)` is the run of seed 3, alone.
    """
    child = np.random.SeedSequence(ROOT, spawn_key=(as_whole("seed", seed, minimum=0),))
    return np.random.default_rng(child)


# What comes out


@dataclass(frozen=True)
class Failed:
    """A run that failed as often as it was tried, and the last of its errors, in words."""

    setting: dict
    seed: int
    error: str

    def __str__(self):
        return f"{_in_words(self.setting)}, seed {self.seed}: {self.error}"


@dataclass(repr=False)
class Table:
    """What a sweep came to. As text: a line a setting, with mean and spread (standard deviation) over the seeds.

    settings  dicts, in the order of the knobs
    seeds     whole numbers
    runs      {(place of the setting, seed): {name: number}}, of what is finished
    failed    what failed for good, each a Failed
    ended     "finished", "interrupted" by Ctrl-C, or why the executor took no more work

    `print(table)`, or with a format of one's own for the numbers: `print(f"{table:.0%}")`.
    """

    settings: list
    seeds: list
    runs: dict = field(default_factory=dict)
    failed: list = field(default_factory=list)
    ended: str = "finished"

    @property
    def wanted(self):
        """How many runs there are in all."""
        return len(self.settings) * len(self.seeds)

    @property
    def names(self):
        """What is counted of each run."""
        return list(dict.fromkeys(name for numbers in self.runs.values() for name in numbers))

    def numbers(self, name=None):
        """One number of every run, (settings, seeds).

        name  which, of `names`; may be left out where there is only one

        Raises ValueError where a run is missing: a mean without it would say something else.
        """
        if name is None and len(self.names) == 1:
            name = self.names[0]
        if name not in self.names:
            raise ValueError(f"numbers: name is {name!r}, wanted one of {self.names}")
        for place, seed in itertools.product(range(len(self.settings)), self.seeds):
            if name not in self.runs.get((place, seed), {}):
                run = f"{_in_words(self.settings[place])}, seed {seed}"
                raise ValueError(f"numbers: there is no {name} of {run}, wanted one of every run: print the table")
        return np.array([[self.runs[place, seed][name] for seed in self.seeds] for place in range(len(self.settings))])

    def __str__(self):
        return format(self, "")

    def __format__(self, form):
        knobs = list(dict.fromkeys(knob for setting in self.settings for knob in setting))
        head = [*knobs, "runs", *itertools.chain(*((name, "spread") for name in self.names))]
        rows = []
        for place, setting in enumerate(self.settings):
            values = (str(setting[knob]) if knob in setting else "" for knob in knobs)
            rows.append([*values, *self._counted(place, form)])
        widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
        lines = ["  ".join(word.rjust(width) for word, width in zip(row, widths, strict=True)) for row in [head, *rows]]
        return "\n".join([*lines, *self._missing()])

    __repr__ = __str__

    def _counted(self, place, form):
        """Of one setting, in words: how many runs there are, and mean and spread of each number."""
        runs = [self.runs[place, seed] for seed in self.seeds if (place, seed) in self.runs]
        yield f"{len(runs)}" if len(runs) == len(self.seeds) else f"{len(runs)} of {len(self.seeds)}"
        for name in self.names:
            found = [run[name] for run in runs if name in run]
            yield format(np.mean(found), form or ".4g") if found else ""
            yield format(np.std(found), form or ".2g") if found else ""

    def _missing(self):
        """Lines on what is not in the table."""
        yield from (f"failed: {one}" for one in self.failed)
        left = self.wanted - len(self.runs) - len(self.failed)
        if left:
            yield f"not trained: {left} of {self.wanted} runs ({self.ended})"


def _in_words(setting):
    return ", ".join(f"{knob}={value!r}" for knob, value in setting.items())


# Who trains


class _OwnProcesses:
    """Processes of this machine, started anew where one of them dies."""

    def __init__(self, workers):
        self.room, self.can_start_anew = workers, True
        self.start_anew()

    def start_anew(self):
        # Spawned, and not split off: a copy of a notebook's process, with all its threads, may hang.
        spawn = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.room, mp_context=spawn, initializer=_end_at_once)
        self.submit = self._pool.submit

    def close(self, is_stopped):
        if is_stopped:  # nobody waits for what is being trained; Python 3.14 has a public call for it
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
        self._pool.shutdown(cancel_futures=True)


class _Given:
    """Somebody's executor, which stays open."""

    room, can_start_anew = AT_ONCE, False

    def __init__(self, executor):
        self.submit = executor.submit

    def close(self, is_stopped):
        pass


def _end_at_once():
    """In a process of ours: Ctrl-C ends it, without a word, and nothing is left of it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    tqdm.set_lock(threading.RLock())  # a bar's own one would be shared between processes, and stay


def _run(packed, setting, seed, attempt):
    """One training, wherever this is.

    attempt  which it is: Dask takes a call with the same arguments for the same one, and hands back its old error
    """
    with one_thread_each():
        found = _unpacked(packed)(rng_for(seed), **setting)
    named = found if isinstance(found, dict) else {"result": found}
    return {str(name): as_number(f"sweep: {name!r}, as train_one gives it,", value) for name, value in named.items()}


class _Sweep:
    """The runs that wait, those that are being trained, and what becomes of them."""

    def __init__(self, table, packed, crew, kept, tries, bar):
        self.table, self.packed, self.crew, self.kept, self.tries, self.bar = table, packed, crew, kept, tries, bar
        every = ((place, seed) for seed in table.seeds for place in range(len(table.settings)))
        self.waiting = deque(run for run in every if run not in table.runs)
        self.running = {}  # by future
        self.tried, self.deaths = Counter(), 0
        self.suspects = set()  # in hand when a process died: each is trained alone, so that it is known which it was

    def go(self):
        """Train all, or until Ctrl-C, or until the executor takes no more."""
        is_stopped = True
        try:
            while (self.waiting or self.running) and self.table.ended == "finished":
                self.hand_out()
                done, _ = wait(self.running, timeout=1, return_when=FIRST_COMPLETED)
                for future in done:
                    self.take_back(future)
            is_stopped = self.table.ended != "finished"
        except KeyboardInterrupt:
            self.table.ended = "interrupted"
        finally:
            try:
                self.leave()
            finally:  # where the file takes no more, too
                self.crew.close(is_stopped)
        self.table.failed.sort(key=lambda one: (self.table.seeds.index(one.seed), key_of(one.setting)))

    def leave(self):
        """Take nothing more, but for what came in just now."""
        for future, run in self.running.items():
            if not future.cancel() and future.done() and future.exception() is None:
                self.note(run, future.result())

    def hand_out(self):
        while self.waiting and len(self.running) < (1 if self.suspects else self.crew.room):
            place, seed = run = self.waiting[0]
            try:
                future = self.crew.submit(_run, self.packed, self.table.settings[place], seed, self.tried[run])
            except BrokenExecutor as error:
                return self.worker_died(error)
            except Exception as error:  # closed, or its machines are gone: each kind has words of its own
                return self.end(error)
            self.waiting.popleft()
            self.running[future] = run

    def take_back(self, future):
        """What became of a run that is done."""
        run = self.running.pop(future, None)
        if run is None:
            return
        try:
            numbers = future.result()
        except KeyboardInterrupt:
            raise
        except BrokenExecutor as error:
            self.worker_died(error, run)
        except BaseException as error:  # SystemExit and what Dask and others raise, too
            self.failed(run, error)
        else:
            self.note(run, numbers)

    def note(self, run, numbers):
        place, seed = run
        self.table.runs[run] = numbers
        if self.kept:
            self.kept.add(self.table.settings[place], seed, numbers)
        self.suspects.discard(run)
        self.bar.update()

    def failed(self, run, error):
        self.tried[run] += 1
        if self.tried[run] < self.tries:
            return self.waiting.appendleft(run)
        self.suspects.discard(run)
        place, seed = run
        self.table.failed.append(Failed(self.table.settings[place], seed, _told(error)))
        self.bar.set_postfix_str(f"{len(self.table.failed)} failed")
        if not self.table.runs and len(self.table.failed) == min(HOPELESS, self.table.wanted):
            raise RuntimeError(f"sweep: no run succeeds. {self.table.failed[-1]}") from error

    def worker_died(self, error, *lost):
        """A process died, and with it all that its pool had in hand; nobody knows which run it had."""
        if not self.crew.can_start_anew:
            return self.end(error)
        wait(self.running)  # all of them come back, those that were finished in time with their numbers
        for future in list(self.running):
            if isinstance(future.exception(), BrokenExecutor):
                lost += (self.running.pop(future),)
        self.crew.close(is_stopped=True)
        self.crew.start_anew()
        self.deaths += 1
        if not self.table.runs and self.deaths == DEADLY:
            raise RuntimeError(f"sweep: no run succeeds: {DIED}") from error
        if self.suspects and lost:
            [alone] = lost
            return self.failed(alone, RuntimeError(DIED))
        self.suspects.update(lost)
        self.waiting.extendleft(reversed(lost))

    def end(self, error):
        """Nobody takes work any more."""
        self.table.ended = f"the executor takes no more work: {_told(error)}"


def _told(error):
    """An error in a line."""
    return f"{type(error).__name__}: {error}".splitlines()[0][:LONGEST]


DIED = (
    "its process died: out of memory, or killed. (In a script, the call of sweep has to stand below "
    '`if __name__ == "__main__":`)'
)


# What is handed in


def _as_settings(knobs):
    """Settings in a list, each a dict."""
    if isinstance(knobs, dict) and knobs:
        listed = {name: _listed(values) for name, values in knobs.items()}
        for name, values in listed.items():
            if values is None:
                raise ValueError(f"sweep: knob {name!r} is {knobs[name]!r}, wanted a list of values")
        combinations = itertools.product(*listed.values())
        settings = [dict(zip(knobs, values, strict=True)) for values in combinations]
    elif isinstance(knobs, list | tuple) and all(isinstance(setting, dict) for setting in knobs):
        settings = [dict(setting) for setting in knobs]
    else:
        raise ValueError(f"sweep: knobs is {knobs!r}, wanted {{name: [value, ...]}} or a list of settings")
    if not settings:
        raise ValueError("sweep: knobs leaves no setting, wanted at least one value of each")
    settings = [{name: _plain(value) for name, value in setting.items()} for setting in settings]
    keys = Counter(map(key_of, settings))
    twice = [key for key, count in keys.items() if count > 1]
    if twice:
        raise ValueError(f"sweep: knobs has {twice[0]} twice, wanted each setting once")
    return settings


def _listed(values):
    """What it holds, in a list; None of a word, and of what holds nothing."""
    if isinstance(values, str | bytes | dict):
        return None
    try:
        return list(values)
    except TypeError:  # an array that is a single number calls itself iterable
        return None


def _plain(value):
    """A numpy number as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


def _as_seeds(seeds):
    if isinstance(seeds, int | np.integer):
        return list(range(as_whole("seeds", seeds, minimum=1)))
    listed = _listed(seeds)
    if listed is None:
        raise ValueError(f"sweep: seeds is {seeds!r}, wanted how many, or a list of which")
    listed = [as_whole("seeds", seed, minimum=0) for seed in listed]
    if not listed or len(listed) != len(set(listed)):
        raise ValueError(f"sweep: seeds is {listed}, wanted one or more, each once")
    return listed


def _as_path(file):
    try:
        return Path(file)
    except TypeError:
        raise ValueError(f"sweep: file is a {type(file).__name__}, wanted the path of a file") from None


def _as_crew(executor, workers):
    if executor is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        cores = min(cores, MOST_ON_WINDOWS) if sys.platform == "win32" else cores
        return _OwnProcesses(cores if workers is None else as_whole("workers", workers, minimum=1))
    if not isinstance(executor, Executor):
        wanted = "a concurrent.futures.Executor, of a Dask client its client.get_executor()"
        raise ValueError(f"sweep: executor is a {type(executor).__name__}, wanted {wanted}")
    if workers is not None:
        raise ValueError("sweep: workers is given beside an executor, wanted one of them: the executor has its own")
    return _Given(executor)


def _known(found, table):
    """Of the runs in a file, those of this table."""
    places = {key_of(setting): place for place, setting in enumerate(table.settings)}
    ours = {(places[key], seed): run for (key, seed), run in found.items() if key in places and seed in table.seeds}
    if len(ours) < len(found):
        others = f"{len(found) - len(ours)} runs of other settings or seeds"
        warnings.warn(f"sweep: the file has {others}, too; they stay there, and out of this table", stacklevel=3)
    return ours


def _packed(train_one, has_own_processes):
    """The function as bytes, for other processes. One from a notebook's cell goes with its text, by cloudpickle."""
    try:
        from cloudpickle import dumps
    except ModuleNotFoundError:
        is_typed_in = getattr(train_one, "__module__", None) == "__main__"
        if is_typed_in and has_own_processes and not hasattr(sys.modules["__main__"], "__file__"):
            raise ValueError(
                "sweep: train_one stands in a cell, which other processes do not see. Install cloudpickle "
                "(pip install cloudpickle), or put train_one into a file beside the notebook and import it"
            ) from None
        dumps = pickle.dumps
    try:
        return dumps(train_one)
    except Exception as error:  # whatever it holds on to has a say
        words = f"{type(error).__name__}: {error}"
        raise ValueError(f"sweep: train_one can't be sent to another process ({words})") from error


@lru_cache(maxsize=1)
def _unpacked(packed):
    return pickle.loads(packed)
