"""The appendix, toolkits: a network handed to PyTorch, Keras and ONNX.

Each toolkit gets the same numbers, in float32, which is what they compute with. PyTorch and ONNX keep them in the
order that this book does. Keras has the maps last, and so another order of the weights.
"""

import numpy as np

from convnet_core.convolution import Conv2d
from convnet_core.pooling import MaxPool2d
from convnet_core.relu import ReLU
from convnet_core.voting import Flatten, Linear

# Versions of ONNX's operators and of its files from 2021 and 2022, which every runtime in use reads.
ONNX_OPERATORS, ONNX_FILES = 17, 8


def torch_state(network):
    """The parameters as PyTorch names and shapes them: {"0.weight": array, ...}.

    network  a Network
    return   float32 arrays, copies; what `load_state_dict` of a torch.nn.Sequential of the same layers wants, once
             each is made a tensor
    """
    return {name: parameter.value.astype(np.float32) for name, parameter in network.parameters().items()}


def keras_weights(network, input_shape):
    """The parameters in Keras's order: the list that `set_weights` of a keras.Sequential of the same layers wants.

    network      a Network
    input_shape  of one sample here, (C, H, W); in Keras it is (H, W, C)
    return       float32 arrays: kernels (kH, kW, C, F) and (inputs, outputs), each followed by its bias

    A Linear layer behind a Flatten layer gets its inputs in another order, since Keras lays out the maps in another
    order. Raises ValueError on a layer of another kind, or one that can't take what comes to it.
    """
    arrays, maps = [], None
    for layer, shape in zip(network.layers, network.shapes(input_shape), strict=False):
        _check_kind("keras_weights", layer)
        if isinstance(layer, Flatten) and len(shape) == 3:
            maps = shape
        elif isinstance(layer, Conv2d):
            arrays += [layer.weight.value.transpose(2, 3, 1, 0), layer.bias.value]
        elif isinstance(layer, Linear):
            arrays += [_maps_last(layer.weight.value, maps).T, layer.bias.value]
            maps = None  # what comes out of a Linear layer is a list in both
    return [array.astype(np.float32) for array in arrays]


def onnx_model(network, input_shape):
    """The network as an ONNX model: any number of samples "images" go in, and "votes" come out.

    network      a Network
    input_shape  of one sample, (C, H, W)
    return       an onnx.ModelProto, checked; needs the package `onnx`

    Raises ValueError on a layer of another kind, or one that can't take what comes to it.
    """
    import onnx
    from onnx import helper, numpy_helper

    shapes = network.shapes(input_shape)
    names = ["images", *(f"after {place}" for place in range(len(network.layers) - 1)), "votes"]
    nodes = []
    for place, layer in enumerate(network.layers):
        kind, settings = _onnx_operator(layer, shapes[place], shapes[place + 1])
        inputs = [names[place], *(f"{place}.{name}" for name in layer.parameters())]
        nodes.append(helper.make_node(kind, inputs, [names[place + 1]], **settings))
    ends = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["N", *shape])
        for name, shape in (("images", shapes[0]), ("votes", shapes[-1]))
    ]
    numbers = [numpy_helper.from_array(array, name) for name, array in torch_state(network).items()]
    graph = helper.make_graph(nodes, "network", ends[:1], ends[1:], numbers)
    operators = [helper.make_opsetid("", ONNX_OPERATORS)]
    model = helper.make_model(graph, opset_imports=operators, ir_version=ONNX_FILES, producer_name="convnet_core")
    onnx.checker.check_model(model, full_check=True)
    return model


def _onnx_operator(layer, before, after):
    """ONNX's name for a layer, and its settings there, for samples of shape `before` that become `after`."""
    _check_kind("onnx_model", layer)
    match layer:
        case Conv2d():
            return "Conv", {"strides": layer.stride, "pads": layer.padding * 2}
        case MaxPool2d():
            pads = layer.padding + _beyond(layer, before, after)
            return "MaxPool", {"kernel_shape": layer.kernel_size, "strides": layer.stride, "pads": pads}
        case Linear():
            return "Gemm", {"transB": 1}  # the weights are (outputs, inputs)
    return type(layer).__name__.replace("ReLU", "Relu"), {}


def _beyond(layer, before, after):
    """How far the last windows of a pooling layer reach beyond the map: (below, to the right).

    ONNX knows `ceil_mode`, but in these versions it counts a window that starts beyond the map, and PyTorch does not.
    """
    sides = zip(before[-2:], after[-2:], layer.kernel_size, layer.stride, layer.padding, strict=True)
    return tuple(max(0, (stops - 1) * step + window - size - pad) for size, stops, window, step, pad in sides)


def _maps_last(weight, maps):
    """The columns of weights (outputs, inputs) for maps (C, H, W) that were laid out with C last; None: as they are."""
    if maps is None:
        return weight
    return weight.reshape(-1, *maps).transpose(0, 2, 3, 1).reshape(weight.shape)


def _check_kind(function, layer):
    kinds = (Conv2d, ReLU, MaxPool2d, Flatten, Linear)
    if type(layer) not in kinds:
        wanted = ", ".join(kind.__name__ for kind in kinds)
        raise ValueError(f"{function}: {layer} has no counterpart there, wanted {wanted}")
