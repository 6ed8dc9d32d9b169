// Chapter 9's lab: swap rows, columns or pixels of every sample alike, train anew, and see what is lost.

import { lab } from "../kit/card.js";
import { button, choice, make } from "../kit/dom.js";
import { curveView, netsView } from "./curve.js";
import { compared, isSingleRow, kindsOf, mean, pointsOf, resultsOf, unswappedRun } from "./derived.js";
import { guessView, runsTable, samplesView } from "./parts.js";
import { runner } from "./run.js";
import { aboutData, emptySwap, NO_ROWS, summary, whatChanged } from "./words.js";

const MUCH = 0.05; // of a change in the share of right answers
const MORE = 0.08;
const LITTLE = 0.02;
const NOTHING = 0.01;
const ORDERS = 3;

export default lab({
  task: "Swap rows, columns or pixels, in every sample alike, and train: who needs the neighbours?",
  challenges: [
    {
      id: "fall",
      text: "Measure a swap that costs the ConvNet at least 5 points, and changes the voting net by less than 1.",
      praise:
        "It looked for patterns among neighbours, and they are gone. The voting net never asked who stands beside whom.",
      solved: (state, presets) =>
        compared(state, presets).some(({ changes }) => changes.convnet <= -MUCH && Math.abs(changes.voting) < NOTHING),
    },
    {
      id: "nothing",
      text: "Find data on which swapping costs nothing: all pixels in three orders, and each time the ConvNet changes by less than 2 points.",
      praise:
        "As useful after swapping as before: whatever this ConvNet went by, it was no pattern among neighbours.",
      solved: costsNothing,
    },
    {
      id: "thumb",
      text: "A rule of thumb has exceptions. On one kind of data, find a swap that costs the ConvNet less than 1 point, and one that costs at least 8.",
      praise:
        "Swap whole columns or whole rows, and most strokes stay strokes. Swap all pixels, and none does. A likely reason, then: a swap hurts if it tears apart what the answer needs.",
      solved: (state, presets) => {
        const runs = compared(state, presets);
        return runs.some(
          (one) =>
            Math.abs(one.changes.convnet) < NOTHING &&
            runs.some((other) => other.data === one.data && other.changes.convnet <= -MORE),
        );
      },
    },
  ],
  build,
});

function costsNothing(state, presets) {
  const spared = compared(state, presets).filter(({ changes }) => Math.abs(changes.convnet) < LITTLE);
  return Object.entries(presets.kinds).some(([name, kind]) => {
    const swaps = isSingleRow(kind) ? ["columns", "all pixels"] : ["all pixels"]; // in a single row they are the same
    const orders = spared.filter((run) => run.data === name && swaps.includes(run.swap)).map(({ order }) => order);
    return new Set(orders).size >= ORDERS;
  });
}

function build({ stage, store, say, refuse, hush, signal }) {
  const { presets } = store;
  const kinds = kindsOf(presets);
  stage.classList.add("cl-shuffle");
  const options = (names) => names.map((name) => [name, name]);
  const data = choice("Data", options(Object.keys(kinds)), (name) => store.set({ data: name }));
  const swap = choice("Swap", options(presets.swaps), (name) => store.set({ swap: name }));
  const anew = button("Swap anew", () => {
    if (store.state.swap === presets.swaps[0]) return refuse("Choose first what to swap: rows, columns or all pixels.");
    if (emptySwap(store.state, kinds)) return refuse(NO_ROWS);
    store.set({ order: (store.state.order % store.rule("order").max) + 1 });
  });
  const about = make("p", { class: "cl-note" });
  const controls = make("div", { class: "cl-controls" }, [data.element, swap.element, anew]);
  const [top, left, right] = ["cl-shuffle-samples", "cl-side cl-grow", "cl-side cl-grow"].map((name) =>
    make("div", { class: name }),
  );
  const draw = (points) => {
    const { state } = store;
    const results = resultsOf(state, presets);
    const base = state.swap === presets.swaps[0] ? null : unswappedRun(state.data, results, presets.swaps[0]);
    curve(points, kinds[state.data], base && mean(base.convnet));
  };
  const run = runner(store, kinds, {
    say,
    refuse,
    hush,
    signal,
    onpoints: draw,
  });
  const sums = make("p", { class: "cl-shuffle-sums" });
  const table = make("div", { class: "cl-shuffle-runs" });
  const asked = make("div");
  stage.append(
    controls,
    about,
    top,
    asked,
    run.element,
    make("div", { class: "cl-columns" }, [left, right]),
    table,
    sums,
  );
  const samples = samplesView(top, store, kinds, { say, refuse, signal });
  const guess = guessView(asked, store, { refuse, signal });
  const curve = curveView(left, presets.training);
  const nets = netsView(right);
  const runs = runsTable(table, store, presets);
  const update = (state, before) => {
    const hasEnded = run.follow(state, before);
    const kind = kinds[state.data];
    data.show(state.data);
    swap.show(state.swap);
    anew.setAttribute("aria-disabled", String(state.swap === presets.swaps[0] || emptySwap(state, kinds)));
    about.textContent = aboutData(state, kind);
    nets(kind, presets.nets[state.data]);
    samples.update(state, before);
    if (!run.isBusy()) draw(pointsOf(state, presets));
    guess.update(state);
    runs.update(state);
    sums.textContent = summary(state, presets);
    const text = before ? whatChanged(before, state, kinds, presets) : "";
    if (text) say(hasEnded ? `${text} The training has stopped: it was for what stood here before.` : text);
  };
  return { update, reset: run.reset };
}
