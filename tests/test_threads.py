"""Small products use one thread each while a network learns; large ones keep theirs, and all is given back."""

import contextlib
import os
import threading

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from convnet_core import threads
from convnet_core.backprop import SGD, learn, train
from convnet_core.convolution import Conv2d
from convnet_core.layers import Layer
from convnet_core.sequences import RNN, EachStep, LastStep, learn_steps
from convnet_core.stacking import Network
from convnet_core.threads import LARGE, NEVER_SHARED, share_out, threads_for
from convnet_core.voting import Flatten, Linear

SMALL = NEVER_SHARED
LIBRARIES = ThreadpoolController().select(user_api="blas")


def in_use():
    """How many threads a product may use now, of each library that numpy multiplies with; none where it has no say."""
    return {library["num_threads"] for library in LIBRARIES.info()}


ONE, TWO = ({count} if in_use() else set() for count in (1, 2))


@pytest.fixture(autouse=True)
def _two_threads():
    """As on a machine with two cores, whatever the environment says."""
    with LIBRARIES.limit(limits=2):
        assert in_use() == TWO
        yield
        assert in_use() == TWO


class Spy(Layer):
    """Passes everything on, and notes the threads that its neighbours may use."""

    def __init__(self, fault=None):
        self.seen, self.fault = [], fault

    def forward(self, batch):
        self.seen.append(in_use())
        if self.fault:
            raise self.fault
        return batch

    def to_input(self, gradient):
        self.seen.append(in_use())
        return gradient


def small_net(spy):
    rng = np.random.default_rng(0)
    return Network([Conv2d(1, 3, 3, rng=rng), spy, Flatten(), Linear(147, 2, rng=rng)])


def large_net(spy):
    return Network([Conv2d(8, 32, 3, padding=1, rng=np.random.default_rng(0)), spy, Flatten(), Last()])


class Last(Layer):
    """Two of the votes, without a product."""

    def forward(self, batch):
        self._shape = batch.shape
        return batch[:, :2]

    def to_input(self, gradient):
        whole = np.zeros(self._shape)
        whole[:, :2] = gradient
        return whole

    def output_shape(self, shape):
        return (2,)


def samples(count, *shape):
    return np.random.default_rng(1).normal(size=(count, *shape)), np.arange(count) % 2


def train_for(epochs, net, images, labels, **options):
    return train(net, images, labels, rng=np.random.default_rng(2), epochs=epochs, progress=False, **options)


def test_a_training_on_small_products_uses_one_thread_and_gives_the_others_back():
    spy, while_asked = Spy(), []
    images, labels = samples(64, 1, 9, 9)
    train_for(2, small_net(spy), images, labels, test=(images, labels), on_epoch=lambda _: while_asked.append(in_use()))
    assert spy.seen == [ONE] * len(spy.seen) != []
    assert while_asked == [ONE] * 2
    assert in_use() == TWO


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_they_are_given_back_after_an_error_too(fault):
    spy = Spy(fault("no"))
    with contextlib.suppress(ValueError, SystemExit):  # `train` ends by itself where it is interrupted
        train_for(1, small_net(spy), *samples(64, 1, 9, 9))
    assert spy.seen == [ONE]
    assert in_use() == TWO


def test_a_training_on_large_products_keeps_its_threads():
    spy = Spy()
    images, labels = samples(32, 8, 24, 24)
    assert large_net(spy).largest_product(images.shape) >= LARGE
    train_for(1, large_net(spy), images, labels, optimizer=None)
    assert spy.seen == [TWO] * len(spy.seen) != []
    spy = Spy()
    train_for(1, large_net(spy), images[:6], labels[:6], batch_size=2)
    assert spy.seen == [ONE] * len(spy.seen) != [], "the same layer on small batches"


@pytest.mark.parametrize(
    "step",
    [
        lambda net, images, labels: net.forward(images),
        lambda net, images, labels: (net.forward(images), net.backward(np.ones((len(images), 2)))),
        lambda net, images, labels: learn(net, images, labels, SGD(net.parameters())),
    ],
    ids=["forward", "backward", "learn"],
)
def test_a_loop_of_a_readers_own_is_helped_as_well(step):
    spy = Spy()
    step(small_net(spy), *samples(32, 1, 9, 9))
    assert spy.seen == [ONE] * len(spy.seen) != []


def test_steps_are_learned_with_one_thread():
    rng, spy = np.random.default_rng(0), Spy()
    net = Network([RNN(4, 16, rng=rng), spy, EachStep(Linear(16, 2, rng=rng))])
    learn_steps(net, rng.normal(size=(8, 20, 4)), np.zeros((8, 20), int), SGD(net.parameters()))
    assert spy.seen == [ONE] * 2


def test_a_block_within_another_changes_nothing():
    with threads_for(SMALL):
        with threads_for(SMALL):
            assert in_use() == ONE
        assert in_use() == ONE
        with threads_for(LARGE):
            assert in_use() == ONE
    assert in_use() == TWO


def test_tiny_products_are_left_alone():
    with threads_for(NEVER_SHARED - 1):
        assert in_use() == TWO


def test_two_python_threads_take_no_turn_too_many():
    """The second comes while the first is in, and stays when it has left."""
    both_in, first_is_out, seen = threading.Barrier(2, timeout=30), threading.Event(), []

    def second():
        with threads_for(SMALL):
            both_in.wait()
            first_is_out.wait(30)
        seen.append(in_use())

    other = threading.Thread(target=second)
    with threads_for(SMALL):
        other.start()
        both_in.wait()
        assert in_use() == ONE
    first_is_out.set()
    other.join(30)
    assert seen == [TWO]
    with threads_for(SMALL):
        assert in_use() == ONE, "and the next one is helped again"


def test_it_works_where_numpy_multiplies_with_a_library_that_takes_no_orders(monkeypatch):
    monkeypatch.setattr(threads, "_libraries", lambda: ThreadpoolController().select(user_api="none of them"))
    spy = Spy()
    train_for(1, small_net(spy), *samples(64, 1, 9, 9))
    assert spy.seen == [TWO] * len(spy.seen) != []


def test_the_libraries_are_looked_for_once():
    for _ in range(3):
        with threads_for(SMALL):
            pass
    assert threads._libraries() is threads._libraries()


def test_large_work_is_shared_out_once_and_each_thread_multiplies_alone():
    done = []

    def work(start, stop):
        done.append((start, stop, threading.get_ident(), in_use()))

    share_out(work, 7, LARGE)
    if in_use():
        assert sorted(each[:2] for each in done) == [(0, 3), (3, 7)]
        assert len({each[2] for each in done}) == 2
    assert all(each[3] == ONE for each in done)
    assert in_use() == TWO


@pytest.mark.parametrize(("count", "size"), [(7, LARGE - 1), (1, LARGE)])
def test_what_is_small_or_a_single_piece_is_done_here(count, size):
    done = []
    share_out(lambda start, stop: done.append((start, stop, threading.get_ident(), in_use())), count, size)
    assert done == [(0, count, threading.get_ident(), TWO)]


def test_within_a_block_of_one_thread_nothing_is_shared_out():
    done = []
    with threads_for(SMALL):
        share_out(lambda start, stop: done.append((start, stop)), 8, LARGE)
    assert done == [(0, 8)]


@pytest.mark.parametrize("faulty", [0, 4])
def test_an_error_on_any_thread_is_raised_when_all_are_done(faulty):
    done = []

    def work(start, stop):
        done.append(start)
        if start == faulty:
            raise KeyError(start)

    with pytest.raises(KeyError) if in_use() or faulty == 0 else contextlib.nullcontext():
        share_out(work, 8, LARGE)
    assert len(done) == (2 if in_use() else 1)
    assert in_use() == TWO
    share_out(lambda start, stop: None, 8, LARGE)  # and the next one is done


def test_numpy_warns_on_other_threads_as_it_does_here():
    with np.errstate(over="ignore"):
        share_out(lambda start, stop: np.exp(np.full(3, 1e9)), 8, LARGE)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes in another way")
def test_a_process_that_is_split_off_has_helpers_of_its_own():
    share_out(lambda start, stop: None, 8, LARGE)
    child = os.fork()
    if child == 0:
        share_out(lambda start, stop: None, 8, LARGE)
        os._exit(7)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_the_largest_product_counts_what_each_layer_has_learned_at_each_place():
    rng = np.random.default_rng(0)
    net = small_net(Spy())
    assert net.largest_product((10, 1, 9, 9)) == 10 * (27 + 3) * 49
    assert net.largest_product((20, 1, 9, 9)) == 20 * (27 + 3) * 49
    assert net.largest_product((10, 2, 9, 9)) == 0, "a batch that it can't take: forward says so"
    recurrent = Network([RNN(3, 5, rng=rng), EachStep(Linear(5, 2, rng=rng)), LastStep()])
    assert recurrent.largest_product((4, 7, 3)) == 4 * 7 * (15 + 25 + 5)
    assert Network([]).largest_product((4, 7)) == 0
