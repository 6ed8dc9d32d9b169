"""What a lab's state may be: rules.js refuses the same values with the same words."""

from __future__ import annotations

import re
from numbers import Real

PHOTOGRAPH = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+={0,2}")


def refusal(name: str, rule: dict, value) -> str | None:
    """Why `value` is refused, in a sentence for the reader; None where it is welcome.

    value is JSON: numbers, strings, booleans and lists of them.
    """
    kind = rule["kind"]
    if kind == "numbers":
        return _numbers_refusal(name, rule, value)
    if kind == "integer":
        welcome = _within(rule, value) and float(value).is_integer()
        return None if welcome else f"{name} must be a whole number from {rule['min']} to {rule['max']}"
    if kind == "number":
        return None if _within(rule, value) else f"{name} must be a number from {rule['min']} to {rule['max']}"
    if kind == "choice":
        welcome = isinstance(value, str) and value in rule["options"]
        return None if welcome else f"{name} must be one of: {', '.join(rule['options'])}"
    if kind == "list":
        if isinstance(value, list) and len(value) <= rule["longest"] and all(_within(rule, number) for number in value):
            return None
        return f"{name} must be a list of at most {rule['longest']} numbers from {rule['min']} to {rule['max']}"
    if kind == "flag":
        return None if isinstance(value, bool) else f"{name} must be true or false"
    if kind == "photograph":
        longest = rule["longest"]
        if isinstance(value, str) and len(value) <= longest and PHOTOGRAPH.fullmatch(value):
            return None
        return f"{name} must be a PNG picture as a data address of at most {longest} characters"
    if kind == "filters":
        return _filters_refusal(name, rule, value)
    if kind == "blocks":
        return _blocks_refusal(name, rule, value)
    if kind == "answers":
        return _answers_refusal(name, rule, value)
    raise ValueError(f"unknown rule {kind}")


def _numbers_refusal(name: str, rule: dict, value) -> str | None:
    if not any(_has_shape(value, shape) for shape in rule["shapes"]):
        wanted = " or ".join(" x ".join(map(str, shape)) for shape in rule["shapes"])
        return f"{name} has the wrong shape: wanted {wanted} numbers"
    if all(_within(rule, number) for number in _flat(value)):
        return None
    return f"{name} must hold numbers from {rule['min']} to {rule['max']} only"


def _filters_refusal(name: str, rule: dict, value) -> str | None:
    """`value` is (filters, maps, size, size): each filter has one square kernel for each map that comes in."""
    shape = [len(value), *_lengths(value)] if isinstance(value, list) else []
    most = [rule["filters"], rule["maps"], rule["size"], rule["size"]]
    is_sound = len(shape) == 4 and shape[2] == shape[3] and all(map(_from_one, shape, most))
    if not (is_sound and _has_shape(value, shape)):
        filters, maps, size, _ = most
        return (
            f"{name} must be 1 to {filters} filters, each of 1 to {maps} square kernels, one for each map, "
            f"of 1 to {size} numbers a side"
        )
    return _numbers_refusal(name, {**rule, "shapes": [shape]}, value)


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
        problem = block_problem(rule, block)
        if problem is not None:
            return f"{name}, block {number}: {problem[1]}"
    weights = sum(len(_flat(block["weights"])) for block in value if "weights" in block)
    if weights > rule["weights"]:
        return f"{name} must have at most {rule['weights']} weights in all; these are {weights}"
    return None


def block_problem(rule: dict, block) -> tuple[str, str] | None:
    """Which part of a block is refused ("" for the block itself), and why; None where it is welcome."""
    if not isinstance(block, dict):
        return "", "a block is an object with a kind"
    kind = block.get("kind")
    if not isinstance(kind, str) or kind not in rule["parts"]:
        return "kind", f"kind must be one of: {', '.join(rule['parts'])}"
    parts = rule["parts"][kind]
    if set(block) != {"kind", *parts}:
        return "", f"a block of kind {kind} has {', '.join(['kind', *parts])}, and nothing else"
    for part, part_rule in parts.items():
        reason = refusal(part, part_rule, block[part])
        if reason is not None:
            return part, reason
    if "bias" in parts and len(block["bias"]) != len(block["weights"]):
        return "bias", f"bias must be a list of {len(block['weights'])}, one number for each filter"
    return None


def _answers_refusal(name: str, rule: dict, value) -> str | None:
    """`value` holds a list for each question: nothing, one number, or the first and the latest."""

    def is_welcome(tries) -> bool:
        return isinstance(tries, list) and len(tries) <= 2 and all(_within(rule, number) for number in tries)

    if isinstance(value, list) and len(value) <= rule["questions"] and all(map(is_welcome, value)):
        return None
    return (
        f"{name} must be at most {rule['questions']} lists, one for each question, "
        f"each of at most 2 numbers from {rule['min']} to {rule['max']}"
    )


def _has_shape(value, shape) -> bool:
    if not shape:
        return not isinstance(value, list)
    length, *inner = shape
    return isinstance(value, list) and len(value) == length and all(_has_shape(part, inner) for part in value)


def _flat(value):
    if not isinstance(value, list):
        return [value]
    return [number for part in value for number in _flat(part)]


def _within(rule: dict, value) -> bool:
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return is_number and rule["min"] <= value <= rule["max"]  # which NaN and infinities are not
