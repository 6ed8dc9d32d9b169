// Chapter 8's lab of training: turn the knobs, press Train, and watch a network learn.

import { lab } from "../kit/card.js";
import { checkbox, choice, make, numberBox } from "../kit/dom.js";
import { curves } from "./curve.js";
import { afresh, current, fitsPlayground, NAMES, playgroundLink, sizesOf, STARTING, unpacked } from "./derived.js";
import { experiments, heading, learned, mistakes, ownTest, triedTable } from "./parts.js";
import { runner } from "./run.js";
import { whatChanged } from "./words.js";

export default lab({
  task: "Press Train, and watch features and votes being learned. Then turn the knobs: which network learns best?",
  challenges: [
    {
      id: "small",
      text: "Small is enough. With at most 60 numbers to learn, get at least 98 of the 100 test pictures right.",
      praise: "Fewer than half of the 128 numbers, and it knows these letters about as well. More is not always better.",
    },
    {
      id: "few",
      text: "Learnt by heart. Give it so few training pictures that it gets all of those right, and fewer than 85 of the test pictures.",
      praise: "It knows its pictures, and not the letters: overfitting. Shifted and noisy copies can help.",
    },
    {
      id: "repair",
      text: "Repair. Put the O's that fooled chapter 7's net into your own test, and train until it calls every picture there by its name.",
      praise: "Nobody told it which pixels matter. It may well have weak spots elsewhere: draw some.",
    },
    {
      id: "explode",
      text: "Too much of a good thing. Find a learning rate so large that the loss explodes, and find the way back: train on to at least 90 of 100.",
      praise: "A step downhill is only downhill for a bit. Too long a step is worse than none.",
    },
  ],
  build,
});

function build({ stage, store, hasKernel, say, refuse, hush, solve, signal }) {
  const data = { train: unpacked(store.presets.pictures.train), test: unpacked(store.presets.pictures.test) };
  stage.classList.add("cl-training");
  const knobs = knobsOf(stage, store, refuse);
  const run = runner(store, data, { say, refuse, hush, solve, signal });
  const [left, right, tests, trials] = Array.from({ length: 4 }, () => make("div", { class: "cl-side cl-grow" }));
  const votes = make("div", { class: "cl-training-votes" });
  stage.append(
    run.element,
    make("div", { class: "cl-columns" }, [left, right]),
    votes,
    make("div", { class: "cl-columns cl-training-lower" }, [tests, trials]),
  );
  const parts = [
    knobs,
    run,
    curves(left),
    learned(right, votes, store, signal),
    mistakes(right, data),
    playgroundDoor(right, hasKernel),
    ownTest(tests, store, refuse, signal),
    experiments(trials, run.try),
    triedTable(stage),
  ];
  const update = (state, before) => {
    run.follow(state, before);
    const now = current(state, data);
    for (const part of parts) part.update(state, now);
    const text = before ? whatChanged(before, state) : "";
    if (text) say(text);
  };
  return { update, reset: run.reset };
}

/** Every setting: those of the network, and those of the training. */
function knobsOf(parent, store, refuse) {
  const set = (name, value, group) => {
    const reason = store.refusal({ [name]: value });
    if (reason !== null) return reason.replace(name, NAMES[name]);
    if (value === store.state[name]) return null;
    const fresh = STARTING.includes(name) ? afresh(store.state) : {};
    return store.set({ ...fresh, [name]: value }, { group });
  };
  const choiceOf = (name) => {
    const { min, max } = store.rule(name);
    const options = Array.from({ length: max - min + 1 }, (_, at) => [String(min + at), wordFor(name, min + at)]);
    return choice(NAMES[name], options, (value) => set(name, Number(value), null));
  };
  const boxOf = (name) => numberBox(NAMES[name], (value) => set(name, value, `${name} box`), refuse);
  const flagOf = (name) => checkbox(NAMES[name], (value) => set(name, value, null));
  const rows = [
    ["The network", { filters: choiceOf, size: choiceOf, window: choiceOf, stride: choiceOf, neurons: choiceOf }],
    [
      "The training",
      { rate: boxOf, momentum: boxOf, batch: boxOf, pictures: boxOf, noise: boxOf, seed: boxOf, shifts: flagOf },
    ],
  ];
  const all = [];
  const size = make("p", { class: "cl-note" });
  for (const [label, makers] of rows) {
    const made = Object.entries(makers).map(([name, maker]) => [name, maker(name)]);
    all.push(...made);
    const row = make(
      "div",
      { class: "cl-controls", role: "group", "aria-label": label },
      made.map(([, { element }]) => element),
    );
    parent.append(heading(label), row);
  }
  parent.querySelector(".cl-controls").after(size);
  const update = (state) => {
    for (const [name, box] of all) box.show(state[name]);
    const { map, side, values, parameters } = sizesOf(state);
    const hidden = state.neurons > 0 ? `, ${state.neurons} neurons` : "";
    size.textContent = `Picture 9×9, ${state.filters} ${state.filters === 1 ? "map" : "maps"} of ${map}×${map}, pooled to ${side}×${side}: ${values} values${hidden}, 2 votes. ${parameters.toLocaleString("en")} numbers to learn.`;
  };
  return { update };
}

function wordFor(name, value) {
  if (name === "neurons" && value === 0) return "none";
  return name === "size" || name === "window" ? `${value}×${value}` : String(value);
}

/** The way into chapter 0's lab, with the reader's own network. */
function playgroundDoor(parent, hasKernel) {
  const link = make("a", {
    class: "cl-training-door",
    href: "#",
    text: "Load these weights into the playground of chapter 0",
  });
  const note = make("p", { class: "cl-note" });
  parent.append(link, note);
  const update = (state, now) => {
    const isOpen = !hasKernel && fitsPlayground(state);
    link.hidden = !isOpen;
    if (isOpen) link.href = playgroundLink(now);
    note.textContent = hasKernel
      ? "PlaygroundLab(**lab.playground) makes chapter 0's lab of this network."
      : isOpen
        ? "There, the toy network is then your own. It divides each match by 9, so the numbers are scaled; the answers stay."
        : "The playground of chapter 0 takes 3 features of 3×3, pooling window and stride 2, and no neurons between.";
  };
  return { update };
}
