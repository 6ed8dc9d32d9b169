// Chapter 9's lab: swap rows, columns or pixels of every sample alike, train anew, and see what is lost.

import { lab } from "../kit/card.js";
import { button, choice, make, setReady, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { curveView, netsView } from "./curve.js";
import { hasException, isSpared, kindsOf, mean, pointsOf, resultsOf, sparedSoFar, unswappedRun } from "./derived.js";
import { guessView, runsTable } from "./results.js";
import { runBar } from "./run.js";
import { samplesView } from "./samples.js";
import { Session } from "./session.js";
import { aboutData, emptySwap, NO_ROWS, summary, whatChanged } from "./words.js";

export default lab({
  // Until version 2, one guess stood for all kinds of data.
  migrate: (state) => (state.guess?.length === 1 ? { ...state, guess: Array(3).fill(state.guess[0]) } : state),
  task: "Swap rows, columns or pixels, in every sample alike, and train: who needs the neighbours?",
  challenges: {
    fall: {},
    nothing: { solved: isSpared, progress: sparedSoFar },
    thumb: { solved: hasException },
  },
  build,
});

function build({ stage, store, say, refuse, hush, solve, signal }) {
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
  const { session, showKept } = trainingOf({ ran, left }, store, kinds, { say, refuse, hush, solve, signal });
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
    write(sums, summary(state, presets));
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
    write(about, aboutData(state, kinds[state.data]));
  };
}

/** The training with its button and its curve; `showKept` shows the curve of a training that has ended. */
function trainingOf({ ran, left }, store, kinds, tell) {
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
  const session = new Session(store, kinds, { ...tell, onpoints, onstate: bar.showBusy });
  const showKept = (state) => {
    bar.update(state);
    if (!session.isBusy) draw(pointsOf(state, presets));
  };
  return { session, showKept };
}
