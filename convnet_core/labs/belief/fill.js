// Half a digit is hidden, and a machine imagines it, sweep by sweep.

import { button, choice, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { inInk } from "../kit/paint.js";
import { player } from "../kit/player.js";
import { roving } from "../kit/roving.js";
import { smallMap } from "../kit/small_map.js";
import { same } from "../kit/state.js";
import { digitAt, digitsOf } from "./derived.js";
import { figure } from "./figures.js";
import { imaginer, knownOf, SIDE } from "./imagines.js";
import { knownSheet } from "./sheet.js";
import { ABOUT, digitText, fillText, HALVES, imaginedWords, inkWords, MACHINES } from "./fill_words.js";

const WHY =
  "Three machines have seen 4,000 digits, and nobody has told them which digit is which. The digits below are others.";
const BLANK = Array.from({ length: SIDE }, () => Array(SIDE).fill(0));

/**
 * @param {import("../kit/card.js").Context} context
 * @param {{ keeper: import("../kit/gate.js").Keeper<import("./imagines.js").Machines> }} parts
 */
export function fillTab({ store, hush, refuse, signal }, { keeper }) {
  const imagine = imaginer();
  /** Another picture, or another half, is another question: it begins anew. */
  const ask = (changes, options = {}) => store.set({ ...changes, sweep: 0, truth: false }, options);
  const settings = fillSettings(store, ask);
  const shelf = digitShelf(store, ask, signal);
  const columns = make("div", { class: "cl-belief-halves" });
  const sheet = knownSheet(columns, store, { ask, refuse, signal });
  const [imagined, truth] = [inkPane(columns), inkPane(columns)];
  const reveal = button("", () => store.set({ truth: !store.state.truth }, { undoable: false }));
  truth.element.append(reveal);
  const walk = make("div");
  const steps = player(walk, {
    label: "Sweep",
    last: () => store.rule("sweep").max,
    at: () => store.state.sweep,
    go: (sweep) => store.set({ sweep }, { undoable: false }),
    speed: () => store.state.speed,
    setSpeed: (speed) => store.set({ speed }, { undoable: false }),
    onplay: hush,
    signal,
  });
  const again = button("Begin from other noise", () => {
    const { max } = store.rule("seed");
    store.set({ seed: (store.state.seed % max) + 1, sweep: 0 });
  });
  sets({ seed: again });
  walk.firstElementChild.append(again);
  const words = make("p", { class: "cl-belief-account" });
  const behind = make("div", {}, [settings.element, shelf.element, columns, walk, words]);
  const element = keeper.gate(WHY, behind);
  const update = (state) => {
    if (keeper.data === null) return;
    settings.update(state);
    shelf.update(state);
    sheet.update(state);
    steps.update();
    const found = imagine(keeper.data, state);
    imagined.draw(found ?? knownAlone(state), found ? `Imagined, sweep ${state.sweep}` : "Imagined: not begun", imaginedWords(found, state));
    const whole = state.picture.flat();
    const isOwn = digitAt(state.picture, store.presets.digits) < 0; // then nobody knows the other half
    truth.element.hidden = isOwn;
    truth.draw(
      state.truth ? whole : knownAlone(state),
      "What was there",
      state.truth ? inkWords(whole) : "Not shown yet.",
    );
    write(reveal, state.truth ? "Hide it" : "Show what was there");
    write(words, fillText(found, state, isOwn));
  };
  /** What is imagined now, for who judges it. @param {import("../kit/store.js").State} state */
  const now = (state) => (keeper.data === null ? null : imagine(keeper.data, state));
  return { element, update, now, stop: steps.stop };
}

/** The known half alone; nobody knows the other one. */
function knownAlone({ picture, half }) {
  const known = knownOf(half);
  return picture.flat().map((value, k) => (known[k] ? value : null));
}

/** Which half is hidden, and who imagines it. */
function fillSettings(store, ask) {
  const machine = choice("Who imagines", Object.entries(MACHINES), (value) => store.set({ machine: value }));
  const half = choice("Hidden", Object.entries(HALVES), (value) => ask({ half: value }));
  sets({ machine, half });
  const note = make("p", { class: "cl-note cl-belief-about" });
  const update = (state) => {
    machine.show(state.machine);
    half.show(state.half);
    write(note, ABOUT[state.machine]);
  };
  return { element: make("div", { class: "cl-controls" }, [machine.element, half.element, note]), update };
}

/** Held-out digits, their hidden halves hidden here, too, and an empty sheet. */
function digitShelf(store, ask, signal) {
  const { digits } = store.presets;
  const buttons = digitsOf(digits).map(({ picture }, at) => {
    const map = smallMap();
    const about = { type: "button", class: "cl-belief-digit", "aria-label": digitText(at, digits) };
    return { map, picture, element: make("button", { ...about, onclick: () => ask({ picture }) }, [map.element]) };
  });
  const clear = button("Empty sheet", () => ask({ picture: BLANK }));
  const all = [...buttons.map((one) => one.element), clear];
  const element = make(
    "div",
    { class: "cl-belief-digits", role: "toolbar", "aria-label": "Digits that no machine has seen" },
    all,
  );
  roving(element, all, { signal });
  sets({ picture: element });
  let drawn = "";
  const update = ({ picture: shown, half }) => {
    for (const { map, picture, element: control } of buttons) {
      if (half !== drawn) map.draw(knownAlone({ picture, half }), SIDE, inInkOrHidden);
      control.setAttribute("aria-pressed", String(same(picture, shown)));
    }
    drawn = half;
  };
  return { element, update };
}

/** A picture in ink, of which some pixels may not be known. */
function inkPane(parent) {
  const { element, draw } = figure();
  parent.append(element);
  return {
    element,
    draw: (values, /** @type {string} */ title, /** @type {string} */ text) =>
      draw(values, SIDE, inInkOrHidden, title, `${title}. ${text}`),
  };
}

/** A pixel that nobody knows is see-through: the hatched ground is seen. */
function inInkOrHidden(values, bytes) {
  inInk(values, bytes);
  for (let k = 0; k < values.length; k++) if (values[k] === null) bytes[4 * k + 3] = 0;
}
