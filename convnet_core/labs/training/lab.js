// Chapter 8's lab of training: turn the knobs, press Train, and watch a network learn.

import { chapterAddress } from "../kit/address.js";
import { lab } from "../kit/card.js";
import { make, write } from "../kit/dom.js";
import { ifChanged, inTurns } from "../kit/frames.js";
import { curves } from "./curve.js";
import { current, fitsPlayground, playgroundLink, sizesOf, unpacked } from "./derived.js";
import { knobs } from "./knobs.js";
import { features, votes } from "./learned.js";
import { mistakes, ownTest } from "./pictures.js";
import { runView } from "./run.js";
import { Session } from "./session.js";
import { experiments, triedTable } from "./trials.js";
import { doorText, whatChanged } from "./words.js";

export default lab({
  task: "Press Train, and watch features and votes being learned. Then turn the knobs: which network learns best?",
  challenges: {
    small: { progress: (state) => `${sizesOf(state).parameters} numbers to learn.` },
    few: {},
    repair: {},
    explode: {},
  },
  build,
});

function build({ stage, store, hasKernel, say, refuse, hush, solve, signal }) {
  const data = { train: unpacked(store.presets.pictures.train), test: unpacked(store.presets.pictures.test) };
  stage.classList.add("cl-training");
  const session = new Session(store, data, { say, refuse, hush, solve, signal });
  const [left, right, tests, trials] = Array.from({ length: 4 }, () => make("div", { class: "cl-side cl-grow" }));
  const below = make("div", { class: "cl-training-votes" });
  const first = [knobs(stage, store, refuse), runView(session)];
  stage.append(
    first[1].element,
    make("div", { class: "cl-columns" }, [left, right]),
    below,
    make("div", { class: "cl-columns cl-training-lower" }, [tests, trials]),
  );
  const others = [
    curves(left),
    features(right, signal),
    votes(below, store, signal),
    mistakes(right, data),
    playgroundDoor(right, hasKernel),
    ownTest(tests, store, refuse, signal),
    experiments(trials, (job) => session.tryOut(job)),
    triedTable(stage, store),
  ];
  const turns = inTurns([...first, ...others].map((part) => part.update));
  const update = (state, before) => {
    session.follow(state, before);
    const now = current(state, data);
    if (session.isReporting) turns.later(state, now);
    else turns.atOnce(state, now);
    const text = before ? whatChanged(before, state) : "";
    if (text) say(text);
  };
  return { update, reset: () => session.reset() };
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
  const draw = (state, now) => {
    const isOpen = !hasKernel && fitsPlayground(state);
    link.hidden = !isOpen;
    if (isOpen) link.setAttribute("href", chapterAddress(playgroundLink(now)));
    write(note, doorText(hasKernel, isOpen));
  };
  return { update: ifChanged((state, now) => [now], draw) };
}
