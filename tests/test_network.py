"""network.js learns as convnet_core does: same weights, same data, same order, so the same numbers for 200 steps."""

import numpy as np
import pytest

from convnet_core.backprop import SGD, learn
from convnet_core.convolution import Conv2d
from convnet_core.pictures import make_dataset
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from convnet_core.voting import Flatten, Linear

STEPS, BATCH = 200, 16
EQUAL = 1e-12


def deep(rng):
    """All that a layer can be: strides, padding, several channels, partial windows, a hidden layer."""
    return [
        Conv2d(1, 4, 3, padding=1, rng=rng),
        ReLU(),
        MaxPool2d(2),
        Conv2d(4, 5, 3, stride=2, padding=1, rng=rng),
        ReLU(),
        MaxPool2d(2, 1),
        Flatten(),
        Linear(20, 6, rng=rng),
        ReLU(),
        Linear(6, 2, rng=rng),
    ]


def toy(rng):
    return [Conv2d(1, 3, 3, rng=rng), ReLU(), MaxPool2d(2), Flatten(), Linear(48, 2, rng=rng)]


def planned(layer):
    """A layer as network.js is told of it; None for one that it does without."""
    if isinstance(layer, Conv2d):
        size, stride, padding = (pair[0] for pair in (layer.kernel_size, layer.stride, layer.padding))
        return {"kind": "conv", "filters": layer.out_channels, "size": size, "stride": stride, "padding": padding}
    if isinstance(layer, MaxPool2d):
        return {"kind": "pool", "window": layer.kernel_size[0], "stride": layer.stride[0]}
    if isinstance(layer, Linear):
        return {"kind": "linear", "outputs": layer.out_features}
    return {"kind": "relu"} if isinstance(layer, ReLU) else None


TRAIN = """
({ plans, weights, images, labels, order, options }) => {
  const { Network, SGD } = window.convnetLabs['mirror/network'];
  const batch = order[0].length;
  const net = new Network(plans, { channels: 1, height: 9, width: 9 }, batch);
  const parameters = net.parameters();
  parameters.forEach(({ value }, which) => value.set(weights[which]));
  const mover = new SGD(parameters, options);
  const [shown, right] = [new Float64Array(batch * 81), new Int32Array(batch)];
  const losses = order.map((samples) => {
    samples.forEach((sample, at) => {
      shown.set(images[sample], at * 81);
      right[at] = labels[sample];
    });
    const loss = net.lossAndGradients(shown, right, batch);
    mover.step();
    return loss;
  });
  return { losses, weights: parameters.map(({ value }) => [...value]) };
}
"""


@pytest.fixture(scope="module")
def javascript(page_with):
    """`javascript(body, argument)`: what the JavaScript `body` makes of it, with network.js in the page."""
    return page_with("mirror/network").evaluate


@pytest.mark.parametrize("make", [toy, deep])
def test_two_hundred_steps_side_by_side(make, javascript):
    rng = np.random.default_rng(11)
    net = Network(make(rng))
    images, labels = make_dataset(64, rng)
    order = [rng.permutation(64)[:BATCH].tolist() for _ in range(STEPS)]
    parameters = net.parameters()
    told = {
        "plans": [plan for plan in map(planned, net.layers) if plan],
        "weights": [parameter.value.ravel().tolist() for parameter in parameters.values()],
        "images": images.reshape(64, -1).tolist(),
        "labels": labels.tolist(),
        "order": order,
        "options": {"rate": 0.05, "momentum": 0.9},
    }
    answer = javascript(TRAIN, told)
    mover = SGD(parameters, 0.05, 0.9)
    losses = [learn(net, images[samples], labels[samples], mover)[0] for samples in order]
    assert losses[-1] < losses[0] / 2, "it learned, so the numbers had every chance to drift apart"
    assert np.abs(np.array(answer["losses"]) - losses).max() <= EQUAL
    for parameter, weights in zip(parameters.values(), answer["weights"], strict=True):
        assert np.abs(parameter.value.ravel() - weights).max() <= EQUAL


def test_a_tie_goes_to_the_first_in_both(javascript):
    """A blank picture makes every window a tie, at each step anew."""
    body = """() => {
      const { Network } = window.convnetLabs['mirror/network'];
      const net = new Network([{ kind: "pool", window: 2 }], { channels: 1, height: 3, width: 3 }, 1);
      net.forward(new Float64Array(9).fill(-1), 1);
      net.error.set([1, 2, 3, 4]);
      return [...net.layers[0].backward(net.error, 1, true)];
    }"""
    layer = MaxPool2d(2)
    layer.forward(np.full((1, 1, 3, 3), -1.0))
    assert javascript(body, None) == layer.backward(np.array([[[[1.0, 2], [3, 4]]]])).ravel().tolist()


def test_training_allocates_no_arrays(javascript):
    body = """() => {
      const { Network, SGD } = window.convnetLabs['mirror/network'];
      const conv = { kind: "conv", filters: 3, size: 3, padding: 1 };
      const plans = [conv, conv, { kind: "relu" }, { kind: "pool", window: 2 }, { kind: "linear", outputs: 2 }];
      const net = new Network(plans, { channels: 1, height: 9, width: 9 }, 4);
      const mover = new SGD(net.parameters(), { rate: 0.1 });
      const [images, labels] = [new Float64Array(4 * 81).fill(1), new Int32Array(4)];
      let made = 0;
      const [Floats, Ints] = [window.Float64Array, window.Int32Array];
      window.Float64Array = class extends Floats { constructor(...of) { super(...of); made += 1; } };
      window.Int32Array = class extends Ints { constructor(...of) { super(...of); made += 1; } };
      for (let step = 0; step < 5; step++) { net.lossAndGradients(images, labels, 4); mover.step(); }
      new window.Float64Array(1);
      Object.assign(window, { Float64Array: Floats, Int32Array: Ints });
      return made;
    }"""
    assert javascript(body, None) == 1, "the one that this test makes itself"
