// Edges out of photographs: features are learned while one watches.

import { curvePanel } from "../kit/curves.js";
import { make, write } from "../kit/dom.js";
import { photographTaker } from "../kit/ownphoto.js";
import { same } from "../kit/state.js";
import { capital } from "../kit/words.js";
import { LEAST } from "../mirror/edges.js";
import { hasOwn, sourceOf } from "./derived.js";
import { filterSheet } from "./filters.js";
import { foundPanes } from "./found.js";
import { BETWEEN, FILTERS, PIECE, STEPS } from "./jobs.js";
import { learnSettings, pressButtons } from "./learn_controls.js";
import { redrawnPanes } from "./redrawn.js";
import { Run } from "./run.js";
import { edgesText, keptText, runText, smallText } from "./words.js";

const WHY = "Ten photographs of what one sees outdoors and at home. Nobody has said what is on them.";
const NOTE =
  "Blue adds, orange takes away. A feature counts as an edge if one wave under a bell explains more than 70% of it, and " +
  "it is stronger than noise. It has faded if it is less than half of the noise that it began as.";
const UNKEPT = "What is learned stays in this page while it is open: a copied link and a reload begin anew.";
const SMALLEST = LEAST + PIECE; // pixels of the shorter side of a photograph to learn from

/**
 * @typedef {import("../kit/store.js").State} State
 * @param {import("../kit/card.js").Context} context
 * @param {{ keeper: import("../kit/gate.js").Keeper<import("./data.js").Photograph[]>, room: HTMLElement,
 *           own: () => import("./data.js").Photograph | null, onlearned: () => void }} parts
 *   own: the reader's photograph
 */
export function learnTab({ store, say, join, refuse, hasKernel, signal }, { keeper, room, own, onlearned }) {
  const onend = () => {
    say(runText(run));
    onlearned();
  };
  const onmile = () => store.state.tab === "edges" && say(runText(run));
  const run = new Run({ onchange: () => store.refresh(), onmile, onend, signal });
  const element = make("div");
  const taker = photographTaker(element, {
    room,
    store: takerStore(store),
    hasKernel,
    backTo: "the book’s",
    say,
    refuse,
    signal,
  });
  const gate = keeper.gate(WHY, make("p", { class: "cl-note", text: WHY }));
  const settings = learnSettings(store);
  const press = pressButtons(run, () => materialOf(store.state), { say, refuse });
  const [sheet, redrawn, panes, curve] = [filterSheet(store, signal), redrawnPanes(), foundPanes(), countCurve()];
  const account = make("p", { class: "cl-belief-account" });
  const unkept = make("p", { class: "cl-note", text: UNKEPT });
  const notes = [make("p", { class: "cl-note", text: NOTE }), unkept];
  const learning = make("div", { class: "cl-belief-learning" }, [
    make("div", { class: "cl-belief-sheet" }, [sheet.element, ...notes]),
    make("div", { class: "cl-belief-sheet" }, [redrawn.element, curve.element, panes.element]),
  ]);
  element.append(gate, settings.element, press.element, account, learning);
  /** @param {State} state @returns {import("./learn_controls.js").Material} */
  const materialOf = (state) => {
    const source = sourceOf(state, store.initial);
    const all = source === "own" ? [own()].filter(Boolean) : (keeper.data ?? []);
    const photographs = source === "all" || source === "own" ? all : all.filter(({ name }) => name === source);
    const small = photographs.find(({ height, width }) => Math.min(height, width) < SMALLEST);
    const missing = source === "own" ? "Your photograph is coming." : "Get the photographs first, or take your own.";
    const problem =
      photographs.length === 0
        ? missing
        : small
          ? smallText(small, SMALLEST)
          : null;
    return { photographs, problem, source };
  };
  const update = (/** @type {State} */ state) => {
    const material = materialOf(state);
    taker.update(state);
    gate.hidden = material.source === "own";
    settings.update(state, material.source);
    press.update(state, material.problem, kept(state));
    write(account, runText(run));
    sheet.update(state, run.now);
    redrawn.update(run.now);
    curve.update(run.now);
    unkept.hidden = run.now.settings === null;
    // Of those that were learned from, whatever has been chosen since.
    const [photograph = null] = run.now.photograph ? [run.now.photograph] : material.photographs;
    const name = (run.now.settings ?? material).source === "own" ? "your photograph" : photograph?.name;
    panes.update({
      photograph,
      name: capital(name ?? "photograph"),
      at: state.filter,
      learned: run.now,
      isOn: run.isOn,
      sigma: Number((run.now.settings ?? state).sigma),
    });
  };
  /** What to know where the menus tell other things than the learning that stands there. @param {State} state */
  const kept = (state) => {
    const { source, photographs } = materialOf(state);
    const { settings: how, photograph } = run.now;
    if (how === null) return "";
    const isOther = photographs.length > 0 && photographs[0] !== photograph;
    const now = { source, target: state.target, sigma: state.sigma };
    return isOther || !same(now, how) ? keptText(run) : "";
  };
  /** The reader's own photograph is unpacked: if it is no good, they hear it at once. */
  const onown = () => {
    const { source, problem } = materialOf(store.state);
    if (source === "own" && problem) join(problem);
  };
  return { element, update, run, kept, onown, reset: () => run.forget() };
}

/** A photograph of the reader's own is what is learned from then, and what is looked at. @returns {any} */
function takerStore(store) {
  const set = (/** @type {State} */ changes) =>
    store.set({ ...changes, source: hasOwn(changes, store.initial) ? "own" : "all", tab: "edges" });
  return {
    set,
    get state() {
      return store.state;
    },
    get initial() {
      return store.initial;
    },
  };
}

function countCurve() {
  const about = { name: `Features that count as edges, of ${FILTERS}`, floor: "0", chance: null, first: 0 };
  const panel = curvePanel({ ...about, lines: ["train"], unit: "step", each: BETWEEN });
  /** @param {import("./run.js").Learned} learned */
  const update = ({ counts, edges }) => {
    const words =
      counts.length < 2
        ? "No learning yet"
        : `Edges, every ${BETWEEN} steps: ${counts.join(", ")}. Now ${edgesText(edges)}`;
    panel.update([counts], { top: FILTERS, topText: String(FILTERS), epochs: STEPS / BETWEEN, words: `${words}.` });
  };
  return { element: panel.element, update };
}
