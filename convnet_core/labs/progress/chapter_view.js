// One chapter on the progress page: a fold with what there is to solve, the reader's own problem, and the code.

import { button, make, write } from "../kit/dom.js";
import { countOf } from "./kept.js";
import { copyFrom } from "./parts.js";
import { COPY, DETER, OPEN, SOLVED, solvedOf } from "./words.js";

/**
 * @typedef {import("./kept.js").Chapter} Chapter @typedef {import("./kept.js").Done} Done
 * @typedef {{ code: string, isSolved: boolean, problem: () => HTMLElement } | null} Mine  null without a class
 */

const SHORT = 90; // characters of a question

/** What can be solved in a chapter, in its order: where it is, and what it says. @param {Chapter} chapter */
export function itemsOf({ page, challenges, exercises, quizzes }) {
  const asked = quizzes.flatMap(({ lab, questions }) => questions.map(({ ask }) => ({ lab, ask })));
  return [
    ...challenges.map(({ lab, text }) => ({ kind: "Challenge", text, href: `${page}.html#${lab}` })),
    ...exercises.map(({ id, title }) => ({ kind: "Exercise", text: title, href: `${page}.html#${id}` })),
    ...asked.map(({ lab, ask }) => ({ kind: "Question", text: ask, href: `${page}.html#${lab}` })),
  ];
}

/** Which of them are solved. @param {Done} done */
export const solvedIn = ({ challenges, exercises, questions }) => [
  ...challenges,
  ...exercises,
  ...questions.map(({ right }) => right),
];

/** @param {Chapter} chapter */
export function chapterView(chapter) {
  const count = make("span", { class: "pg-count" });
  const bar = make("meter", { class: "pg-bar", "aria-hidden": "true", min: 0 });
  const items = itemsOf(chapter).map(itemView);
  const own = make("div", { class: "pg-mine" });
  const title = make("span", { class: "pg-title", text: `${chapter.number}. ${chapter.title}` });
  const element = make("details", { class: "pg-chapter" }, [
    make("summary", {}, [title, bar, count]),
    make("p", {}, [make("a", { href: `${chapter.page}.html`, text: "To the chapter" })]),
    make("ul", { class: "pg-items" }, items.map((item) => item.element)),
    own,
  ]);
  const code = codeView();
  /** @type {Mine} */
  let mine = null;
  let shownFor = "";
  const fill = (/** @type {string} */ whose) => {
    if (mine === null || !element.open || shownFor === whose) return;
    shownFor = whose;
    own.replaceChildren(make("h3", { class: "pg-head", text: "Your own problem" }), mine.problem(), code.element);
  };
  let whoseNow = "";
  element.addEventListener("toggle", () => fill(whoseNow));
  /** @param {Done} done @param {Mine} now @param {string} whose  class word and number */
  const update = (done, now, whose) => {
    const { done: solved, all } = countOf(done);
    write(count, `${solvedOf(solved, all)}${now ? `, own problem ${now.isSolved ? "solved" : OPEN}` : ""}`);
    Object.assign(bar, { max: all, value: solved });
    solvedIn(done).forEach((isSolved, at) => items[at].show(isSolved));
    [mine, whoseNow] = [now, whose];
    if (now === null) own.replaceChildren();
    else code.show(now.code);
    if (now === null) shownFor = "";
    fill(whose);
  };
  return { element, update };
}

/** @param {{ kind: string, text: string, href: string }} item */
function itemView({ kind, text, href }) {
  const badge = make("span", { class: "cl-badge", text: OPEN });
  const short = text.length > SHORT ? `${text.slice(0, SHORT).replace(/\s+\S*$/, "")} …` : text;
  const element = make("li", {}, [badge, ` ${kind}: `, make("a", { href, text: short })]);
  const show = (/** @type {boolean} */ isSolved) => {
    write(badge, isSolved ? SOLVED : OPEN);
    element.classList.toggle("is-solved", isSolved);
  };
  return { element, show };
}

/** A code in a box that can be copied. */
function codeView() {
  const box = make("input", { class: "cl-link pg-code", readonly: true, spellcheck: "false" });
  const said = make("span", { role: "status" });
  const element = make("div", { class: "pg-hand-in" }, [
    make("label", { class: "cl-field pg-wide" }, [make("span", { text: "Your code for this chapter" }), box]),
    make("div", { class: "cl-buttons" }, [button(COPY, () => copyFrom(box, said), { class: "cl-button cl-primary" }), said]),
    make("p", { class: "cl-note", text: DETER }),
  ]);
  const show = (/** @type {string} */ code) => {
    if (box.value === code) return;
    box.value = code;
    said.textContent = "";
  };
  return { element, show };
}
