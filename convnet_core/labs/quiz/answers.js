// What a reader has answered: for each question nothing, one number, or the first and the latest. rules.py refuses the
// same values with the same words.

import { addRule } from "../kit/rules.js";
import { replaced } from "../kit/state.js";

addRule("answers", answersRefusal);

function answersRefusal(name, { questions, min, max }, value) {
  const isNumber = (number) => typeof number === "number" && number >= min && number <= max;
  const isWelcome = (tries) => Array.isArray(tries) && tries.length <= 2 && tries.every(isNumber);
  if (Array.isArray(value) && value.length <= questions && value.every(isWelcome)) return null;
  return `${name} must be at most ${questions} lists, one for each question, each of at most 2 numbers from ${min} to ${max}`;
}

/**
 * A copy of the answers with another one to the question in `place`; the first try stays what it was.
 * @param {number[][]} answers @param {number} place @param {number} answer @param {number} [first]
 */
export function answered(answers, place, answer, first = answer) {
  const whole = [...answers, ...Array.from({ length: Math.max(0, place + 1 - answers.length) }, () => [])];
  return replaced(whole, place, first === answer ? [answer] : [first, answer]);
}
