"""Sweeps: the same table whoever trains, in whatever order, and whatever dies on the way."""

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from convnet_core import sweep as sweeps
from convnet_core.kept_runs import KeptRuns, fingerprint
from convnet_core.sweep import Failed, Table, rng_for, sweep
from tests import tiny_training
from tests.tiny_training import train_one

KNOBS = {"features": [1, 2, 3], "rate": [0.01, 0.1]}
NETS = {"features": [1, 2, 3]}
SEEDS = 3
quiet = partial(sweep, progress=False)


class Here(Executor):
    """Trains at once, in this process."""

    def submit(self, work, *arguments):
        future = Future()
        try:
            future.set_result(work(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


class Backwards(Executor):
    """Trains nothing until three runs are in hand, and the last of them first."""

    def __init__(self, left):
        self.left, self.held = left, []

    def submit(self, work, *arguments):
        future = Future()
        self.held.append((future, work, arguments))
        self.left -= 1
        if len(self.held) == 3 or self.left == 0:
            while self.held:
                one, its_work, its_arguments = self.held.pop()
                one.set_result(its_work(*its_arguments))
        return future


class Closing(Here):
    """Trains so many, and takes no more."""

    def __init__(self, most):
        self.left = most

    def submit(self, *arguments):
        if not self.left:
            raise RuntimeError("closed")
        self.left -= 1
        return super().submit(*arguments)


@pytest.fixture(scope="module")
def alone():
    """The table of KNOBS, by two plain loops."""
    settings = [dict(zip(KNOBS, values, strict=True)) for values in itertools.product(*KNOBS.values())]
    table = Table(settings, list(range(SEEDS)))
    for (place, setting), seed in itertools.product(enumerate(settings), range(SEEDS)):
        table.runs[place, seed] = train_one(rng_for(seed), **setting)
    return table


def one_core(train, knobs=NETS, seeds=SEEDS):
    return quiet(train, knobs, seeds, executor=Here())


# The same numbers


def test_processes_threads_and_any_order_give_the_numbers_of_two_loops(alone):
    assert quiet(train_one, KNOBS, SEEDS) == alone
    assert quiet(train_one, KNOBS, SEEDS, workers=1) == alone
    assert quiet(train_one, KNOBS, SEEDS, executor=Backwards(6 * SEEDS)) == alone
    with ThreadPoolExecutor(2) as threads:
        assert quiet(train_one, KNOBS, SEEDS, executor=threads) == alone
        assert quiet(train_one, KNOBS, SEEDS, executor=threads) == alone, "it stays open"


def test_all_settings_meet_the_same_seeds_and_each_seed_is_a_stream_of_its_own():
    first = quiet(draw, {"features": [1, 2]}, 50, executor=Here()).numbers()
    np.testing.assert_array_equal(first[0], first[1])
    assert len(set(first[0])) == 50
    children = [np.random.default_rng(child).random() for child in np.random.SeedSequence(0).spawn(50)]
    np.testing.assert_array_equal(first[0], children)


def draw(rng, features):
    return rng.random()


def test_more_seeds_or_a_choice_of_them_leave_the_others_as_they_are():
    three, chosen = (quiet(draw, {"features": [1]}, seeds, executor=Here()) for seeds in (3, [5, 2, 0]))
    assert chosen.numbers()[0, 1:].tolist() == three.numbers()[0, [2, 0]].tolist()


def test_settings_may_be_listed_and_hold_lists():
    table = quiet(total, [{"maps": (1, 2)}, {"maps": [3], "more": np.int64(4)}], 1, executor=Here())
    assert table.numbers().tolist() == [[3], [7]]
    assert str(table).splitlines()[1].split("  ")[0] == "(1, 2)"


def total(rng, maps, more=0):
    return sum(maps) + more


def test_a_run_uses_one_thread_for_a_product_and_gives_the_others_back():
    libraries = ThreadpoolController().select(user_api="blas")
    with libraries.limit(limits=2):
        before = threads_in_use()
        assert one_core(count_threads).numbers().max() == 1
        assert threads_in_use() == before


def count_threads(rng, features):
    return threads_in_use()


def threads_in_use():
    return max((library["num_threads"] for library in ThreadpoolController().select(user_api="blas").info()), default=1)


# What fails, and who dies


def test_a_run_that_fails_once_is_tried_again(tmp_path):
    table = quiet(partial(tiny_training.fails_once, folder=str(tmp_path)), NETS, SEEDS, workers=2)
    assert table == one_core(train_one)


def test_a_run_that_fails_for_good_is_named_and_the_others_are_there(tmp_path):
    table = quiet(tiny_training.two_features_fail, NETS, SEEDS, executor=Here(), tries=3)
    error = "FloatingPointError: the loss is nan"
    assert table.failed == [Failed({"features": 2}, seed, error) for seed in range(SEEDS)]
    whole = one_core(train_one)
    assert table.runs == {run: numbers for run, numbers in whole.runs.items() if run[0] != 1}
    file = tmp_path / "runs.jsonl"
    quiet(tiny_training.two_features_fail, NETS, SEEDS, executor=Here(), file=file)
    assert quiet(tiny_training.two_features_fail, NETS, SEEDS, executor=Here(), file=file) == table, "and the next time"
    lines = str(table).splitlines()
    assert lines[2].split() == ["2", "0", "of", "3"]
    assert lines[-1] == f"failed: features=2, seed 2: {error}"
    with pytest.raises(ValueError, match=r"numbers: there is no loss of features=2, seed 0, wanted one of every run"):
        table.numbers("loss")


def test_where_no_run_succeeds_the_sweep_ends_soon_and_says_why():
    tried = []

    class Counting(Here):
        def submit(self, *arguments):
            tried.append(arguments)
            return super().submit(*arguments)

    with pytest.raises(RuntimeError, match=r"sweep: no run succeeds\. wrong=0, seed 0: TypeError: .*'wrong'"):
        quiet(train_one, {"wrong": [0]}, 1, executor=Here())
    with pytest.raises(RuntimeError, match=r"no run succeeds"), ThreadPoolExecutor(1) as threads:
        quiet(train_one, {"wrong": list(range(1000))}, 1, executor=threads)
    with pytest.raises(RuntimeError, match=r"train_one gives it, holds text, wanted"):
        quiet(gives_words, {"features": [1]}, 1, executor=Counting())
    assert len(tried) == 2


def gives_words(rng, features):
    return {"right": "most of them"}


def test_a_process_that_is_killed_takes_no_run_with_it(tmp_path):
    killed = partial(tiny_training.dies_once, folder=str(tmp_path))
    assert quiet(killed, NETS, SEEDS, workers=2) == one_core(train_one)
    assert (tmp_path / "tried 2").exists()


@pytest.mark.sweep
def test_a_run_that_kills_its_process_every_time_is_found_among_those_that_ran_beside_it():
    table = quiet(tiny_training.two_features_die, NETS, 2, workers=2)
    assert [(one.setting, one.seed) for one in table.failed] == [({"features": 2}, 0), ({"features": 2}, 1)]
    assert all(one.error.startswith("RuntimeError: its process died: out of memory, or killed") for one in table.failed)
    whole = one_core(train_one, seeds=2)
    assert table.runs == {run: numbers for run, numbers in whole.runs.items() if run[0] != 1}


def test_an_executor_that_breaks_leaves_what_is_done_and_the_next_one_goes_on(tmp_path):
    file = tmp_path / "runs.jsonl"
    dying = partial(tiny_training.dies_once, folder=str(tmp_path))
    with ProcessPoolExecutor(1) as pool:
        broken = quiet(dying, NETS, SEEDS, executor=pool, file=file)
    assert broken.ended.startswith("the executor takes no more work: BrokenProcessPool: ")
    assert f"not trained: {9 - len(broken.runs)} of 9 runs (the executor" in str(broken)
    assert 1 <= len(broken.runs) < 9
    assert quiet(dying, NETS, SEEDS, executor=Here(), file=file) == one_core(train_one)
    with ThreadPoolExecutor(1) as closed:
        pass
    hears_last = quiet(train_one, NETS, SEEDS, executor=Closing(4))
    assert len(hears_last.runs) == 4, "what had come in before is there"
    assert "RuntimeError" in quiet(train_one, NETS, SEEDS, executor=closed).ended


# The file


def count(folder):
    return len(list(Path(folder).iterdir()))


def test_a_sweep_goes_on_from_its_file_and_trains_nothing_twice(tmp_path):
    file, runs = tmp_path / "runs.jsonl", tmp_path / "runs"
    runs.mkdir()
    train = partial(tiny_training.counted, folder=str(runs))
    first = quiet(train, NETS, 2, executor=Here(), file=file)
    assert (count(runs), len(file.read_text().splitlines())) == (6, 6)
    more = quiet(train, NETS, 3, executor=Here(), file=file)
    assert count(runs) == 9
    assert first.runs.items() <= more.runs.items()
    assert more == quiet(train, NETS, 3, workers=1, file=file)
    assert count(runs) == 9
    with pytest.warns(UserWarning, match=r"the file has 6 runs of other settings or seeds, too"):
        assert len(quiet(train, {"features": [1]}, 3, executor=Here(), file=file).runs) == 3
    assert len(file.read_text().splitlines()) == 9


@pytest.mark.parametrize("left", [1, 25, -1])
def test_a_last_line_that_a_kill_cut_short_is_told_and_trained_again(tmp_path, left):
    file = tmp_path / "runs.jsonl"
    whole = quiet(train_one, NETS, 2, executor=Here(), file=file)
    written = file.read_bytes()
    last = written.splitlines(keepends=True)[-1]
    file.write_bytes(written.removesuffix(last) + last[:left])
    with pytest.warns(UserWarning, match=r"the last line of .* was cut short; its run is trained again"):
        again = quiet(train_one, NETS, 2, executor=Here(), file=file)
    assert again == whole
    assert file.read_bytes() == written


def test_a_file_that_is_not_this_sweeps_is_refused_and_left_as_it_is(tmp_path):
    file = tmp_path / "runs.jsonl"
    quiet(train_one, NETS, 1, executor=Here(), file=file)
    own = file.read_text()
    other = json.loads(own.splitlines()[0])
    other["numbers"] = {"loss": 0.5}
    cases = {
        own: (draw, "line 1 of .* is of another train_one, or of this one before its text was changed"),
        own + "[1]\n": (train_one, "line 4 of .* is no run of a sweep"),
        own[:50] + "\n" + own: (train_one, "line 1 of .* is no run of a sweep"),
        "a diary without an end": (train_one, "the last line of .* is no run of a sweep"),
        own + json.dumps(other) + "\n": (train_one, "has other numbers for the same run in line 4"),
        own + own[:50] + "\n": (train_one, "where all others are of this sweep, take that line out"),
        **{own + json.dumps(other | bent) + "\n": (train_one, "line 4 of .* is no run of a sweep") for bent in BENT},
    }
    for text, (train, said) in cases.items():
        file.write_text(text)
        with pytest.raises(ValueError, match=said):
            quiet(train, NETS, 1, executor=Here(), file=file)
        assert file.read_text() == text


BENT = (
    {"seed": [0]},
    {"seed": -1},
    {"numbers": 5},
    {"numbers": {"loss": float("nan")}},
    {"numbers": {"loss": "0.5"}},
    {"setting": {"features": float("inf")}},
)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("not there/runs.jsonl", r"file is .*not there.runs.jsonl \(No such"),
        (".", r"file is .* \("),
        (3, "file is a int"),
    ],
)
def test_a_path_that_can_not_be_a_file_is_told_before_anything_is_trained(tmp_path, name, said):
    def fail(rng, features):
        pytest.fail("it was trained")

    file = tmp_path / name if isinstance(name, str) else name
    with pytest.raises(ValueError, match=f"sweep: {said}.*, wanted the path of a file"):
        quiet(fail, NETS, 1, executor=Here(), file=file)
    assert list(tmp_path.iterdir()) == []


def test_zeros_that_a_power_cut_left_are_cut_off(tmp_path):
    file = tmp_path / "runs.jsonl"
    whole = quiet(train_one, NETS, 1, executor=Here(), file=file)
    written = file.read_bytes()
    for left in (b"\0" * 40, written[:25] + b"\0" * 40):
        file.write_bytes(written + left)
        with pytest.warns(UserWarning, match="was cut short"):
            assert quiet(train_one, NETS, 1, executor=Here(), file=file) == whole
        assert file.read_bytes() == written


def test_where_the_disk_is_full_nothing_is_left_running(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("no space left on device")

    closed = []
    monkeypatch.setattr(KeptRuns, "add", full)
    monkeypatch.setattr(sweeps._Given, "close", lambda _, is_stopped: closed.append(is_stopped))
    with pytest.raises(OSError, match="no space left"):
        quiet(train_one, NETS, 1, executor=Backwards(3), file=tmp_path / "runs.jsonl")
    assert closed == [True]


def test_what_is_bound_to_a_function_tells_it_from_others(tmp_path):
    file = tmp_path / "runs.jsonl"
    quiet(partial(train_one, rate=0.1), NETS, 1, executor=Here(), file=file)
    with pytest.raises(ValueError, match="of another train_one"):
        quiet(partial(train_one, rate=0.2), NETS, 1, executor=Here(), file=file)
    quiet(partial(train_one, rate=0.1), NETS, 2, executor=Here(), file=file)
    assert len(file.read_text().splitlines()) == 6


class Trainer:
    def __init__(self, rate):
        self.rate = rate

    def train(self, rng, features):
        return train_one(rng, features, self.rate)

    __call__ = train


def with_default(rate):
    def train(rng, features, rate=rate):
        return train_one(rng, features, rate)

    return train


def with_named_default(rate):
    def train(rng, features, *, rate=rate):
        return train_one(rng, features, rate)

    return train


def typed_in(rate):
    """Where no text is kept, as in Python's own shell."""
    typed = {}
    exec(f"def train(rng, features): return [{rate} for _ in {{'a', 'b'}} if _ in {{'a', 'b'}}][0]", typed)
    return typed["train"]


def one_of_two(rate):
    slow, fast = (lambda rng, features: 0.1), (lambda rng, features: 0.2)
    return slow if rate == 0.1 else fast


@pytest.mark.parametrize(
    "made",
    [Trainer, lambda rate: Trainer(rate).train, with_default, with_named_default, typed_in, one_of_two],
    ids=["object", "method", "default", "named default", "typed in", "two lambdas in a line"],
)
def test_functions_that_train_otherwise_are_told_apart_and_the_same_one_is_known_again(made):
    assert fingerprint(made(0.1)) == fingerprint(made(0.1))
    assert fingerprint(made(0.1)) != fingerprint(made(0.2))


def test_a_function_without_a_text_is_known_in_another_process():
    """There the letters of a set come in another order."""
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r})\n"
    script += "from tests.test_sweep import fingerprint, typed_in; print(fingerprint(typed_in(0.1)))"
    for seed in "12":
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == fingerprint(typed_in(0.1))


def started(script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


SLOW = """
import signal, sys, time
from convnet_core.sweep import sweep
from tests.tiny_training import train_one

def slowly(rng, features):
    time.sleep(0.1)
    return train_one(rng, features)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background ignores
    table = sweep(slowly, {"features": [1, 2, 3]}, 100, workers=2, file=sys.argv[1], progress=False)
    print(table.ended, len(table.runs))
    print(table)
"""


def wait_for_lines(file, least):
    end = time.monotonic() + 60
    while not file.exists() or file.read_bytes().count(b"\n") < least:
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_sweep_that_is_stopped_has_every_finished_run_in_its_file(tmp_path, stop):
    file = tmp_path / "runs.jsonl"
    process = started(SLOW, file)
    wait_for_lines(file, 4)
    os.killpg(process.pid, stop)
    said, complaints = process.communicate(timeout=60)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert 4 <= len(lines) < 300
    assert all(line["numbers"] == train_one(rng_for(line["seed"]), **line["setting"]) for line in lines)
    if stop == signal.SIGINT:
        assert said.splitlines()[0] == f"interrupted {len(lines)}"
        assert said.splitlines()[-1] == f"not trained: {300 - len(lines)} of 300 runs (interrupted)"
        assert complaints == ""


# Functions from a notebook's cell, and from a script

CELL = """
import sys
sys.modules.update({name: None for name in sys.argv[1:]})
from convnet_core.sweep import sweep
step = 2

def train_one(rng, start):
    return start + step

print(sweep(train_one, {"start": [1, 2]}, 2, workers=1, progress=False).numbers().tolist())
"""


def test_a_function_of_a_notebooks_cell_goes_to_other_processes_with_what_it_uses():
    said, complaints = started(CELL).communicate(timeout=60)
    assert said == "[[3.0, 3.0], [4.0, 4.0]]\n", complaints


def test_without_cloudpickle_it_says_what_to_do():
    complaints = started(CELL, "cloudpickle").communicate(timeout=60)[1]
    assert "ValueError: sweep: train_one stands in a cell, which other processes do not see. Install" in complaints


@pytest.mark.sweep
def test_a_script_that_calls_it_at_its_top_level_is_told_where_to(tmp_path):
    script = tmp_path / "mine.py"
    script.write_text(CELL)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert 'has to stand below `if __name__ == "__main__":`' in done.stderr.splitlines()[-1]


# What is handed in


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"train_one": 3}, "train_one is a int, wanted a function"),
        ({"train_one": (one for one in ())}, "train_one is a generator, wanted a function"),
        ({"knobs": {}}, "knobs is {}, wanted"),
        ({"knobs": {"features": []}}, "knobs leaves no setting"),
        ({"knobs": {"features": 3}}, "knob 'features' is 3, wanted a list of values"),
        ({"knobs": {"features": "abc"}}, "knob 'features' is 'abc', wanted a list of values"),
        ({"knobs": {"features": np.array(3)}}, r"knob 'features' is array\(3\), wanted a list of values"),
        ({"knobs": {"features": [object()]}}, "knobs holds .*, wanted numbers, words"),
        ({"knobs": {"rate": [float("nan")]}}, "knobs holds .*, wanted numbers, words"),
        ({"knobs": {"features": [1, 2, 1]}}, 'knobs has {"features": 1} twice'),
        ({"seeds": 0}, "seeds is 0, wanted a whole number of at least 1"),
        ({"seeds": [1, 1]}, r"seeds is \[1, 1\], wanted one or more, each once"),
        ({"seeds": [-1]}, "seeds is -1, wanted a whole number of at least 0"),
        ({"seeds": "3"}, "seeds is '3', wanted how many"),
        ({"seeds": np.array(3)}, r"seeds is array\(3\), wanted how many"),
        ({"executor": object()}, r"executor is a object, wanted .* client.get_executor\(\)"),
        ({"executor": Here(), "workers": 2}, "workers is given beside an executor"),
        ({"workers": 0}, "workers is 0, wanted a whole number of at least 1"),
        ({"tries": 0}, "tries is 0, wanted a whole number of at least 1"),
        ({"progress": 1}, "progress is 1, wanted True or False"),
    ],
)
def test_what_it_can_not_use_is_refused_before_anything_is_trained(wrong, said, tmp_path):
    right = {"train_one": train_one, "knobs": NETS, "seeds": 1, "file": tmp_path / "runs.jsonl", "progress": False}
    with pytest.raises(ValueError, match=said):
        sweep(**right | wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_function_that_can_not_be_sent_is_refused_in_words():
    lock = threading.Lock()
    with pytest.raises(ValueError, match="train_one can't be sent to another process"):
        quiet(lambda rng, features: lock.locked(), NETS, 1)


def test_windows_has_no_more_processes_than_it_can_wait_for(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(96), raising=False)
    assert sweeps._as_crew(None, None).room == 61


# The table


def test_the_table_has_a_line_a_setting_with_mean_and_spread(alone):
    lines = [line.split() for line in str(alone).splitlines()]
    assert lines[0] == ["features", "rate", "runs", "loss", "spread", "right", "spread"]
    assert [line[:3] for line in lines[1:]] == [[str(n), str(rate), "3"] for n in (1, 2, 3) for rate in (0.01, 0.1)]
    losses = alone.numbers("loss")
    assert losses.shape == (6, SEEDS)
    assert lines[1][3:5] == [f"{losses[0].mean():.4g}", f"{losses[0].std():.2g}"]
    assert f"{alone:.0%}".splitlines()[1].split()[5] == f"{alone.numbers('right')[0].mean():.0%}"
    with pytest.raises(ValueError, match=r"numbers: name is None, wanted one of \['loss', 'right'\]"):
        alone.numbers()


def test_a_bar_says_how_far_it_is(capsys):
    sweep(train_one, NETS, 1, executor=Here())
    assert "3/3" in capsys.readouterr().err
