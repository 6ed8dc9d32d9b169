"""What PyTorch answers, stored once in tests/golden/torch.json, so that tests can compare without it.

PyTorch is no dependency of the book. Run this by hand, with a Python 3.11 of its own that has it:

    python3.11 -m venv ../torch && ../torch/bin/pip install -r requirements.txt torch==2.13.0
    ../torch/bin/python -m tools.torch_answers            ask anew, and store
    ../torch/bin/python -m tools.torch_answers --check    ask anew, and compare with what is stored

A case is {"function", "settings", "given", "answer"}: arrays by name, each [type, shape, numbers]. Numbers that go in
are seeded, and thousandths or quarters, so the file stays small; those that come out are written so that they come
back bit for bit. tests/test_torch_answers.py asks the book's own functions the same.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from convnet_core.exchange import torch_state
from tests.test_toolkits import block, run_block, toy

PATH = Path(__file__).resolve().parent.parent / "tests" / "golden" / "torch.json"
VERSION = "2.13.0"
STEPS = 4  # of an optimizer


def numbers(rng, *shape):
    """Thousandths from -2 to 2."""
    return rng.integers(-2000, 2001, shape) / 1000


def coarse(rng, *shape):
    """Quarters from -1 to 1, among which many are equal: who wins a window then?"""
    return rng.integers(-4, 5, shape) / 4


def tensor(array, kind):
    array = np.asarray(array)
    return torch.tensor(array) if array.dtype.kind == "i" else torch.tensor(array.astype(kind), requires_grad=True)


def asked(function, settings, given, kind="float64"):
    """One case: what `function` gives, and how the sum of (answer * weights) changes with each array that goes in.

    The weights, "upstream", are part of what is given; without them, no gradients are asked for.
    """
    tensors = {name: tensor(array, kind) for name, array in given.items() if name != "upstream"}
    result = ANSWERS[function](settings, **tensors)
    answer = {"result": result}
    if "upstream" in given or function == "cross_entropy":
        upstream = tensor(given["upstream"], kind).detach() if "upstream" in given else torch.ones(())
        (result * upstream.to(result.dtype)).sum().backward()
        answer |= {name: each.grad for name, each in tensors.items() if each.grad is not None}
    return {
        "function": NAMES[function],
        "settings": settings,
        "given": {name: stored(np.asarray(array), kind) for name, array in given.items()},
        "answer": {name: stored(each.detach().numpy()) for name, each in answer.items()},
    }


def stored(array, kind=None):
    """[type, shape, numbers]; what goes in is of type `kind`, if it is no whole numbers."""
    kind = array.dtype.name if kind is None or array.dtype.kind == "i" else kind
    shortest = [int(number) if number == int(number) else number for number in map(float, map(str, array.ravel()))]
    return [kind, list(array.shape), shortest]


def recurrent(kind):
    """A layer of PyTorch with the given weights; its second bias is 0, since ours has one."""

    def ask(settings, batch, weight_ih, weight_hh, bias):
        layer = getattr(nn, kind)(batch.shape[2], weight_hh.shape[1], batch_first=True, dtype=batch.dtype)
        given = {"weight_ih_l0": weight_ih, "weight_hh_l0": weight_hh, "bias_ih_l0": bias}
        given["bias_hh_l0"] = torch.zeros_like(bias)
        return torch.func.functional_call(layer, given, (batch,))[0]

    return ask


def optimizer(kind):
    """Values after each of some steps, (STEPS, values): at each, the gradient is a row of `gradients`."""

    def ask(settings, values, gradients):
        parameter = nn.Parameter(values.detach().clone())
        mover, after = getattr(torch.optim, kind)([parameter], **settings), []
        for gradient in gradients.detach():
            parameter.grad = gradient.clone()
            mover.step()
            after.append(parameter.detach().clone())
        return torch.stack(after)

    return ask


def clipped(settings, first, second):
    """Two gradients after clipping, laid out in one row behind the length that they had."""
    parameters = [nn.Parameter(torch.zeros_like(each)) for each in (first, second)]
    for parameter, gradient in zip(parameters, (first, second), strict=True):
        parameter.grad = gradient.detach().clone()
    length = nn.utils.clip_grad_norm_(parameters, **settings)
    return torch.cat([length.reshape(1), *(parameter.grad.ravel() for parameter in parameters)])


def batch_norm(settings, images, weight, bias, running_mean, running_var):
    """What comes out, or, where that is asked for, the running mean and variance after it."""
    layer = nn.BatchNorm2d(len(weight), eps=settings["eps"], momentum=settings["momentum"], dtype=images.dtype)
    given = {"weight": weight, "bias": bias}
    given |= {"running_mean": running_mean.detach().clone(), "running_var": running_var.detach().clone()}
    given["num_batches_tracked"] = torch.tensor(0)
    layer.train(settings["training"])
    result = torch.func.functional_call(layer, given, (images,))
    return result if settings["shows"] == "maps" else torch.stack([given["running_mean"], given["running_var"]])


def dropout(settings, values, stays):
    """Its own choice of what stays is part of what is given: see `of_deep_layers`."""
    torch.manual_seed(settings["seed"])
    return F.dropout(values, settings["p"], settings["training"])


def block_of(settings, images, weight, bias):
    """A residual block of one convolution behind a ReLU."""
    return torch.add(images, F.conv2d(F.relu(images), weight, bias, padding=weight.shape[2] // 2))


def he_spread(settings):
    """The spread of PyTorch's weights: by what it multiplies the numbers that it draws."""
    weight, plain = (torch.empty(settings["shape"], dtype=torch.float64) for _ in range(2))
    nn.init.kaiming_normal_(weight, nonlinearity="relu", generator=torch.Generator().manual_seed(0))
    plain.normal_(0, 1, generator=torch.Generator().manual_seed(0))
    return (weight / plain).mean()


ANSWERS = {
    "conv2d": lambda settings, images, weight, bias=None: F.conv2d(images, weight, bias, **settings),
    "max_pool2d": lambda settings, images: F.max_pool2d(images, **settings),
    "avg_pool2d": lambda settings, images: F.avg_pool2d(images, **settings),
    "relu": lambda settings, values: F.relu(values),
    "leaky_relu": lambda settings, values: F.leaky_relu(values, **settings),
    "linear": lambda settings, values, weight, bias=None: F.linear(values, weight, bias),
    "softmax": lambda settings, votes: F.softmax(votes, dim=-1),
    "cross_entropy": lambda settings, votes, labels: F.cross_entropy(votes, labels),
    "RNN": recurrent("RNN"),
    "LSTM": recurrent("LSTM"),
    "SGD": optimizer("SGD"),
    "Adam": optimizer("Adam"),
    "clip_grad_norm_": clipped,
    "BatchNorm2d": batch_norm,
    "dropout": dropout,
    "adaptive_avg_pool2d": lambda settings, images: F.adaptive_avg_pool2d(images, 1)[:, :, 0, 0],
    "add": block_of,
    "kaiming_normal_": he_spread,
}
HOMES = {
    "torch": ("add",),
    "torch.nn": ("RNN", "LSTM", "BatchNorm2d"),
    "torch.nn.init": ("kaiming_normal_",),
    "torch.optim": ("SGD", "Adam"),
    "torch.nn.utils": ("clip_grad_norm_",),
}
NAMES = {name: f"torch.nn.functional.{name}" for name in ANSWERS}
NAMES |= {name: f"{home}.{name}" for home, names in HOMES.items() for name in names}


def cases():
    rng = np.random.default_rng(0)
    for make in (of_convolution, of_pooling, of_bending, of_voting, of_sequences, of_optimizers, of_deep_layers):
        yield from make(rng)
    yield of_the_toy()


def of_convolution(rng):
    plans = [
        # images (N, C, H, W), filters (F, kH, kW), stride, padding
        *(((1, 1, 5, 5), (1, 3, 3), stride, padding) for stride in (1, 2, 3) for padding in (0, 1, 2)),
        *(
            ((2, 2, 4, 5), (2, 2, 3), stride, padding)
            for stride in (1, (2, 1), (1, 3))
            for padding in (0, (1, 0), (0, 2))
        ),
        *(((1, 3, 4, 4), (2, size, size), 1, padding) for size in (1, 2, 4) for padding in (0, 1)),
        *(((3, 1, 7, 4), (2, 3, 4), (3, 2), padding) for padding in (0, 1, (3, 2))),
    ]
    for shape, (filters, *size), stride, padding in plans:
        for has_bias in (True, False):
            given = {"images": numbers(rng, *shape), "weight": numbers(rng, filters, shape[1], *size)}
            if has_bias:
                given["bias"] = numbers(rng, filters)
            settings = {"stride": stride, "padding": padding}
            yield asked("conv2d", settings, with_upstream(rng, "conv2d", settings, given))
    for kind in ("float32", "float64"):
        given = {"images": numbers(rng, 2, 6, 6), "weight": numbers(rng, 2, 2, 3, 3), "bias": numbers(rng, 2)}
        yield asked("conv2d", {"stride": 2, "padding": 1}, given, kind)  # one stack, without the batch


def with_upstream(rng, function, settings, given):
    shape = ANSWERS[function](settings, **{name: tensor(array, "float64") for name, array in given.items()}).shape
    return {**given, "upstream": numbers(rng, *shape)}


def of_pooling(rng):
    plans = [(2, 2, 0), (2, 1, 0), (3, 2, 0), (3, 2, 1), (2, 3, 1), (3, 3, 1), (4, 2, 2), ((2, 3), (1, 2), (1, 0))]
    for function in ("max_pool2d", "avg_pool2d"):
        for size, stride, padding in plans:
            for ceil_mode in (True, False):
                settings = {"kernel_size": size, "stride": stride, "padding": padding, "ceil_mode": ceil_mode}
                given = {"images": (coarse if function == "max_pool2d" else numbers)(rng, 1, 2, 5, 6)}
                yield asked(function, settings, with_upstream(rng, function, settings, given))
                if function == "avg_pool2d" and padding:
                    settings = {**settings, "count_include_pad": False}
                    yield asked(function, settings, with_upstream(rng, function, settings, given))
        settings = {"kernel_size": 2, "ceil_mode": True}
        yield asked(function, settings, {"images": numbers(rng, 2, 7, 7)}, "float32")


def of_bending(rng):
    for shape in ((9,), (2, 3), (2, 2, 3, 2)):
        for kind in ("float64", "float32"):
            given = {"values": coarse(rng, *shape), "upstream": numbers(rng, *shape)}
            yield asked("relu", {}, given, kind)
            for slope in (0.01, 0.25, 2.0, -0.5):
                yield asked("leaky_relu", {"negative_slope": slope}, {"values": coarse(rng, *shape)}, kind)


def of_voting(rng):
    for inputs, outputs, samples in ((3, 2, 4), (1, 1, 1), (6, 3, 2), (2, 5, 3)):
        for has_bias in (True, False):
            given = {"values": numbers(rng, samples, inputs), "weight": numbers(rng, outputs, inputs)}
            if has_bias:
                given["bias"] = numbers(rng, outputs)
            yield asked("linear", {}, with_upstream(rng, "linear", {}, given))
            yield asked("linear", {}, given, "float32")
    for scale in (1, 10, 400, -1000):
        for shape in ((2,), (5,), (3, 4), (2, 3, 2)):
            yield asked("softmax", {}, {"votes": scale * coarse(rng, *shape)})
    for scale in (1, 10, 1000):
        for samples, answers in ((1, 2), (3, 2), (4, 5)):
            for kind in ("float64", "float32"):
                labels = rng.integers(0, answers, samples)
                yield asked(
                    "cross_entropy", {}, {"votes": scale * numbers(rng, samples, answers), "labels": labels}, kind
                )


def of_sequences(rng):
    for kind, blocks in (("RNN", 1), ("LSTM", 4)):
        for samples, steps, inputs, hidden in ((2, 5, 3, 4), (1, 1, 2, 2), (3, 4, 1, 2), (1, 9, 2, 1), (2, 3, 4, 3)):
            given = {
                "batch": numbers(rng, samples, steps, inputs),
                "weight_ih": numbers(rng, blocks * hidden, inputs),
                "weight_hh": numbers(rng, blocks * hidden, hidden),
                "bias": numbers(rng, blocks * hidden),
                "upstream": numbers(rng, samples, steps, hidden),
            }
            yield asked(kind, {}, given)


def of_optimizers(rng):
    for momentum in (0.0, 0.5, 0.9):
        for rate in (0.1, 0.025):
            given = {"values": numbers(rng, 5), "gradients": numbers(rng, STEPS, 5)}
            yield asked("SGD", {"lr": rate, "momentum": momentum}, given)
    for betas in ((0.9, 0.999), (0.5, 0.75), (0.0, 0.0)):
        for rate, eps in ((0.001, 1e-8), (0.1, 1e-3)):
            given = {"values": numbers(rng, 5), "gradients": numbers(rng, STEPS, 5)}
            yield asked("Adam", {"lr": rate, "betas": betas, "eps": eps}, given)
    for limit in (0.5, 1.0, 3.0, 100.0):
        yield asked("clip_grad_norm_", {"max_norm": limit}, {"first": numbers(rng, 2, 3), "second": numbers(rng, 4)})


def of_deep_layers(rng):
    for kind in ("float64", "float32"):
        for training in (True, False):
            for shape, momentum, eps in (((3, 2, 3, 4), 0.1, 1e-5), ((1, 3, 2, 2), 0.5, 0.25)):
                settings = {"training": training, "momentum": momentum, "eps": eps, "shows": "maps"}
                given = {
                    "images": numbers(rng, *shape),
                    "weight": numbers(rng, shape[1]),
                    "bias": numbers(rng, shape[1]),
                }
                given |= {"running_mean": numbers(rng, shape[1]), "running_var": 0.5 + np.abs(numbers(rng, shape[1]))}
                yield asked("BatchNorm2d", {**settings, "shows": "running"}, given, kind)
                yield asked("BatchNorm2d", settings, {**given, "upstream": numbers(rng, *shape)}, kind)
        for share, training in ((0.5, True), (0.2, True), (0.0, True), (0.5, False)):
            settings = {"p": share, "training": training, "seed": 5}
            stays = (dropout(settings, torch.ones(4, 6, dtype=getattr(torch, kind)), None) != 0).long().numpy()
            given = {"values": numbers(rng, 4, 6), "stays": stays, "upstream": numbers(rng, 4, 6)}
            yield asked("dropout", settings, given, kind)
        for shape in ((2, 3, 4, 5), (1, 1, 1, 1)):
            given = {"images": numbers(rng, *shape), "upstream": numbers(rng, *shape[:2])}
            yield asked("adaptive_avg_pool2d", {}, given, kind)
        for maps, size in ((2, 3), (3, 1)):
            given = {"images": numbers(rng, 2, maps, 5, 4), "weight": numbers(rng, maps, maps, size, size)}
            given |= {"bias": numbers(rng, maps), "upstream": numbers(rng, 2, maps, 5, 4)}
            yield asked("add", {}, given, kind)
    for shape in ([8, 1, 5, 5], [32, 16, 3, 3], [10, 256], [2, 48]):
        yield asked("kaiming_normal_", {"shape": shape}, {})
    for weight_decay in (0.5, 0.01):
        given = {"values": numbers(rng, 5), "gradients": numbers(rng, STEPS, 5)}
        yield asked("SGD", {"lr": 0.1, "momentum": 0.9, "weight_decay": weight_decay}, given)
        yield asked("Adam", {"lr": 0.1, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": weight_decay}, given)


def of_the_toy():
    """The appendix on toolkits: its lines for PyTorch, run as they stand, on the net and pictures of its cells."""
    space = toy()
    given = {"images": space["pictures"], **torch_state(space["net"])}
    return {
        "function": "torch.nn.Sequential",
        "settings": {"lines": block("torch-code")},
        "given": {name: stored(array, "float32") for name, array in given.items()},
        "answer": {"result": stored(run_block("torch-code", space))},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="store nothing; compare with what is stored")
    check = parser.parse_args().check
    if torch.__version__.split("+")[0] != VERSION:
        sys.exit(f"torch_answers: PyTorch is {torch.__version__}, wanted {VERSION}")
    torch.set_num_threads(1)
    found = {"version": VERSION, "cases": json.loads(json.dumps(list(cases())))}
    if check:
        compare(found, json.loads(PATH.read_text(encoding="utf-8")))
        print(f"{len(found['cases'])} answers, all as stored.")
        return
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in found["cases"])
    PATH.write_text(f'{{"version": "{VERSION}", "cases": [\n{lines}\n]}}\n', encoding="utf-8", newline="\n")
    print(f"{len(found['cases'])} answers, {PATH.stat().st_size / 1000:.0f} kB.")


def compare(found, old):
    """Stop at the first case that differs: exactly in what goes in, to the last digits in what comes out."""
    if len(found["cases"]) != len(old["cases"]):
        sys.exit(f"torch_answers: {len(old['cases'])} cases are stored, wanted {len(found['cases'])}")
    for place, (case, stored_case) in enumerate(zip(found["cases"], old["cases"], strict=True)):
        same = all(case[part] == stored_case[part] for part in ("function", "settings", "given"))
        for name, (kind, shape, values) in case["answer"].items():
            near = {"rtol": 1e-5, "atol": 1e-6} if kind == "float32" else {"rtol": 1e-12, "atol": 1e-12}
            old_kind, old_shape, old_values = stored_case["answer"].get(name, (None, None, None))
            same = same and [kind, shape] == [old_kind, old_shape] and np.allclose(values, old_values, **near)
        if not same:
            sys.exit(f"torch_answers: case {place}, {case['function']}, differs from what is stored")


if __name__ == "__main__":
    main()
