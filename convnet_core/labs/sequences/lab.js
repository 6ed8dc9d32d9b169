// Chapter 10's lab: a net that reads word by word, and one with gates that keeps a bracket in mind.

import { lab } from "../kit/card.js";
import { button, make } from "../kit/dom.js";
import { bridges, bridgesSoFar, forgets, forgetsSoFar, inventedSentence } from "./derived.js";
import { gatesHalf } from "./gates.js";
import { textHalf } from "./text.js";
import { whatChanged } from "./words.js";

const HALVES = [
  { mode: "text", name: "A net that reads", half: textHalf },
  { mode: "gates", name: "Gates", half: gatesHalf },
];
export default lab({
  task: "Let a net read one word at a time, and watch its state and what it expects next. Then hold the gates of an LSTM, and see what it forgets.",
  keys: ["In this lab, a press on a number picks it; type to change it."],
  challenges: {
    invented: { solved: (state, presets) => inventedSentence(state, presets) !== null },
    forget: { solved: forgets, progress: forgetsSoFar },
    bridge: { solved: bridges, progress: bridgesSoFar },
  },
  build,
});

function build({ stage, store, say, refuse, hush, signal }) {
  stage.classList.add("cl-seq");
  const tabs = HALVES.map(({ name, mode }) => button(name, () => store.set({ mode }, { undoable: false })));
  stage.append(make("div", { class: "cl-buttons cl-seq-tabs", role: "group", "aria-label": "Which net" }, tabs));
  const halves = HALVES.map(({ mode, half }) => {
    const element = stage.appendChild(make("div", { class: "cl-seq-half" }));
    return { mode, element, ...half(element, store, { refuse, hush, signal }) };
  });
  const update = (state, before) => {
    tabs.forEach((tab, which) => tab.setAttribute("aria-pressed", String(HALVES[which].mode === state.mode)));
    for (const half of halves) {
      const isShown = half.mode === state.mode;
      half.element.hidden = !isShown;
      if (isShown || before === null) half.update(state);
      if (!isShown) half.stop();
    }
    const text = before ? whatChanged(before, state, store.presets) : "";
    if (text) say(text);
  };
  const reset = () => halves.map((half) => half.reset()).some(Boolean);
  return { update, reset };
}
