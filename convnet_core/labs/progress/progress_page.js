// The progress page: how far the reader is, their class, chapter by chapter what is solved, and all of it as a file.

import { make, write } from "../kit/dom.js";
import { encode, tagOf } from "./codes.js";
import { chapterView, itemsOf, solvedIn } from "./chapter_view.js";
import { joining } from "./joining.js";
import { answeredOf, answeredOwn, doneOf, hasRoom, keepOwn, markNames, marksOf, ownOf, rootOf, shelfOf, withTry } from "./kept.js";
import { keeping } from "./keeping.js";
import { ownProblem } from "./own.js";
import { fillPart } from "./parts.js";
import { problemFor, PROBLEMS } from "./problems.js";
import { FORBIDDEN, FROM_DISK, FULL, ownSolved, solvedOf } from "./words.js";

/** @typedef {import("./kept.js").Chapter} Chapter @typedef {import("./kept.js").Done} Done @typedef {import("./chapter_view.js").Mine} Mine */

/** @param {Record<string, any>} _ @param {Chapter[]} chapters */
export function openProgress(_, chapters = /** @type {any} */ (window).convnetChapters) {
  const [shelf, root] = [shelfOf(), rootOf()];
  let own = ownOf(shelf, root);
  const note = make("p", { class: "pg-refused", role: "status" });
  const sum = summary();
  const views = chapters.map(chapterView);
  const whose = () => `${own.word} ${own.number}`;
  const keep = () => {
    if (!keepOwn(shelf, root, own)) note.textContent = shelf ? FULL : FORBIDDEN;
  };
  const answer = (/** @type {string} */ chapter, /** @type {number} */ given) => {
    const mine = own.answers[whose()] ?? {};
    const tries = withTry(mine[chapter] ?? [], given);
    own = { ...own, answers: { ...own.answers, [whose()]: { ...mine, [chapter]: tries } } };
    keep();
    update();
  };
  const doneAll = () => chapters.map((chapter) => (shelf ? doneOf(shelf, root, chapter) : nothingOf(chapter)));
  const count = () => doneAll().flatMap(solvedIn).filter(Boolean).length;
  const mineOf = (/** @type {Chapter} */ chapter, /** @type {Done} */ done) => {
    if (!own.word || !own.number) return null;
    return handIn(chapter, done, own, (given) => answer(chapter.name, given));
  };
  const update = () => {
    const all = doneAll();
    const mine = chapters.map((chapter, at) => mineOf(chapter, all[at]));
    sum.show(chapters, all, mine);
    views.forEach((view, at) => view.update(all[at], mine[at], whose()));
  };
  const form = joining(own, (word, number) => {
    own = { ...own, word, number };
    keep();
    update();
  });
  const reread = () => {
    own = ownOf(shelf, root);
    form.set(own);
    update();
  };
  fillPart("count", [note, sum.element]);
  fillPart("class", [form.element]);
  fillPart("chapters", views.map(({ element }) => element));
  if (shelf) fillPart("keeping", [keeping(shelf, root, { isRight: judgeOf(chapters), count, onchange: reread }).element]);
  update();
  if (!shelf) note.textContent = FORBIDDEN;
  if (shelf && !hasRoom(shelf)) note.textContent = FULL; // told at once
  form.follow(location.href);
  addEventListener("hashchange", () => form.follow(location.href));
  addEventListener("storage", reread); // another page of the book
  addEventListener("pageshow", ({ persisted }) => persisted && reread()); // back from one
}

/** The count of all, and what comes next. */
function summary() {
  const count = make("p", { class: "pg-sum" });
  const bar = make("meter", { class: "pg-bar", "aria-hidden": "true", min: 0 });
  const own = make("p", { hidden: true });
  const next = make("p");
  const disk = make("p", { class: "cl-note", text: FROM_DISK, hidden: true });
  const element = make("div", { class: "pg-summary" }, [count, bar, own, next, disk]);
  const show = (/** @type {Chapter[]} */ chapters, /** @type {Done[]} */ all, /** @type {(Mine | null)[]} */ mine) => {
    const solved = all.map(solvedIn);
    const [done, whole] = [solved.flat().filter(Boolean).length, solved.flat().length];
    write(count, `${solvedOf(done, whole)} in the whole book.`);
    Object.assign(bar, { max: whole, value: done });
    const given = mine.filter((_, at) => chapters[at].own).filter(Boolean);
    write(own, ownSolved(given.filter(({ isSolved }) => isSolved).length, given.length));
    own.hidden = given.length === 0;
    disk.hidden = location.protocol !== "file:" || done > 0;
    next.replaceChildren(...nextUp(chapters, solved));
  };
  return { element, show };
}

/** The first open one of the latest chapter in which something is solved, or of those behind it. */
function nextUp(/** @type {Chapter[]} */ chapters, /** @type {boolean[][]} */ solved) {
  const latest = solved.reduce((last, some, at) => (some.includes(true) ? at : last), 0);
  const behind = chapters.findIndex((_, at) => at >= latest && solved[at].includes(false));
  const at = behind >= 0 ? behind : solved.findIndex((some) => some.includes(false));
  if (at < 0) return ["All of it is solved. Well done!"];
  const { kind, text, href } = itemsOf(chapters[at])[solved[at].indexOf(false)];
  return [`Next, in chapter ${chapters[at].number}: ${kind.toLowerCase()} `, make("a", { href, text }), ""];
}

/** What a student has for a chapter: the code, and the own problem. */
function handIn(chapter, done, { word, number, answers }, onanswer) {
  const { slips = [] } = PROBLEMS[chapter.name] ?? {};
  const tries = answers[`${word} ${number}`]?.[chapter.name] ?? [];
  const made = chapter.own ? problemFor(chapter.name, word, number) : null;
  const mine = made && { slips, answered: answeredOwn(made, tries) };
  const tag = tagOf(markNames(chapter, slips));
  const code = encode({ chapter: chapter.number, number, tag, marks: marksOf(chapter, done, mine) }, word);
  const problem = () => (made ? ownProblem(chapter.name, made, chapter.number, tries, onanswer) : make("p", { text: "This chapter has none." }));
  return { code, isSolved: mine?.answered.right ?? false, problem };
}

/** @param {Chapter} chapter @returns {Done} */
function nothingOf({ challenges, exercises, quizzes }) {
  const none = (list) => list.map(() => false);
  const questions = quizzes.flatMap((quiz) => quiz.questions.map((question) => answeredOf(question, [])));
  return { challenges: none(challenges), exercises: none(exercises), questions };
}

/** @param {Chapter[]} chapters @returns {import("./merge.js").Judge} */
function judgeOf(chapters) {
  return (page, lab, at, answer) => {
    const quiz = chapters.find((chapter) => chapter.page === page)?.quizzes.find((one) => one.lab === lab);
    return quiz?.questions[at] !== undefined && answeredOf(quiz.questions[at], [answer]).right;
  };
}
