"""How many threads a product of matrices may use: one where it is small, all of them where it is large.

The library behind numpy's products (OpenBLAS, mostly) shares all but the smallest of them out among threads, one for
each core, and waits for the last. Where other programs work on the same cores, a thread may have to wait some
milliseconds for its turn; a product that one core does within a millisecond then takes many times as long. A training
is thousands of such products.
"""

import threading
from contextlib import contextmanager
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
    if not one_is_faster or not _limited.acquire(blocking=False):
        yield
        return
    try:
        with _libraries().limit(limits=1):
            yield
    finally:
        _limited.release()


@cache
def _libraries():
    """The libraries that multiply. Looking for them takes some milliseconds; numpy has loaded its own by now."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")
