// Which pixels matter? The lab flips every pixel, or every two, and writes down what that does to the lead of X.

import { captionedGrid } from "../kit/controls.js";
import { button, make, write } from "../kit/dom.js";
import { truncated } from "../mirror/printing.js";
import { current, leadAfter } from "./derived.js";

const LABEL = "Lead of X after a flip";
const SLICE = 12; // milliseconds of trying at a stretch, so that the page stays awake

/**
 * @param {HTMLElement} parent
 * @param {import("../kit/store.js").Store} store
 * @param {{ onPoint: (point: { places: number[][], text: string }) => void, onLeave: () => void,
 *           say: (text: string) => void, signal: AbortSignal }} listeners
 */
export function pixelHelp(parent, store, { onPoint, onLeave, say, signal }) {
  const bar = make("progress", { class: "cl-voting-progress", max: 1, value: 0, "aria-label": "Tried", hidden: true });
  const done = (trial) => {
    result.show(trial);
    say(counted(trial));
  };
  const trials = trialsInSlices(store, { bar, done, signal });
  const buttons = [
    button("Try every pixel", () => trials.start(singles)),
    button("Try every two pixels", () => trials.start(pairs)),
  ];
  const block = make("div", { class: "cl-voting-help" }, [
    make("p", { class: "cl-voting-title", text: "Which pixels matter?" }),
    make("div", { class: "cl-buttons" }, [...buttons, bar]),
  ]);
  parent.append(block);
  const result = resultOf(block, { onPoint, onLeave, signal });
  const reset = () => {
    trials.stop();
    return result.show(null);
  };
  /** The picture or the weights have changed: what was found holds for those from before. */
  const outdate = () => {
    trials.stop();
    result.outdate();
  };
  return { reset, outdate };
}

/** Tries candidate after candidate, and lets go of the page in between. What starts ends what was going on. */
function trialsInSlices(store, { bar, done, signal }) {
  let turn = 0;
  const stop = () => {
    turn += 1;
    bar.hidden = true;
  };
  const start = (candidates) => {
    stop();
    const [own, state] = [turn, store.state];
    const todo = candidates(state.image);
    const trial = started(state, store.presets, todo);
    let tried = 0;
    bar.hidden = false;
    const slice = () => {
      if (own !== turn || signal.aborted) return;
      const end = performance.now() + SLICE;
      while (tried < todo.length && performance.now() < end) {
        weigh(trial, todo[tried], leadAfter(state, store.presets, todo[tried]));
        tried += 1;
      }
      bar.value = tried / todo.length;
      if (tried < todo.length) return void setTimeout(slice);
      bar.hidden = true;
      done(trial);
    };
    slice();
  };
  return { start, stop };
}

/** What the last trial found: a sentence, and the lead after each flip. `show` tells whether something stood there. */
function resultOf(parent, { onPoint, onLeave, signal }) {
  let found = null;
  let past = "";
  const said = parent.appendChild(make("p", { class: "cl-voting-found" }));
  const more = (row, column) => {
    const doesIt = found.finds.some(({ places }) => places.some(([r, c]) => r === row && c === column));
    return `${partnerText(found.partners[row][column])}${doesIt ? ", changes the answer" : ""}`;
  };
  const grid = captionedGrid(parent, LABEL, { print: truncated, more, signal });
  const show = (trial) => {
    const wasThere = found !== null;
    [found, past] = [trial, ""];
    grid.block.hidden = found === null;
    write(said, found ? summary(found) : "");
    if (found === null) return wasThere;
    const { leads, finds, base, size } = found;
    grid.label = size === 1 ? LABEL : "Lead of X after the best pair with this pixel";
    write(grid.caption, grid.label);
    grid.show(leads, { full: Math.max(Math.abs(base), ...leads.flat().map(Math.abs)) });
    grid.mark(
      "fools",
      finds.flatMap(({ places }) => places),
    );
    return wasThere;
  };
  const outdate = () => {
    if (found === null || past !== "") return;
    past = "Before your change: ";
    for (const text of [said, grid.caption]) write(text, past + text.textContent);
  };
  grid.onPoint((row, column) => {
    const places = [[row, column], ...(found.partners[row][column] ?? [])];
    grid.mark("chosen", places);
    onPoint({ places, text: past + flipText(places, found.base, found.leads[row][column]) });
  });
  grid.onLeave(() => {
    grid.mark("chosen", []);
    onLeave();
  });
  show(null);
  return { show, outdate };
}

function singles(image) {
  return image.flatMap((line, row) => line.map((_, column) => [[row, column]]));
}

function pairs(image) {
  const alone = singles(image).flat();
  return alone.flatMap((one, at) => alone.slice(at + 1).map((other) => [one, other]));
}

function started(state, presets, todo) {
  const empty = () => state.image.map((line) => line.map(() => null));
  const { lead: base } = current(state, presets);
  return { base, many: todo.length, size: todo[0].length, leads: empty(), partners: empty(), finds: [] };
}

/** Notes a trial. Of each pixel, the trial is kept that comes nearest to another answer. */
function weigh(trial, places, lead) {
  const towards = trial.base >= 0 ? -1 : 1;
  for (const [row, column] of places) {
    const best = trial.leads[row][column];
    if (best !== null && towards * lead <= towards * best) continue;
    trial.leads[row][column] = lead;
    trial.partners[row][column] = places.filter(([r, c]) => r !== row || c !== column);
  }
  if (lead >= 0 !== trial.base >= 0) trial.finds.push({ places, lead });
}

function counted({ many, size, finds }) {
  const tried = `Tried ${many} ${size === 1 ? "pixels" : "pairs of pixels"}.`;
  if (finds.length === 0) return `${tried} None changes the answer.`;
  return `${tried} ${finds.length === 1 ? "One of them changes" : `${finds.length} of them change`} the answer.`;
}

function summary(trial) {
  const { finds, leads, partners, base } = trial;
  if (finds.length > 0) {
    const partners = trial.size > 1 ? ", and choosing one tells its best partner" : "";
    const which = trial.size === 1 && finds.length === 1 ? "pixel that does it is" : "pixels that do it are";
    return `${counted(trial)} The ${which} underlined${partners}.`;
  }
  const flat = leads.flat();
  const best = base >= 0 ? Math.min(...flat) : Math.max(...flat);
  const at = flat.indexOf(best);
  const [row, column] = [Math.floor(at / leads.length), at % leads.length];
  const places = [[row, column], ...partners[row][column]];
  return `${counted(trial)} Nearest to it: ${flipText(places, base, best)}`;
}

function inWords(places) {
  return places.map(([row, column]) => `row ${row + 1}, column ${column + 1}`).join(" with ");
}

function flipText(places, base, lead) {
  const flip = inWords(places);
  return `${flip[0].toUpperCase()}${flip.slice(1)}: the lead of X goes ${truncated(base)} → ${truncated(lead)}.`;
}

function partnerText(partner) {
  return partner?.length ? `, with ${inWords(partner)}` : "";
}
