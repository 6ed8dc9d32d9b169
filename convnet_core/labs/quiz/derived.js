// What follows from the quiz's state: what has become of each question, and the count of first tries.

import { remembered } from "../kit/state.js";
import { readNumber, truncated } from "../mirror/printing.js";

const LEEWAY = 1e-9; // floats of one number differ by less

/**
 * @typedef {{ kind: "choice", ask: string, answers: { text: string, reply: string }[], right: number }} Choice
 * @typedef {{ kind: "number", ask: string, right: string, reply: string, slips: Record<string, string>,
 *             otherwise: string }} Sum
 * @typedef {{ first: number, answer: number, isRight: boolean, isRightAtFirst: boolean, reply: string }} Verdict
 */

/** The kind of question that a part of them leaves out. */
const WITHOUT = { pencil: "choice", quick: "number" };

/** The questions of the chapter's part, what has become of each (null where it is open), and how many are right. */
export const current = remembered((state, presets) => {
  /** @type {(Choice | Sum)[]} */
  const questions = presets.questions[state.chapter].filter(({ kind }) => kind !== WITHOUT[state.part]);
  const verdicts = questions.map((question, place) => verdict(question, state.answers[place] ?? []));
  const count = (/** @type {(verdict: Verdict) => boolean} */ is) => verdicts.filter((it) => it && is(it)).length;
  return {
    questions,
    verdicts,
    answered: count(() => true),
    right: count(({ isRight }) => isRight),
    rightAtFirst: count(({ isRightAtFirst }) => isRightAtFirst),
  };
});

/**
 * An answer that the question does not have, as a link may bring one from an earlier edition, is none.
 * @param {Choice | Sum} question @param {number[]} tries @returns {Verdict | null}
 */
function verdict(question, tries) {
  const known = tries.filter((number) => question.kind === "number" || number in question.answers);
  if (known.length === 0) return null;
  const [first, answer] = [known[0], known.at(-1)];
  return { first, answer, isRightAtFirst: judge(question, first).isRight, ...judge(question, answer) };
}

/**
 * Whether an answer is right, and the sentence that meets it; of a choice it is the answer's place, from 0.
 * @param {Choice | Sum} question @param {number} answer
 */
export function judge(question, answer) {
  if (question.kind === "choice") return { isRight: answer === question.right, reply: question.answers[answer].reply };
  if (accepts(question.right, answer)) return { isRight: true, reply: question.reply };
  const slip = Object.keys(question.slips).find((text) => accepts(text, answer));
  return { isRight: false, reply: slip === undefined ? question.otherwise : question.slips[slip] };
}

/**
 * Whether `answer` is the number that a question writes as `text`. A whole number is meant exactly, another to half of
 * its last digit; a fraction, and what has two decimals, may be cut after them too, as the slides print numbers.
 * @param {string} text @param {number} answer
 */
export function accepts(text, answer) {
  const wanted = readNumber(text);
  const decimals = text.includes("/") ? 2 : (text.split(".")[1] ?? "").length;
  const leeway = decimals === 0 ? LEEWAY : 0.5 / 10 ** decimals + LEEWAY;
  return Math.abs(answer - wanted) <= leeway || (decimals === 2 && truncated(answer) === truncated(wanted));
}
