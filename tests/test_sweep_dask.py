"""A sweep on a real Dask cluster: a scheduler and two worker processes on this machine, one of which is killed."""

import os
import signal
import threading
import time

import pytest
from dask import config
from distributed import Client, LocalCluster

from convnet_core.sweep import Table, rng_for, sweep
from tests import tiny_training
from tests.tiny_training import train_one

FEATURES = list(range(1, 11))
SEEDS = 20


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """Of a cluster that gives a task up when the first worker dies with it: what comes then is the sweep's to mend."""
    settings = {
        "distributed.scheduler.allowed-failures": 0,
        "temporary-directory": str(tmp_path_factory.mktemp("dask")),
    }
    workers = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "silence_logs": "CRITICAL"}
    here = {"host": "127.0.0.1", "dashboard_address": None}
    with config.set(settings), LocalCluster(**workers, **here) as cluster, Client(cluster) as client:
        yield client


def kill_one_after(runs, file, client):
    """Kill a worker as soon as so many runs are in the file; a thread that ends with that."""
    [victim, _] = client.run(os.getpid).values()

    def kill():
        while not file.exists() or file.read_bytes().count(b"\n") < runs:
            time.sleep(0.005)
        os.kill(victim, signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread, victim


def test_two_hundred_trainings_that_lose_a_worker_give_the_table_of_one_core(client, tmp_path):
    one_core = Table([{"features": features} for features in FEATURES], list(range(SEEDS)))
    for place, features in enumerate(FEATURES):
        for seed in range(SEEDS):
            one_core.runs[place, seed] = train_one(rng_for(seed), features)
    file = tmp_path / "runs.jsonl"
    killer, victim = kill_one_after(60, file, client)
    table = sweep(train_one, {"features": FEATURES}, SEEDS, executor=client.get_executor(), file=file, progress=False)
    killer.join(30)
    assert not killer.is_alive()
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)
    assert len(table.runs) == 200
    assert table == one_core
    assert file.read_bytes().count(b"\n") == 200


@pytest.mark.sweep
def test_a_run_that_takes_its_worker_with_it_is_named(client):
    table = sweep(
        tiny_training.two_features_die, {"features": [1, 2, 3]}, 1, executor=client.get_executor(), progress=False
    )
    assert [(one.setting, one.error.split(":")[0]) for one in table.failed] == [({"features": 2}, "KilledWorker")]
    assert table.runs == {(place, 0): train_one(rng_for(0), place + 1) for place in (0, 2)}
