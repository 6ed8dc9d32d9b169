"""Five labs in many states that their rules allow, the extremes among them: no text and no style says NaN."""

import json
import re

import numpy as np
import pytest

from convnet_core.labs.kit.seeded import size_of
from convnet_core.labs.sequences.lab import SequencesLab
from convnet_core.labs.shuffle.lab import ShuffleLab
from convnet_core.labs.stacking.lab import StackingLab
from convnet_core.labs.training.lab import TrainingLab
from convnet_core.labs.wiggle.lab import WiggleLab
from tests.labpage import KERNEL_MODEL, kernel_state

LABS = [TrainingLab, ShuffleLab, WiggleLab, StackingLab, SequencesLab]
STATES = 60
NO_NUMBER = re.compile(r"NaN|undefined|Infinity|\bnull\b|\[object")

# Hands a lab one state after the other, as a kernel does, and answers with all that it says and draws then.
SHOWN = (
    KERNEL_MODEL
    + """
const said = (root) => {
  const texts = [root.textContent];
  for (const element of root.querySelectorAll("*"))
    for (const { name, value } of element.attributes) texts.push(`${name}: ${value}`);
  for (const input of root.querySelectorAll("input, select")) texts.push(`value: ${input.value}`);
  return texts;
};
window.lookAt = async ([name, first, states]) => {
  const el = document.querySelector("main").appendChild(document.createElement("div"));
  const model = new KernelModel(first);
  window.convnetLabs[`${name}/lab`].default.render({ model, el });
  const found = [];
  for (const state of states) {
    for (const [trait, value] of Object.entries(state)) model.set(trait, value);
    await Promise.resolve();
    const around = /.{0,60}(NaN|undefined|Infinity|\\bnull\\b|\\[object).{0,60}/g;
    found.push(said(el).flatMap((text) => text.match(around) ?? []));
  }
  return found;
};
"""
)


def numbers(rng, low, high, shape):
    """Any numbers of a range: small and whole ones, fractions, and both ends."""
    near = rng.normal(0, 1, shape)
    ends = rng.choice([low, high, 0], shape)
    mixed = np.choose(rng.integers(4, size=shape), [near, np.round(near), rng.uniform(low, high, shape), ends])
    return np.clip(mixed, low, high)


def kernels(rng, rule):
    filters, maps, size = (int(rng.integers(1, most + 1)) for most in (rule["filters"], rule["maps"], rule["size"]))
    return numbers(rng, rule["min"], rule["max"], (min(filters, 3), maps, size, size)).round(3).tolist()


def block(rng, parts):
    kind = str(rng.choice(list(parts)))
    made = {part: value_of(rng, rule) for part, rule in parts[kind].items()}
    if kind == "conv":
        made["bias"] = numbers(rng, -9, 9, len(made["weights"])).round(3).tolist()
    return {"kind": kind, **made}


def value_of(rng, rule):
    """Any value that a rule allows."""
    match rule["kind"]:
        case "choice":
            return str(rng.choice(rule["options"]))
        case "flag":
            return bool(rng.integers(2))
        case "integer":
            return int(rng.choice([rule["min"], rule["max"], rng.integers(rule["min"], rule["max"] + 1)]))
        case "number":
            return float(numbers(rng, rule["min"], rule["max"], ()))
        case "list":
            length = int(rng.choice([0, 1, rule["longest"], rng.integers(rule["longest"] + 1)]))
            return numbers(rng, rule["min"], rule["max"], length).tolist()
        case "numbers":
            shape = rule["shapes"][rng.integers(len(rule["shapes"]))]
            return numbers(rng, rule["min"], rule["max"], shape).tolist()
        case "filters":
            return kernels(rng, rule)
        case "blocks":
            made = [block(rng, rule["parts"]) for _ in range(rng.integers(rule["most"] + 1))]
            while sum(np.size(one.get("weights", [])) for one in made) > rule["weights"]:
                made.pop()
            return made
    raise ValueError(f"no value is known for a rule of kind {rule['kind']}")


def states_of(lab, count):
    """States as a kernel tells them: each changes some of the traits of the one before, or all of them."""
    rules, told = lab.rules(), []
    for seed in range(count):
        rng = np.random.default_rng(seed)
        names = [name for name in rules if seed % 3 == 0 or rng.random() < 0.3]
        changes = {name: value_of(rng, rules[name]) for name in names}
        whole = lab(**{**(told[-1] if told else {}), **changes})
        if lab is TrainingLab and seed % 2:  # a network that has learned: as many weights as it needs
            whole.weights = numbers(rng, -1000, 1000, size_of(whole.network))
        told.append(json.loads(json.dumps(whole.get_state(list(rules)))))
    return told


@pytest.mark.sweep
@pytest.mark.parametrize("lab", LABS)
def test_no_state_shows_what_is_no_number(lab, open_labs):
    page = open_labs(lab(), init_script=SHOWN)
    states = states_of(lab, STATES)
    found = page.evaluate("(given) => window.lookAt(given)", [lab.name, kernel_state(lab()), states])
    assert len(found) == STATES
    for seed, texts in enumerate(found):
        assert texts == [], f"seed {seed}: {states[seed]}"


@pytest.mark.in_turn("lab", 2)
@pytest.mark.parametrize("lab", LABS)
def test_nor_do_the_tables_without_scripts(lab):
    for seed, state in enumerate(states_of(lab, STATES // 3)):
        assert not NO_NUMBER.search(lab(**state).tables()), f"seed {seed}"
