// The knobs of a block: those of a convolution, and those of pooling.

import { choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { MOST_FILTERS, sizeOf, withFilters, withSize } from "./derived.js";

/** @param {HTMLElement} parent @param {number} place @param {import("./block.js").Desk} desk */
export function convKnobs(parent, place, { store, edit }) {
  const { stride, padding } = store.rule("blocks").parts.conv;
  const knob = (text, numbers, nameOf, turned) => {
    const options = numbers.map((value) => [String(value), nameOf(value)]);
    return namedChoice(text, place, options, (value) => edit(place, "conv", (block) => turned(block, Number(value))));
  };
  const { filter } = store.presets;
  const filters = knob("Filters", upTo(1, MOST_FILTERS), String, (block, count) => withFilters(block, count, filter));
  const size = knob("Kernel", upTo(1, 5), square, withSize);
  const step = knob("Stride", upTo(stride.min, stride.max), String, (block, by) => ({ ...block, stride: by }));
  const zeros = knob("Padding", upTo(padding.min, padding.max), String, (block, by) => ({ ...block, padding: by }));
  const element = controls(parent, [filters, size, step, zeros]);
  const update = (block) => {
    element.hidden = block.kind !== "conv";
    if (element.hidden) return;
    filters.show(block.weights.length);
    size.show(sizeOf(block));
    step.show(block.stride);
    zeros.show(block.padding);
  };
  return { update };
}

/** @param {HTMLElement} parent @param {number} place @param {import("./block.js").Desk} desk */
export function poolKnobs(parent, place, { store, edit }) {
  const { window, stride } = store.rule("blocks").parts.pool;
  const knob = (text, options, part, read) => {
    const turn = (value) => edit(place, "pool", (block) => ({ ...block, [part]: read(value) }));
    return { ...namedChoice(text, place, options, turn), part };
  };
  const sizes = upTo(window.min, window.max).map((length) => [String(length), square(length)]);
  const steps = upTo(stride.min, stride.max).map((by) => [String(by), String(by)]);
  const edges = [
    ["kept", "partial windows kept"],
    ["dropped", "partial windows dropped"],
  ];
  const menus = [
    knob("Window", sizes, "window", Number),
    knob("Stride", steps, "stride", Number),
    knob("Edge", edges, "edge", String),
  ];
  const element = controls(parent, menus);
  const update = (block) => {
    element.hidden = block.kind !== "pool";
    if (!element.hidden) for (const { part, show } of menus) show(String(block[part]));
  };
  return { update };
}

function namedChoice(text, place, options, onchange) {
  const menu = choice(text, options, onchange);
  sets({ blocks: menu });
  menu.element.querySelector("select").setAttribute("aria-label", `${text} of block ${place + 1}`);
  return menu;
}

function controls(parent, menus) {
  const elements = menus.map(({ element }) => element);
  return parent.appendChild(make("div", { class: "cl-controls" }, elements));
}

function upTo(first, last) {
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

function square(length) {
  return `${length} x ${length}`;
}
