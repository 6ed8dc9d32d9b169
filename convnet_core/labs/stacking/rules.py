"""The state that only the stacking lab has: a stack of blocks. rules.js refuses the same values with the same words."""

from __future__ import annotations

import copy

from convnet_core.labs.kit.rules import add_rule, flat, has_shape, numbers_refusal, refusal
from convnet_core.labs.kit.traits import Ruled, as_json, as_lists


class Blocks(Ruled):
    """The blocks of a stack of layers, from the picture up: dictionaries with a "kind" and the parts of that kind.

    most: how many blocks there may be. weights: how many numbers their filters may hold in all, so that a
    link can carry them. parts: for each kind the rule of each part, by name. What is read is a copy: a change
    must be an assignment, which the lab sees.
    """

    def __init__(self, default, *, most: int, weights: int, parts: dict):
        self.parts = parts
        super().__init__(as_json(default), {"kind": "blocks", "most": most, "weights": weights, "parts": parts})

    def get(self, obj, cls=None):
        return copy.deepcopy(super().get(obj, cls))

    def validate(self, obj, value):
        blocks = super().validate(obj, as_lists(value))
        return as_json([{name: block[name] for name in ("kind", *self.parts[block["kind"]])} for block in blocks])


def _filters_refusal(name: str, rule: dict, value) -> str | None:
    """`value` is (filters, maps, size, size): each filter has one square kernel for each map that comes in."""
    shape = [len(value), *_lengths(value)] if isinstance(value, list) else []
    most = [rule["filters"], rule["maps"], rule["size"], rule["size"]]
    is_sound = len(shape) == 4 and shape[2] == shape[3] and all(map(_from_one, shape, most))
    if not (is_sound and has_shape(value, shape)):
        filters, maps, size, _ = most
        return (
            f"{name} must be 1 to {filters} filters, each of 1 to {maps} square kernels, one for each map, "
            f"of 1 to {size} numbers a side"
        )
    return numbers_refusal(name, {**rule, "shapes": [shape]}, value)


def _lengths(value) -> list[int]:
    """The length of the first part of a list, of that one's first part, and so on: three levels deep at most."""
    lengths = []
    while len(lengths) < 3 and value and isinstance(value[0], list):
        value = value[0]
        lengths.append(len(value))
    return lengths


def _from_one(number: int, most: int) -> bool:
    return 1 <= number <= most


def _blocks_refusal(name: str, rule: dict, value) -> str | None:
    if not isinstance(value, list) or len(value) > rule["most"]:
        return f"{name} must be a list of at most {rule['most']} blocks"
    for number, block in enumerate(value, start=1):
        reason = _block_refusal(rule, block)
        if reason is not None:
            return f"{name}, block {number}: {reason}"
    weights = sum(len(flat(block["weights"])) for block in value if "weights" in block)
    if weights > rule["weights"]:
        return f"{name} must have at most {rule['weights']} weights in all; these are {weights}"
    return None


def _block_refusal(rule: dict, block) -> str | None:
    if not isinstance(block, dict):
        return "a block is an object with a kind"
    kind = block.get("kind")
    if not isinstance(kind, str) or kind not in rule["parts"]:
        return f"kind must be one of: {', '.join(rule['parts'])}"
    parts = rule["parts"][kind]
    if set(block) != {"kind", *parts}:
        return f"a block of kind {kind} has {', '.join(['kind', *parts])}, and nothing else"
    for part, part_rule in parts.items():
        reason = refusal(part, part_rule, block[part])
        if reason is not None:
            return reason
    if "bias" in parts and len(block["bias"]) != len(block["weights"]):
        return f"bias must be a list of {len(block['weights'])}, one number for each filter"
    return None


add_rule("filters", _filters_refusal)
add_rule("blocks", _blocks_refusal)
