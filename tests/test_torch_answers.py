"""Where the book says that it does as PyTorch does: PyTorch's own answers, stored by tools/torch_answers.py."""

import ast
import json
import re
from pathlib import Path

import numpy as np
import pytest

import convnet_core
from convnet_core.backprop import SGD, Adam, cross_entropy
from convnet_core.convolution import Conv2d, conv2d
from convnet_core.deep import BatchNorm2d, Dropout, GlobalAvgPool2d, Residual, he_spread
from convnet_core.exchange import torch_state
from convnet_core.layers import Parameter
from convnet_core.pooling import MaxPool2d, avg_pool2d, max_pool2d
from convnet_core.relu import ReLU, leaky_relu, relu
from convnet_core.sequences import LSTM, RNN, clip_gradients
from convnet_core.voting import Linear, linear, softmax
from tests.test_toolkits import block, toy

STORED = json.loads(Path(__file__).with_name("golden").joinpath("torch.json").read_text(encoding="utf-8"))
CASES = STORED["cases"]
GENERATOR = np.random.default_rng


def array(stored):
    kind, shape, numbers = stored
    return np.array(numbers, kind).reshape(shape)


def settings_of(case):
    """The settings, with pairs as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in case["settings"].items()}


def answers(layer, batch, upstream, **values):
    """What a layer makes of a batch, and all its gradients, by PyTorch's names."""
    for name, value in values.items():
        getattr(layer, name).value[...] = value
    found = {"result": layer.forward(batch), "batch": layer.backward(upstream)}
    return found | {name: layer.parameters()[name].gradient for name in values}


def of_conv2d(settings, images, weight, upstream=None, bias=None):
    found = {"result": conv2d(images, weight, bias, **settings)}
    if upstream is not None:
        layer = Conv2d(weight.shape[1], len(weight), weight.shape[2:], **settings, rng=GENERATOR(0))
        found = answers(layer, images, upstream, weight=weight, bias=0 if bias is None else bias) | found
        found["images"] = found.pop("batch")
    return found


def of_max_pool2d(settings, images, upstream=None):
    found = {"result": max_pool2d(images, **settings)}
    if upstream is not None:
        layer = MaxPool2d(**settings)
        np.testing.assert_array_equal(layer.forward(images), found["result"])
        found["images"] = layer.backward(upstream)
    return found


def of_avg_pool2d(settings, images, upstream=None):
    return {"result": avg_pool2d(images, **settings)}  # the book has no layer of it


def of_relu(settings, values, upstream):
    layer = ReLU()
    np.testing.assert_array_equal(layer.forward(values), relu(values))
    return {"result": relu(values), "values": layer.backward(upstream)}


def of_linear(settings, values, weight, upstream=None, bias=None):
    found = {"result": linear(values, weight, bias)}
    if upstream is not None:
        layer = Linear(*weight.shape[::-1], rng=GENERATOR(0))
        found = answers(layer, values, upstream, weight=weight, bias=0 if bias is None else bias) | found
        found["values"] = found.pop("batch")
    return found


def of_cross_entropy(settings, votes, labels):
    return dict(zip(("result", "votes"), cross_entropy(votes, labels), strict=True))


def of_recurrent(kind):
    def ask(settings, batch, weight_ih, weight_hh, bias, upstream):
        layer = kind(batch.shape[2], weight_hh.shape[1], rng=GENERATOR(0))
        return answers(layer, batch, upstream, weight_ih=weight_ih, weight_hh=weight_hh, bias=bias)

    return ask


def of_optimizer(make):
    def ask(settings, values, gradients):
        parameter, after = Parameter(values.copy()), []
        optimizer = make({"only": parameter}, settings)
        for parameter.gradient[...] in gradients:
            optimizer.step()
            after.append(parameter.value.copy())
        return {"result": np.array(after)}

    return ask


def of_batch_norm(settings, images, weight, bias, running_mean, running_var, upstream=None):
    layer = BatchNorm2d(len(weight), settings["momentum"], settings["eps"], dtype=images.dtype)
    layer.running_mean[...], layer.running_var[...] = running_mean, running_var
    layer.set_training(settings["training"])
    found = answers(layer, images, np.zeros_like(images) if upstream is None else upstream, weight=weight, bias=bias)
    found["images"] = found.pop("batch")
    if settings["shows"] == "running":
        found["result"] = np.stack([layer.running_mean, layer.running_var])
    return found


def of_dropout(settings, values, stays, upstream):
    layer = Dropout(settings["p"], rng=GENERATOR(0))
    layer.set_training(settings["training"])
    layer._rng = PyTorchs(stays)
    return {"result": layer.forward(values), "values": layer.backward(upstream)}


class PyTorchs:
    """Stands in for a generator: draws what lets the same numbers stay that PyTorch let stay."""

    def __init__(self, stays):
        self.stays = stays

    def random(self, shape, dtype):
        assert shape == self.stays.shape
        return np.where(self.stays, 0.999, -1).astype(dtype)


def of_global_avg_pool2d(settings, images, upstream):
    layer = GlobalAvgPool2d()
    return {"result": layer.forward(images), "images": layer.backward(upstream)}


def of_residual(settings, images, weight, bias, upstream):
    maps, size = weight.shape[1], weight.shape[2]
    layer = Residual([ReLU(), Conv2d(maps, maps, size, padding=size // 2, dtype=images.dtype, rng=GENERATOR(0))])
    for name, value in (("weight", weight), ("bias", bias)):
        layer.parameters()[f"1.{name}"].value[...] = value
    found = {"result": layer.forward(images), "images": layer.backward(upstream)}
    return found | {name: layer.parameters()[f"1.{name}"].gradient for name in ("weight", "bias")}


def of_clipping(settings, first, second):
    parameters = {name: Parameter(np.zeros_like(each)) for name, each in (("first", first), ("second", second))}
    for parameter, gradient in zip(parameters.values(), (first, second), strict=True):
        parameter.gradient[...] = gradient
    length = clip_gradients(parameters, settings["max_norm"])
    theirs = length / (length + 1e-6) if length > settings["max_norm"] else 1  # as the docstring says
    gradients = [theirs * parameter.gradient.ravel() for parameter in parameters.values()]
    return {"result": np.concatenate([[length], *gradients])}


def of_the_toy(settings, images, **state):
    """The appendix's net: these are still its lines, its numbers and its pictures."""
    space = toy()
    assert settings["lines"] == block("torch-code"), "the lines have changed: run tools/torch_answers.py again"
    np.testing.assert_array_equal(images, space["pictures"])
    for name, value in torch_state(space["net"]).items():
        np.testing.assert_array_equal(state[name], value)
    return {"result": space["votes"]}


ASKED = {
    "torch.nn.functional.conv2d": of_conv2d,
    "torch.nn.functional.max_pool2d": of_max_pool2d,
    "torch.nn.functional.avg_pool2d": of_avg_pool2d,
    "torch.nn.functional.relu": of_relu,
    "torch.nn.functional.leaky_relu": lambda settings, values: {"result": leaky_relu(values, **settings)},
    "torch.nn.functional.linear": of_linear,
    "torch.nn.functional.softmax": lambda settings, votes: {"result": softmax(votes)},
    "torch.nn.functional.cross_entropy": of_cross_entropy,
    "torch.nn.RNN": of_recurrent(RNN),
    "torch.nn.LSTM": of_recurrent(LSTM),
    "torch.nn.Sequential": of_the_toy,
    "torch.optim.SGD": of_optimizer(
        lambda parameters, told: SGD(parameters, told["lr"], told["momentum"], told.get("weight_decay", 0))
    ),
    "torch.optim.Adam": of_optimizer(
        lambda parameters, told: Adam(
            parameters, told["lr"], told["betas"], told["eps"], weight_decay=told.get("weight_decay", 0)
        )
    ),
    "torch.nn.utils.clip_grad_norm_": of_clipping,
    "torch.nn.BatchNorm2d": of_batch_norm,
    "torch.nn.functional.dropout": of_dropout,
    "torch.nn.functional.adaptive_avg_pool2d": of_global_avg_pool2d,
    "torch.add": of_residual,
    "torch.nn.init.kaiming_normal_": lambda settings: {"result": he_spread(int(np.prod(settings["shape"][1:])))},
}
# What PyTorch gives beside these: gradients that the book's functions do not work out.
NOT_OURS = {"torch.nn.functional.avg_pool2d": {"images"}}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["function"].removeprefix("torch.nn.functional."))
def test_the_answer_is_pytorchs(case):
    given = {name: array(stored) for name, stored in case["given"].items()}
    found = ASKED[case["function"]](settings_of(case), **given)
    is_half = any(stored[0] == "float32" for stored in case["answer"].values())
    near = {"rtol": 1e-5, "atol": 1e-5} if is_half else {"rtol": 1e-11, "atol": 1e-11}
    left_out = NOT_OURS.get(case["function"], set())
    assert left_out <= set(case["answer"]) or "upstream" not in given
    for name, stored in case["answer"].items():
        if name not in left_out:
            wanted = array(stored)
            assert np.shape(found[name]) == wanted.shape
            np.testing.assert_allclose(found[name], wanted, **near, err_msg=f"{name}, {case['settings']}")


def test_at_least_two_hundred_cases_are_asked_and_every_function_in_several():
    assert len(CASES) >= 200
    counts = {name: sum(case["function"] == name for case in CASES) for name in ASKED}
    assert counts.pop("torch.nn.Sequential") == 1
    assert min(counts.values()) >= 4
    assert sum(any(stored[0] == "float32" for stored in case["answer"].values()) for case in CASES) >= 20


def test_every_docstring_that_names_a_part_of_pytorch_is_asked():
    named = set()
    for path in Path(convnet_core.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                words = " ".join((ast.get_docstring(node) or "").split())
                named |= set(re.findall(r"torch(?:\.\w+)+", words))
    assert len(named) >= 7
    assert named <= {case["function"] for case in CASES}
