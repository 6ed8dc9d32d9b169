"""Networks whose weights are known: stored under names of their own, by scripts that trained them."""

from convnet_core.checks import as_array


def filled(network, weights, names, caller):
    """The network with weights that were stored.

    network  a Network; it is filled and returned
    weights  a dict of arrays
    names    by the name of each parameter of the network, its name in `weights`
    caller   whose name messages begin with

    Raises ValueError where one is missing or of another shape.
    """
    for name, parameter in network.parameters().items():
        known = names[name]
        if known not in weights:
            raise ValueError(f"{caller}: weights has {sorted(weights)}, wanted {known} among them")
        value = as_array(f"{caller}: {known}", weights[known])
        if value.shape != parameter.value.shape:
            raise ValueError(f"{caller}: {known} is {value.shape}, wanted {parameter.value.shape}")
        parameter.value[...] = value
    return network
