// Every setting: those of the network, and those of the training.

import { checkbox, choice, make, write } from "../kit/dom.js";
import { ifChanged } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { numberBox } from "../kit/number_box.js";
import { afresh, NAMES, STARTING } from "./derived.js";
import { heading } from "./heading.js";
import { choiceText, sizeText } from "./words.js";

/** @param {HTMLElement} parent @param {(reason: string) => void} refuse */
export function knobs(parent, store, refuse) {
  const { choiceOf, boxOf, flagOf } = makers(store, refuse);
  const network = ["filters", "size", "window", "stride", "neurons"].map((name) => choiceOf(name));
  const training = ["rate", "momentum", "batch", "pictures", "noise", "seed"].map((name) => boxOf(name));
  const all = [...network, ...training, flagOf("shifts")];
  for (const control of all) sets({ [control.name]: control });
  const size = make("p", { class: "cl-note" });
  parent.append(...group("The network", network), size, ...group("The training", all.slice(network.length)));
  const draw = (state) => {
    for (const { name, show } of all) show(state[name]);
    write(size, sizeText(state));
  };
  return { update: ifChanged((state) => all.map(({ name }) => state[name]), draw) };
}

/** @typedef {{ name: string, element: HTMLElement, show: (value: any) => void }} Control  of the setting `name` */

/** What makes a control for a setting, by its name. */
function makers(store, refuse) {
  const set = (name, value, group) => {
    const reason = store.refusal({ [name]: value });
    if (reason !== null) return reason.replace(name, NAMES[name]);
    if (value === store.state[name]) return null;
    const fresh = STARTING.includes(name) ? afresh(store.state) : {};
    return store.set({ ...fresh, [name]: value }, { group });
  };
  /** @returns {Control} */
  const choiceOf = (name) => {
    const { min, max } = store.rule(name);
    const values = Array.from({ length: max - min + 1 }, (_, at) => min + at);
    /** @type {[value: string, label: string][]} */
    const options = values.map((value) => [String(value), choiceText(name, value)]);
    const control = choice(NAMES[name], options, (value) => set(name, Number(value), null));
    return { name, element: control.element, show: (value) => control.show(String(value)) };
  };
  /** @returns {Control} */
  const boxOf = (name) => ({
    name,
    ...numberBox(NAMES[name], (value) => set(name, value, `${name} box`), refuse),
  });
  /** @returns {Control} */
  const flagOf = (name) => ({ name, ...checkbox(NAMES[name], (value) => set(name, value, null)) });
  return { choiceOf, boxOf, flagOf };
}

/** A heading, and a row of controls below it. @param {string} label @param {Control[]} controls */
function group(label, controls) {
  const elements = controls.map(({ element }) => element);
  return [heading(label), make("div", { class: "cl-controls", role: "group", "aria-label": label }, elements)];
}
