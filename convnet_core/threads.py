"""How many threads a product of matrices may use: one where it is small, all of them where it is large.

The library behind numpy's products (OpenBLAS, mostly) shares all but the smallest of them out among threads, one for
each core, and waits for the last. Where other programs work on the same cores, a thread may have to wait some
milliseconds for its turn; a product that one core does within a millisecond then takes many times as long. A training
is thousands of such products.
"""

import os
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import copy_context
from functools import cache

# Multiplications in the largest product of a step. Below NEVER_SHARED, no library shares a product out, and there is
# nothing to limit. From LARGE on, one core alone needs about as long as the few milliseconds that a thread may wait
# for its turn: then threads gain more than they lose.
NEVER_SHARED = 2**13
LARGE = 2**25

_limited = threading.Lock()


@contextmanager
def threads_for(multiplications):
    """Let products use one thread each while the block runs, unless they are large; then as many as before.

    multiplications  in the largest product of a step; `Network.largest_product` counts them

        with threads_for(network.largest_product((32, 1, 9, 9))):
            ...

    The number of threads is given back however the block ends. It is one number for the whole program: a block within
    another, or in another Python thread while one runs, changes nothing. Where numpy multiplies with a library that
    takes no such orders (Accelerate on macOS), nothing happens.
    """
    one_is_faster = NEVER_SHARED <= multiplications < LARGE
    if not one_is_faster:
        yield
        return
    with one_thread_each():
        yield


@contextmanager
def one_thread_each():
    """Let products use one thread each while the block runs, however large: where other processes have the other cores.

    As with `threads_for`, it is one number for the whole program, and a block within another changes nothing.
    """
    if not _limited.acquire(blocking=False):
        yield
        return
    try:
        with _one_thread_each():
            yield
    finally:
        _limited.release()


def share_out(work, count, multiplications):
    """Do `work` to `count` rows: all at once, or, if it is large, some on each of several threads.

    work             a function (start, stop) that does rows `start` to `stop`, whatever happens to the others
    multiplications  in all of it

    There are as many threads as products may use, and each of their products uses one: a library that shares out one
    product after the other waits for the last thread after each, and these wait once. Returns when all rows are done.
    """
    is_large = multiplications >= LARGE and count > 1
    if not is_large or not _limited.acquire(blocking=False):
        work(0, count)
        return
    try:
        with _one_thread_each() as before:
            threads = min(count, before)
            edges = [count * thread // threads for thread in range(threads + 1)]
            others = [_submit(work, *share) for share in zip(edges[1:-1], edges[2:], strict=True)]
            try:
                work(0, edges[1])
            finally:
                wait(others)
            for other in others:
                other.result()
    finally:
        _limited.release()


def _submit(work, start, stop):
    """Start a share on another thread, where numpy's warnings are what they are here."""
    return _helpers().submit(copy_context().run, work, start, stop)


@cache
def _helpers():
    return ThreadPoolExecutor(thread_name_prefix="share_out")


if hasattr(os, "register_at_fork"):  # a process that is split off has none of the threads
    os.register_at_fork(after_in_child=_helpers.cache_clear)


@contextmanager
def _one_thread_each():
    """Products use one thread each while the block runs; gives how many they used before."""
    before = [(library, library.num_threads) for library in _libraries().lib_controllers]
    try:
        for library, _ in before:
            library.set_num_threads(1)
        yield max((count or 1 for _, count in before), default=1)
    finally:
        for library, count in before:
            library.set_num_threads(count)


@cache
def _libraries():
    """The libraries that multiply. Looking for them takes some milliseconds; numpy has loaded its own by now."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")
