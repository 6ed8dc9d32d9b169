// The reader's own problem of a chapter: its pictures, the question, and what is said of an answer.

import { make } from "../kit/dom.js";
import { plain } from "../mirror/printing.js";
import { questionView } from "../quiz/question.js";
import { judge } from "../quiz/derived.js";
import { PROBLEM_WORDS } from "./problem_words.js";

/** @typedef {import("./story.js").Made} Made @typedef {import("./story.js").Picture} Picture */

const LARGEST = 1e6;
const BOXES = ["", "A", "B", "AB"];

/** The problem as the quiz has its questions. @param {string} chapter @param {Made} made */
export function asQuestion(chapter, { facts, right, slips }) {
  const words = PROBLEM_WORDS[chapter];
  return {
    kind: /** @type {const} */ ("number"),
    ask: words.ask(facts),
    right,
    reply: words.reply(facts),
    slips: Object.fromEntries(slips.map(([id, answer]) => [answer, words.slips[id].reply])),
    otherwise: words.otherwise,
  };
}

/**
 * @param {string} chapter @param {Made} made @param {number} number  its own, from 1
 * @param {number[]} tries  so far @param {(answer: number) => void} onanswer
 */
export function ownProblem(chapter, made, number, tries, onanswer) {
  const question = asQuestion(chapter, made);
  const refused = make("p", { class: "pg-refused", role: "status" });
  const answer = (/** @type {number} */ given) => {
    if (Math.abs(given) > LARGEST) return refuse(`Type a number from -${LARGEST} to ${LARGEST}.`);
    refuse("");
    onanswer(given);
    show([given]);
  };
  const refuse = (/** @type {string} */ reason) => {
    refused.textContent = reason;
  };
  const view = questionView(question, number, { answer, refuse });
  view.element.querySelector("legend").textContent = question.ask;
  const show = (/** @type {number[]} */ all) =>
    view.update(all.length === 0 ? null : { first: all[0], answer: all.at(-1), isRightAtFirst: false, ...judge(question, all.at(-1)) });
  show(tries);
  view.element.querySelector(".cl-quiz-reply").setAttribute("aria-live", "polite"); // what a reload brings is not read out
  const pictures = make("div", { class: "pg-pictures" }, made.pictures.map(pictureTable));
  return make("div", { class: "pg-own" }, [pictures, view.element, refused]);
}

/** A picture as a table: each number is there to be read, and to be seen. @param {Picture} picture */
export function pictureTable({ name, values, kind }) {
  const isBoxes = name === "boxes";
  const cell = (/** @type {number} */ value) => {
    if (isBoxes) return make("td", { class: `pg-box-${value}`, text: BOXES[value] });
    if (kind === "ink") return make("td", { class: value > 0 ? "pg-ink" : "pg-paper", text: plain(value) });
    return make("td", { class: value > 0 ? "pg-plus" : value < 0 ? "pg-minus" : "", text: plain(value) });
  };
  return make("table", { class: "pg-picture" }, [
    make("caption", { text: name }),
    make("tbody", {}, values.map((row) => make("tr", {}, row.map(cell)))),
  ]);
}
