"""Links to labs that are set up, as the labs' own Copy link makes them (convnet_core/labs/kit/link.js)."""

from __future__ import annotations

import base64
import json
from pathlib import PurePosixPath

import numpy as np

from convnet_core.labs.catalogue import lab_class
from convnet_core.labs.kit.base import Lab
from convnet_core.pictures import from_text


def lab_in(name: str, state: dict) -> Lab:
    """The lab `name` with its traits set to `state`, whose values are written as teaching.chapters describes.

    Raises TypeError on a trait that the lab has not, ValueError or traitlets.TraitError on a value that it refuses.
    """
    lab = lab_class(name)
    return lab(**{trait: _value(lab, trait, told) for trait, told in state.items()})


def told_by_link(lab: Lab) -> dict:
    """What a link says of a lab: all of its state but photographs, which are too long, and what is the reader's own."""
    rules = lab.rules()
    is_left_out = {name: rule["kind"] == "photograph" or rule.get("personal", False) for name, rule in rules.items()}
    return {name: value for name, value in lab.state().items() if not is_left_out[name]}


def encoded(told: dict, version: int = 1) -> str:
    """A state in the letters that an address allows; states of a later version have it before them: "2.eyJ..."."""
    text = base64.urlsafe_b64encode(json.dumps(_short(told), separators=(",", ":")).encode()).decode().rstrip("=")
    return f"{version}.{text}" if version > 1 else text


def address(page: str, lab: Lab) -> str:
    """The link from a page of the book to the lab on its page, in this state."""
    return f"{PurePosixPath(page).name}.html#lab-{lab.name}={encoded(told_by_link(lab), lab.version)}"


def _value(lab: type[Lab], trait: str, told):
    rule = lab.rules().get(trait, {})
    if isinstance(told, str) and rule.get("kind") in ("numbers", "list", "blocks"):
        return from_text(told) if "\n" in told else _from_menu(lab, trait, told)
    if isinstance(told, int | float) and rule.get("kind") == "numbers":
        return np.full(rule["shapes"][0], told)
    return told


def _from_menu(lab: type[Lab], trait: str, name: str):
    """What stands under a name in the lab's menus, first in the one of the trait's own name."""
    menus = [lab.presets.get(trait, {}), *lab.presets.values()]
    for menu in menus:
        if name in menu:
            return menu[name]
    raise ValueError(f"the {lab.title}'s menus have no {name!r} for {trait}")


def _short(value):
    """The same, with whole numbers written without a point, as JavaScript writes them."""
    if isinstance(value, dict):
        return {name: _short(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_short(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
