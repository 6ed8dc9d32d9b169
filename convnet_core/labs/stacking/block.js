// One block of the stack as a card: its name, its knobs, the maps that it puts out, and its weights.

import { captionedGrid, choosing, valueBox } from "../kit/controls.js";
import { button, choice, make, numberBox } from "../kit/dom.js";
import { replaced } from "../kit/state.js";
import { Thumbnail } from "../kit/thumbnail.js";
import { MOST_FILTERS, partialSums, printed, sizeOf, withFilters, withMaps, withSize } from "./derived.js";
import { meaningText, NAMES, partText, seesText, sizeText, sumText } from "./words.js";

/**
 * @typedef {object} Desk  what a card works with
 * @property {object} store
 * @property {(place: number, block: object, group?: string) => string | null} change  puts a block in another's place
 * @property {(stage: number, changes: object) => void} point  moves what the reader looks at
 * @property {(from: number, to: number) => void} move
 * @property {(place: number) => void} remove
 * @property {(reason: string) => void} refuse
 * @property {HTMLElement} miniature  the picture, small, for where the picture itself is out of sight
 * @property {AbortSignal} signal
 *
 * @param {HTMLElement} parent @param {number} place  from 0, for ever: blocks move, cards stay
 * @param {Desk} desk
 */
export function blockCard(parent, place, desk) {
  const number = place + 1;
  const head = cardHead(place, desk);
  const size = make("p", { class: "cl-note cl-stacking-size" });
  const problem = problemNote(place, desk);
  const element = make("div", { class: "cl-stacking-card", role: "group" }, [head.element]);
  const knobs = [convKnobs(element, place, desk), poolKnobs(element, place, desk)];
  element.append(size, problem.element);
  const body = element.appendChild(make("div", { class: "cl-stacking-body" }));
  const account = make("p", { class: "cl-sum cl-stacking-account" });
  const parts = [mapsOf(body, place, desk), weightsOf(body, place, desk)];
  body.append(account);
  parent.append(element);

  const update = (state, now) => {
    const block = now.blocks[place];
    const isThere = block !== undefined;
    element.hidden = !isThere;
    if (!isThere) return;
    element.setAttribute("aria-label", `Block ${number}, ${NAMES[block.kind]}`);
    head.update(block, now);
    for (const knob of knobs) knob.update(block);
    const works = now.stages.length > number;
    problem.update(now, block);
    size.textContent = sizeText(now, place);
    body.hidden = !works && block.kind !== "conv";
    body.classList.toggle("is-narrow", block.kind !== "conv");
    account.hidden = !works;
    for (const part of parts) part.update(now, block, works);
    const isChosen = works && now.chosen.stage === number;
    element.classList.toggle("is-chosen", isChosen);
    const words = isChosen ? `${sumText(now, place)} ${seesText(now)}` : "Point at a number: where does it come from?";
    account.replaceChildren(...(isChosen ? [desk.miniature] : []), words);
  };
  return { element, handle: head.handle, update, focus: head.focus };
}

function cardHead(place, { move, remove }) {
  const number = place + 1;
  const title = make("p", { class: "cl-stacking-name" });
  const handle = make("span", { class: "cl-stacking-handle", "aria-hidden": "true", title: "Drag to move", text: "⠿" });
  const buttons = {
    up: button("Up", () => move(place, place - 1), { "aria-label": `Up: move block ${number}` }),
    down: button("Down", () => move(place, place + 1), { "aria-label": `Down: move block ${number}` }),
    remove: button("Remove", () => remove(place), { "aria-label": `Remove block ${number}` }),
  };
  const tools = make("div", { class: "cl-buttons" }, Object.values(buttons));
  const element = make("div", { class: "cl-stacking-head" }, [handle, title, tools]);
  const update = ({ kind }, { blocks }) => {
    title.textContent = `${number} ${NAMES[kind]}`;
    // aria-disabled, not disabled: the focus stays where it is.
    buttons.up.setAttribute("aria-disabled", String(place === 0));
    buttons.down.setAttribute("aria-disabled", String(place === blocks.length - 1));
  };
  return { element, handle, update, focus: (name) => buttons[name].focus() };
}

/** Why the block can't work, and, where its filters have too few or too many kernels, the way out. */
function problemNote(place, { store, change }) {
  const text = make("span");
  const fit = button("", () => change(place, withMaps(store.state.blocks[place], maps)));
  const element = make("p", { class: "cl-stacking-problem" }, [text, " ", fit]);
  let maps = 0;
  const update = ({ problem, stages }, block) => {
    element.hidden = problem === null || problem.place > place;
    if (element.hidden) return;
    const isHere = problem.place === place;
    text.textContent = isHere ? `⚠ ${problem.reason}` : `⚠ It waits for block ${problem.place + 1}.`;
    maps = stages.at(-1).length;
    fit.hidden = !(isHere && block.kind === "conv" && block.weights[0].length !== maps);
    fit.textContent = `Give each filter ${maps} ${maps === 1 ? "kernel" : "kernels"}`;
  };
  return { element, update };
}

function convKnobs(parent, place, { store, change }) {
  const { stride, padding } = store.rule("blocks").parts.conv;
  const block = () => store.state.blocks[place];
  const knob = (text, numbers, names, make) => {
    const options = numbers.map((value) => [String(value), names(value)]);
    const menu = choice(text, options, (value) => change(place, make(Number(value))));
    menu.element.querySelector("select").setAttribute("aria-label", `${text} of block ${place + 1}`);
    return menu;
  };
  const filters = knob("Filters", upTo(1, MOST_FILTERS), String, (count) =>
    withFilters(block(), count, store.presets.filter),
  );
  const size = knob("Kernel", upTo(1, 5), square, (length) => withSize(block(), length));
  const step = knob("Stride", upTo(stride.min, stride.max), String, (by) => ({ ...block(), stride: by }));
  const zeros = knob("Padding", upTo(padding.min, padding.max), String, (by) => ({ ...block(), padding: by }));
  const element = controls(parent, [filters, size, step, zeros]);
  const update = (now) => {
    element.hidden = now.kind !== "conv";
    if (element.hidden) return;
    filters.show(now.weights.length);
    size.show(sizeOf(now));
    step.show(now.stride);
    zeros.show(now.padding);
  };
  return { update };
}

function poolKnobs(parent, place, { store, change }) {
  const { window, stride } = store.rule("blocks").parts.pool;
  const knob = (text, options, part, read) => {
    const menu = choice(text, options, (value) => change(place, { ...store.state.blocks[place], [part]: read(value) }));
    menu.element.querySelector("select").setAttribute("aria-label", `${text} of block ${place + 1}`);
    return { ...menu, part };
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
  const update = (now) => {
    element.hidden = now.kind !== "pool";
    if (!element.hidden) for (const { part, show } of menus) show(String(now[part]));
  };
  return { update };
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

/** All maps small, and one of them large, with its numbers. */
function mapsOf(parent, place, { point, signal }) {
  const stage = place + 1;
  const side = parent.appendChild(make("div", { class: "cl-stacking-maps" }));
  const row = side.appendChild(
    make("div", { class: "cl-thumbnails", role: "group", "aria-label": `Maps of block ${stage}` }),
  );
  const small = [];
  let maps = null;
  const grid = captionedGrid(side, `Block ${stage}, map`, { print: (value) => printed(maps, value), signal });
  grid.onPoint((r, c) => point(stage, { row: r, column: c }));

  const update = (now, _block, works) => {
    side.hidden = !works;
    if (!works) return;
    maps = now.stages[stage];
    const [at, full] = [now.mapAt[stage], largestOf(maps)];
    row.hidden = maps.length === 1;
    maps.forEach((map, which) => {
      small[which] ??= new Thumbnail(row, () => point(stage, { map: which }));
      small[which].element.hidden = false;
      const summary = `largest ${printed(maps, Math.max(...map.flat()))}`;
      small[which].show(map, { caption: `map ${which + 1}`, summary, full, chosen: which === at });
      small[which].element.setAttribute("aria-label", `map ${which + 1} of block ${stage}`);
    });
    for (const { element } of small.slice(maps.length)) element.hidden = true;
    const size = `${maps[at].length} x ${maps[at][0].length}`;
    grid.caption.textContent = `Map ${at + 1} of ${maps.length}, ${size}`;
    grid.label = `Block ${stage}, map ${at + 1}`;
    grid.show(maps[at], { full });
    show(grid, now, stage);
  };
  return { update };
}

/** The chosen number, or what it sees of this map, in a frame. */
export function show(grid, { chosen, boxes }, stage) {
  const isChosen = chosen.stage === stage && stage > 0;
  grid.mark("chosen", isChosen ? [[chosen.row, chosen.column]] : []);
  grid.frame(stage < chosen.stage ? boxes[stage] : null);
}

function largestOf(maps) {
  return Math.max(1e-9, ...maps.flat(2).map(Math.abs));
}

/** The shown filter: a kernel for each map that comes in, with what it gives to the chosen number. */
function weightsOf(parent, place, { store, change, refuse, signal }) {
  const number = place + 1;
  const { min, max } = store.rule("blocks").parts.conv.weights;
  const side = parent.appendChild(make("div", { class: "cl-side cl-stacking-weights" }));
  const title = make("p", { class: "cl-caption" });
  const row = make("div", { class: "cl-stacking-kernels" });
  const meaning = make("p", { class: "cl-note" });
  side.append(title, row, meaning);
  const block = () => store.state.blocks[place];
  let filter = 0;

  const edited = (map, kernel) => {
    const { weights } = block();
    return { ...block(), weights: replaced(weights, filter, replaced(weights[filter], map, kernel)) };
  };
  const kernels = upTo(0, MOST_FILTERS - 1).map((map) => {
    const grid = captionedGrid(row, "", {
      label: `Block ${number}, kernel ${map + 1}`,
      editable: true,
      range: [min, max],
      onPress: choosing,
      signal,
    });
    grid.flipped = (value) => (value === 0 ? 1 : -value);
    grid.onRefuse(refuse);
    grid.onEdit(({ values, group }) => change(place, edited(map, values), group));
    const part = grid.block.appendChild(make("p", { class: "cl-note cl-stacking-part" }));
    return Object.assign(grid, { part });
  });
  const box = valueBox(kernels, refuse);
  const setBias = (value) => change(place, { ...block(), bias: replaced(block().bias, filter, value) }, `bias ${number}`);
  const bias = numberBox(`Bias`, setBias, refuse);
  bias.input.setAttribute("aria-label", `Bias of block ${number}`);
  side.append(make("div", { class: "cl-controls" }, [box.element, bias.element]));

  const update = (now, { kind, weights, bias: biases }, works) => {
    side.hidden = kind !== "conv";
    if (side.hidden) return;
    filter = Math.min(works ? now.mapAt[number] : 0, weights.length - 1);
    title.textContent = `Filter ${filter + 1} of ${weights.length}: ${weights[0].length === 1 ? "its kernel" : "a kernel for each map"}`;
    meaning.textContent = meaningText(weights[filter], store.presets.filter);
    const sums = works && now.chosen.stage === number ? partialSums(now, place) : null;
    const full = largestOf(weights[filter]);
    kernels.forEach((grid, map) => {
      grid.block.hidden = map >= weights[filter].length;
      if (grid.block.hidden) return;
      grid.caption.textContent = `on map ${map + 1}`;
      if (grid.kernel !== weights[filter][map] || grid.full !== full) grid.show(weights[filter][map], { full });
      grid.kernel = weights[filter][map];
      grid.part.textContent = sums ? `gives ${partText(now, place, sums[map])}` : "\u00a0";
    });
    box.update();
    bias.show(biases[filter]);
  };
  return { update };
}
