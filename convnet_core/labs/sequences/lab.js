// Chapter 10's lab: a net that reads word by word, and one with gates that keeps a bracket in mind.

import { lab } from "../kit/card.js";
import { button, make } from "../kit/dom.js";
import { accuracy, FARTHEST, heldCount, inventedSentence } from "./derived.js";
import { gatesHalf } from "./gates.js";
import { textHalf } from "./text.js";
import { whatChanged } from "./words.js";

const HALVES = [
  { mode: "text", name: "A net that reads", half: textHalf },
  { mode: "gates", name: "Gates", half: gatesHalf },
];
const CHANCE = 0.6; // right by guessing: half of the 64, or some more

export default lab({
  task: "Let a net read one word at a time, and watch its state and what it expects next. Then hold the gates of an LSTM, and see what it forgets.",
  keys: ["In this lab, a press on a number picks it; type to change it."],
  challenges: [
    {
      id: "invented",
      text: "By its most probable words, make the net say a sentence that is not in the text: all of it up to the full stop, except perhaps its first word. What it draws does not count.",
      praise:
        "Word by word, it only asks what comes next, given its state. What the state does not carry, the net cannot know.",
      solved: (state, presets) => inventedSentence(state, presets) !== null,
    },
    {
      id: "forget",
      text: "Hold a single dial, one gate of one cell, so that the LSTM still closes every bracket over one letter, and does no better than chance over five.",
      praise: "The bracket was in that cell. With its forget gate shut, the cell is emptied at every step.",
      solved: (state, presets) => {
        if (heldCount(state) !== 1) return false;
        const right = accuracy(state, presets);
        return right[0] === 1 && right[4] <= CHANCE;
      },
    },
    {
      id: "bridge",
      text: `Leave the LSTM nothing to decide: hold all its gates, half of them shut, so that it closes every bracket over ${FARTHEST} letters.`,
      praise:
        "One cell with its gates wide open keeps all that it is given. What it shows goes round the loop, so each letter pushes it further to the side of its bracket. Gates earn their keep where something must be forgotten.",
      solved: (state, presets) => {
        const all = state.held.flat();
        const isHalf = all.filter((value) => value === 0).length === all.length / 2;
        return isHalf && all.every((value) => value >= 0) && accuracy(state, presets).at(-1) === 1;
      },
    },
  ],
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
