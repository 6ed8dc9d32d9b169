// What this browser has kept of a reader: read where the labs, the exercises and the quizzes keep it themselves, so that
// there is no second book to go wrong. Only class word, student number and own answers are kept here.

import { accepts } from "../quiz/derived.js";
import { readStudent, readWord } from "./codes.js";

/**
 * @typedef {object} Chapter  what there is to solve, from outline.py; `bare` has no more than what is not optional
 * @property {string} page  its file, "02_filtering"
 * @property {string} [name]  "filtering"
 * @property {number} [number]
 * @property {string} [title]
 * @property {{ lab: string, id: string, text?: string }[]} challenges
 * @property {{ id: string, title?: string }[]} exercises
 * @property {{ lab: string, questions: any[] }[]} quizzes
 * @property {boolean} [own]  whether it has an own problem
 *
 * @typedef {{ right: boolean, first: boolean, slips: string[] }} Answered
 *   whether the first or the latest try was right; the first; which wrong answers were met
 * @typedef {{ challenges: boolean[], exercises: boolean[], questions: Answered[] }} Done
 *
 * @typedef {{ getItem: (key: string) => string | null, setItem: (key: string, text: string) => void,
 *   removeItem: (key: string) => void, keys: () => string[] }} Shelf  the browser's storage, or what stands in for it
 */

const LONGEST = 40; // own answers of one problem that are read; half as many are kept of one browser
const PROBE = "convnet-probe"; // a key that holds nothing
const NONE = { right: false, first: false, slips: [] };

/** The browser's storage; null where it is forbidden. @returns {Shelf | null} */
export function shelfOf(page = window) {
  try {
    const storage = page.localStorage;
    storage.getItem("");
    return {
      getItem: (key) => storage.getItem(key),
      setItem: (key, text) => storage.setItem(key, text),
      removeItem: (key) => storage.removeItem(key),
      keys: () => Object.keys(storage),
    };
  } catch {
    return null;
  }
}

/** The path of the book's root, "/some/where/": what stands before book/02_filtering.html in the labs' keys. */
export function rootOf(page = document) {
  return new URL(page.documentElement.dataset.content_root ?? "./", page.location.href).pathname;
}

/**
 * Some hosts show pages without their ".html": what was kept there counts as well. First comes what this page's own
 * address is like. @param {string} root @param {string} page
 */
export function pathsOf(root, page) {
  const paths = [`${root}book/${page}.html`, `${root}book/${page}`];
  return /\/book\/\w+$/.test(location.pathname) ? paths.reverse() : paths;
}

/** @param {Shelf} shelf @param {string} key @returns {any} an object; empty where there is none, or a damaged one */
export function readObject(shelf, key) {
  try {
    const value = JSON.parse(shelf.getItem(key) ?? "null");
    return value !== null && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/** What of a chapter is done. @param {Shelf} shelf @param {string} root @param {Chapter} chapter @returns {Done} */
export function doneOf(shelf, root, { page, challenges, exercises, quizzes }) {
  const paths = pathsOf(root, page);
  const lab = (id) => paths.map((path) => readObject(shelf, `convnet-lab ${path} ${id}`));
  const cells = paths.map((path) => readObject(shelf, `code ${path}`).cells ?? {});
  const solved = (kept, id) => Array.isArray(kept.solved) && kept.solved.includes(id);
  return {
    challenges: challenges.map(({ lab: place, id }) => lab(place).some((kept) => solved(kept, id))),
    exercises: exercises.map(({ id }) => cells.some((kept) => typeof kept[id]?.solved === "string")),
    questions: quizzes.flatMap(({ lab: place, questions }) => {
      const [tries] = lab(place).map((kept) => kept.state?.answers).filter(Array.isArray);
      return questions.map((question, at) => answeredOf(question, tries?.[at]));
    }),
  };
}

/** How much of it. @param {Done} done */
export function countOf({ challenges, exercises, questions }) {
  const all = [...challenges, ...exercises, ...questions.map(({ right }) => right)];
  return { done: all.filter(Boolean).length, all: all.length };
}

/** What has become of a question. @param {any} question @param {unknown} tries @returns {Answered} */
export function answeredOf(question, tries) {
  const numbers = Array.isArray(tries) ? tries.filter((one) => typeof one === "number" && Number.isFinite(one)) : [];
  if (numbers.length === 0) return NONE;
  const isRight = (/** @type {number} */ answer) =>
    question.kind === "choice" ? answer === question.right : accepts(question.right, answer);
  const wrong = numbers.filter((answer) => !isRight(answer));
  return { right: wrong.length < numbers.length, first: isRight(numbers[0]), slips: [...new Set(wrong.flatMap((it) => slipOf(question, it)))] };
}

/** The expected wrong answer that an answer is, by its name in the codes. @param {any} question @param {number} answer */
function slipOf(question, answer) {
  if (question.kind === "choice") return question.answers && answer in question.answers ? [String(answer)] : [];
  return Object.keys(question.slips ?? {}).filter((text) => accepts(text, answer)).slice(0, 1);
}

/**
 * What each mark of a chapter's completion code stands for, in their order; outline.py has the same.
 * @param {Chapter} chapter @param {string[]} ownSlips
 */
export function markNames({ challenges, exercises, quizzes, own }, ownSlips) {
  const asked = quizzes.flatMap(({ lab, questions }) => questions.map((question, at) => ({ place: `${lab} ${at}`, question })));
  const places = [...asked.map(({ place }) => place), ...(own ? ["own 0"] : [])];
  return [
    ...challenges.map(({ lab, id }) => `challenge ${lab} ${id}`),
    ...exercises.map(({ id }) => `exercise ${id}`),
    ...places.flatMap((place) => [`right ${place}`, `first ${place}`]),
    ...asked.flatMap(({ place, question }) => slipsOf(question).map((slip) => `slip ${place} ${slip}`)),
    ...(own ? ownSlips.map((slip) => `slip own 0 ${slip}`) : []),
  ];
}

/** The names of a question's expected wrong answers, in an order that holds in every language. @param {any} question @returns {string[]} */
export function slipsOf(question) {
  if (question.kind === "number") return Object.keys(question.slips).sort();
  return question.answers.map((_, at) => String(at)).filter((at) => Number(at) !== question.right);
}

/**
 * The marks themselves. @param {Chapter} chapter @param {Done} done
 * @param {{ slips: string[], answered: Answered } | null} own  every slip that its own problem may meet, and what became of it
 * @returns {number[]}
 */
export function marksOf(chapter, done, own) {
  const asked = chapter.quizzes.flatMap(({ questions }) => questions);
  const answered = [...done.questions, ...(chapter.own ? [own?.answered ?? NONE] : [])];
  const marks = [
    ...done.challenges,
    ...done.exercises,
    ...answered.flatMap(({ right, first }) => [right, first]),
    ...asked.flatMap((question, at) => slipsOf(question).map((slip) => done.questions[at].slips.includes(slip))),
    ...(chapter.own ? own.slips.map((slip) => own.answered.slips.includes(slip)) : []),
  ];
  return marks.map(Number);
}

/**
 * Class word, student number and own answers.
 * @typedef {{ word: string, number: string, answers: Record<string, Record<string, number[]>> }} Own
 *   the answers by "word number", then by chapter
 * @param {Shelf | null} shelf @param {string} root @returns {Own}
 */
export function ownOf(shelf, root) {
  const kept = shelf ? readObject(shelf, ownKey(root)) : {};
  return asOwn(kept) ?? { word: "", number: "", answers: {} };
}

/** The key that they are kept under. @param {string} root */
export const ownKey = (root) => `convnet-own ${root}`;

/** Whether anything can be kept, asked with a key of its own, as kit/host.js does. @param {Shelf} shelf */
export function hasRoom(shelf) {
  try {
    shelf.setItem(PROBE, "");
    shelf.removeItem(PROBE);
    return true;
  } catch {
    return false;
  }
}

/** @param {Shelf | null} shelf @param {string} root @param {Own} own @returns {boolean} false where it can't be kept */
export function keepOwn(shelf, root, own) {
  try {
    shelf.setItem(ownKey(root), JSON.stringify({ version: 1, ...own }));
    return true;
  } catch {
    return false;
  }
}

/** What was read, if it has the form of an `Own`; null where it has not. @param {any} value @returns {Own | null} */
export function asOwn(value) {
  const { word = "", number = "", answers = {} } = value ?? {};
  const isPlain = (it) => it !== null && typeof it === "object" && !Array.isArray(it);
  if (![word, number].every((text) => typeof text === "string") || !isPlain(answers)) return null;
  if ((word && readWord(word) !== word) || (number && readStudent(number) !== number)) return null;
  /** @type {Own["answers"]} */
  const known = {};
  for (const [whose, chapters] of Object.entries(answers)) {
    if (!/^[a-z0-9-]+ [A-Z0-9]+$/.test(whose) || !isPlain(chapters)) return null;
    known[whose] = {};
    for (const [name, tries] of Object.entries(chapters)) {
      if (!/^[a-z]+$/.test(name) || !Array.isArray(tries) || !tries.every(Number.isFinite)) return null;
      known[whose][name] = tries.slice(0, LONGEST);
    }
  }
  return { word, number, answers: known };
}

/** The tries with another one; the first stays, and of many the latest. @param {number[]} tries @param {number} answer */
export function withTry(tries, answer) {
  const all = [...tries, answer];
  return all.length > LONGEST / 2 ? [all[0], ...all.slice(1 - LONGEST / 2)] : all;
}

/**
 * What has become of an own problem.
 * @param {import("./story.js").Made} made @param {number[]} [tries]
 */
export function answeredOwn({ right, slips }, tries) {
  const found = answeredOf({ kind: "number", right, slips: Object.fromEntries(slips.map(([id, answer]) => [answer, id])) }, tries);
  const names = found.slips.map((answer) => slips.find(([, other]) => other === answer)[0]);
  return { ...found, slips: names };
}

