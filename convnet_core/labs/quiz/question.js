// One question: answers to choose from, or a box for a number; and beneath it, what is said of the latest answer.

import { keyStep } from "../kit/arrows.js";
import { answerBox, make } from "../kit/dom.js";
import { numberProblem, readNumber } from "../mirror/printing.js";
import { badgeText, shortly } from "./words.js";

/**
 * @typedef {import("./derived.js").Choice} Choice @typedef {import("./derived.js").Sum} Sum
 * @typedef {import("./derived.js").Verdict} Verdict
 *
 * @param {Choice | Sum} question @param {number} number  its own, from 1
 * @param {{ answer: (answer: number) => void, refuse: (reason: string) => void }} reader  what the reader does
 */
export function questionView(question, number, { answer, refuse }) {
  const form = question.kind === "choice" ? choices(question.answers, answer) : sum(answer, refuse);
  const reply = make("p", { class: "cl-quiz-reply cl-quiz-live", "aria-atomic": "true" });
  const ask = make("legend", { text: `${number}. ${question.ask}` });
  const element = make("fieldset", { class: "cl-quiz-question", "data-step": "part" }, [ask, form.element, reply]);
  let said = "";
  const update = (/** @type {Verdict | null} */ verdict) => {
    form.show(verdict?.answer ?? null);
    const [badge, text] = verdict ? [badgeText(question, verdict), verdict.reply] : ["", ""];
    if (said === badge + text) return;
    said = badge + text;
    reply.replaceChildren(...(verdict ? [make("span", { class: "cl-badge", text: badge }), ` ${text}`] : []));
    reply.classList.toggle("is-right", verdict?.isRight === true);
    reply.classList.toggle("is-wrong", verdict?.isRight === false);
  };
  return { element, update };
}

let groups = 0;

/** @param {{ text: string }[]} answers @param {(answer: number) => void} answer */
function choices(answers, answer) {
  groups += 1;
  const inputs = answers.map((_, place) =>
    make("input", { type: "radio", name: `cl-quiz-${groups}`, onchange: () => answer(place) }),
  );
  const labels = answers.map(({ text }, place) =>
    make("label", { class: "cl-check" }, [inputs[place], make("span", { text })]),
  );
  const element = make("div", { class: "cl-quiz-answers", onkeydown: (event) => onKey(event, inputs) }, labels);
  const show = (/** @type {number | null} */ given) =>
    inputs.forEach((input, place) => (input.checked = place === given));
  return { element, show };
}

/**
 * Arrow keys go from answer to answer and give none, as by themselves they would: a first try is one that is meant.
 * @param {KeyboardEvent} event @param {HTMLInputElement[]} inputs
 */
function onKey(event, inputs) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const at = inputs.findIndex((input) => input === event.target);
  const step = keyStep(event);
  if (step !== null) inputs.at(placeOf(at + step[0] + step[1], inputs.length)).focus();
  else if (event.key === "Enter") inputs[at].click();
  else return;
  event.preventDefault();
}

/** Round and round by arrows; Home and End, which lead infinitely far, to the first and the last. */
function placeOf(wanted, count) {
  if (Number.isFinite(wanted)) return wanted % count;
  return wanted < 0 ? 0 : -1;
}

/** @param {(answer: number) => void} answer @param {(reason: string) => void} refuse */
function sum(answer, refuse) {
  const box = answerBox("A number, such as -0.5 or 5/9", (text) => {
    const number = readNumber(text);
    if (number === null) refuse(`${numberProblem(text)}.`);
    else answer(number);
  });
  /** @type {number | null} */
  let shown = null;
  /** What is typed stays as it is typed, until another answer is given. @param {number | null} given */
  const show = (given) => {
    if (given !== shown && given !== readNumber(box.input.value)) box.input.value = given === null ? "" : shortly(given);
    shown = given;
  };
  return { element: box.element, show };
}
