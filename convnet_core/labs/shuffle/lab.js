// Chapter 9's lab: swap rows, columns or pixels of every sample alike, train anew, and see what is lost.

import { lab } from "../kit/card.js";
import { button, choice, make, setReady } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { curveView, netsView } from "./curve.js";
import { compared, isSingleRow, kindsOf, mean, pointsOf, resultsOf, unswappedRun } from "./derived.js";
import { guessView, runsTable } from "./results.js";
import { runBar } from "./run.js";
import { samplesView } from "./samples.js";
import { Session } from "./session.js";
import { aboutData, emptySwap, NO_ROWS, summary, whatChanged } from "./words.js";

const MUCH = 0.05; // of a change in the share of right answers
const MORE = 0.08;
const LITTLE = 0.02;
const NOTHING = 0.01;
const ORDERS = 3;

export default lab({
  // Until version 2, one guess stood for all kinds of data.
  migrate: (state) => (state.guess?.length === 1 ? { ...state, guess: Array(3).fill(state.guess[0]) } : state),
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
  const top = make("div", { class: "cl-shuffle-samples" });
  const [asked, ran, table] = ["", "", "cl-shuffle-runs"].map((name) => make("div", { class: name }));
  const [left, right] = [0, 1].map(() => make("div", { class: "cl-side cl-grow" }));
  const sums = make("p", { class: "cl-shuffle-sums" });
  const choices = choicesOf(stage, store, kinds, refuse);
  stage.append(top, asked, ran, make("div", { class: "cl-columns" }, [left, right]), table, sums);
  const samples = samplesView(top, store, kinds, { say, refuse, signal });
  const guess = guessView(asked, store, { refuse, signal });
  const { session, showKept } = trainingOf({ ran, left }, store, kinds, { say, refuse, hush, signal });
  const nets = netsView(right);
  const runs = runsTable(table, store);
  const update = (state, before) => {
    const hasEnded = session.follow(state, before);
    choices(state);
    nets(kinds[state.data], presets.nets[state.data]);
    samples.update(state, before);
    showKept(state);
    guess.update(state);
    runs.update(state);
    sums.textContent = summary(state, presets);
    const text = before ? whatChanged(before, state, kinds, presets) : "";
    if (text) say(hasEnded ? `${text} The training has stopped: it was for what stood here before.` : text);
  };
  return { update, reset: () => session.reset() };
}

/** Which data, what is swapped, and in which order. */
function choicesOf(parent, store, kinds, refuse) {
  const { swaps } = store.presets;
  const options = (names) => names.map((name) => [name, name]);
  const data = choice("Data", options(Object.keys(kinds)), (name) => store.set({ data: name }));
  const swap = choice("Swap", options(swaps), (name) => store.set({ swap: name }));
  const unready = (state) => {
    if (state.swap === swaps[0]) return "Choose first what to swap: rows, columns or all pixels.";
    return emptySwap(state, kinds) ? NO_ROWS : null;
  };
  const anew = button("Swap anew", () => {
    const reason = unready(store.state);
    if (reason !== null) return refuse(reason);
    store.set({ order: (store.state.order % store.rule("order").max) + 1 });
  });
  sets({ data, swap, order: anew });
  const about = make("p", { class: "cl-note" });
  parent.append(make("div", { class: "cl-controls" }, [data.element, swap.element, anew]), about);
  return (state) => {
    data.show(state.data);
    swap.show(state.swap);
    setReady(anew, unready(state));
    about.textContent = aboutData(state, kinds[state.data]);
  };
}

/** The training with its button and its curve; `showKept` shows the curve of a training that has ended. */
function trainingOf({ ran, left }, store, kinds, { say, refuse, hush, signal }) {
  const { presets } = store;
  const [unswapped] = presets.swaps;
  const curve = curveView(left, presets.training);
  const bar = runBar(presets, kinds, () => session.press());
  ran.append(bar.element);
  const draw = (points) => {
    const { state } = store;
    const base = state.swap === unswapped ? null : unswappedRun(state.data, resultsOf(state, presets), unswapped);
    curve(points, kinds[state.data], base && mean(base.convnet));
  };
  const onpoints = (points) => {
    bar.showPoints(points, store.state);
    draw(points);
  };
  const session = new Session(store, kinds, { say, refuse, hush, onpoints, onstate: bar.showBusy, signal });
  const showKept = (state) => {
    bar.update(state);
    if (!session.isBusy) draw(pointsOf(state, presets));
  };
  return { session, showKept };
}
