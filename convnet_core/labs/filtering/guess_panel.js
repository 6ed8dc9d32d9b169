// The guess before the result: the question, the box for an answer, and how many in a row were right.

import { answerBox, button, make } from "../kit/dom.js";
import { readNumber, truncated } from "../mirror/printing.js";
import { current } from "./derived.js";
import { judge } from "./guess.js";
import { resultText } from "./words.js";

/** Right answers in a row, with as many different results, that solve the challenge. */
const STREAK = 3;

/** The guess: hides the result of every new patch until the reader has said what it will be. */
export function guessPanel(store, { say, refuse, solve }) {
  const streak = new Set(); // the results guessed right in a row
  let tried = null; // the last guess, wrong or right, and the question it was for
  const questionOf = (state) => JSON.stringify([current(state).patch, state.feature]);

  const answer = (judged, done = true) => {
    tried = { question: questionOf(store.state), judged, done };
    store.refresh();
    const next = done ? " Move the window for the next one." : " Try again, or have it shown.";
    say(judged.text + (judged.right && streak.size > 1 ? ` ${streak.size} different ones in a row.` : "") + next);
    form.focus(done);
  };
  const onGuess = (text) => {
    const guess = readNumber(text);
    if (guess === null) {
      reset();
      store.refresh();
      return refuse("Type a number or a fraction: 0.4, -1 or 2/7.");
    }
    const judged = judge(guess, current(store.state).patch, store.state.feature);
    if (judged.right) streak.add(truncated(current(store.state).result));
    else streak.clear();
    answer(judged, judged.right);
    if (streak.size >= STREAK) solve("streak");
  };
  const form = guessForm(onGuess, () => answer({ right: false, text: `It is ${resultText(store.state)}.` }));

  /** Draws the panel; true while the result must stay hidden. */
  const update = (state) => {
    const last = tried?.question === questionOf(state) ? tried : null;
    form.element.hidden = !state.guess_first;
    form.show(last?.judged ?? null, last?.done ?? false);
    return state.guess_first && !last?.done;
  };
  /** Forgets the guess; true if there was one. */
  const reset = () => {
    const had = tried !== null;
    tried = null;
    return had;
  };
  return { element: form.element, update, reset };
}

/** The question, the box for a guess, and what became of it. @param {(text: string) => void} onGuess @param {() => void} onGiveUp */
function guessForm(onGuess, onGiveUp) {
  const question = make("p", { text: "What will this match give?" });
  const text = "Your guess: a fraction such as 2/7, or a decimal such as 0.4";
  const { element: form, input } = answerBox(text, onGuess, [button("Show me", onGiveUp)]);
  const verdict = make("p", { class: "cl-verdict", tabindex: "-1" });
  /** @param {{ right: boolean, text: string } | null} judged  null where nothing was tried @param {boolean} done */
  const show = (judged, done) => {
    question.hidden = form.hidden = done;
    verdict.textContent = judged?.text ?? "";
    verdict.classList.toggle("is-right", judged?.right === true);
    verdict.classList.toggle("is-wrong", judged?.right === false);
    if (judged === null) input.value = "";
  };
  const focus = (done) => (done ? verdict.focus() : input.select());
  return { element: make("div", { class: "cl-guess" }, [question, form, verdict]), show, focus };
}
