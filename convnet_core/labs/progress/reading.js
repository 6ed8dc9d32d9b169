// Completion codes out of any text: a form's answers, a CSV file, a mail. Nothing is lost: what can't be read is listed
// with what is wrong. No DOM.

import { candidates, decode, OF_ANOTHER, tagOf } from "./codes.js";
import { markNames } from "./kept.js";
import { PROBLEM_WORDS } from "./problem_words.js";
import { PROBLEMS } from "./problems.js";

/**
 * @typedef {import("./kept.js").Chapter} Chapter
 * @typedef {Chapter & { names: string[], tag: string }} Known  a chapter, what its marks stand for, and its two letters
 * @typedef {{ number: string, chapters: Map<number, number[]> }} Student  the marks by the chapters' numbers
 * @typedef {{ line: number, text: string, reason: string }} Bad
 * @typedef {{ students: Student[], codes: number, again: number, isOfOther: boolean, bad: Bad[], without: { line: number, text: string }[] }} Reading
 *   codes: how many were read; again: of these, how many were of a student and a chapter that had one already; isOfOther:
 *   whether the class word is that of none of the codes, and there are two at least
 */

const LONGEST_LINE = 2000; // of a line that is told
const NO_TEXT = /(?!\s)\p{Cc}/u; // control characters but those that end lines and part cells

/**
 * The text of a file, null where it holds none. Older programs save tables in the encoding of Windows, and some in UTF-16.
 * @param {ArrayBuffer} content
 */
export function textOf(content) {
  const mark = new Uint8Array(content.slice(0, 2)).join();
  const wide = { "255,254": "utf-16le", "254,255": "utf-16be" }[mark];
  const text = wide ? decoded(content, wide) : (decoded(content, "utf-8") ?? decoded(content, "windows-1252"));
  return text === null || NO_TEXT.test(text) ? null : text;
}

/** @param {ArrayBuffer} content @param {string} encoding */
function decoded(content, encoding) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

/** @param {Chapter[]} chapters @returns {Known[]} */
export function knownOf(chapters) {
  return chapters.map((chapter) => {
    const names = markNames(chapter, PROBLEMS[chapter.name]?.slips ?? []);
    return { ...chapter, names, tag: tagOf(names) };
  });
}

/** @param {string} text @param {string} word  the class word @param {Known[]} known @returns {Reading} */
export function read(text, word, known) {
  /** @type {Map<string, Student>} */
  const students = new Map();
  /** @type {Reading} */
  const reading = { students: [], codes: 0, again: 0, isOfOther: false, bad: [], without: [] };
  const lines = text.split(/\r\n|\r|\n/);
  let [fitting, others] = [0, 0]; // codes of this class word, and of another
  let goesOn = false; // a code of the line before in this one
  lines.forEach((whole, at) => {
    const parts = candidates(whole);
    const told = whole.slice(0, LONGEST_LINE);
    if (parts.length === 0 && whole.trim() !== "" && !goesOn) reading.without.push({ line: at + 1, text: told });
    goesOn = false;
    parts.forEach((part, place) => {
      try {
        const { code, isBroken } = decodeOver(part, place === parts.length - 1 ? lines[at + 1] : undefined, word);
        goesOn = isBroken;
        fitting += 1;
        if (put(students, code, chapterOf(code, known))) reading.again += 1;
        reading.codes += 1;
      } catch (problem) {
        if (problem.message === OF_ANOTHER) others += 1;
        reading.bad.push({ line: at + 1, text: told, reason: problem.message });
      }
    });
  });
  reading.isOfOther = fitting === 0 && others > 1;
  reading.students = [...students.values()].sort((one, other) => byNumber(one.number, other.number));
  return reading;
}

/**
 * A code that a mail may have broken: into two lines, with "=" before the break or ">" behind it.
 * @param {string} part  of a line @param {string | undefined} next  the next line, if this part ends its own
 * @param {string} word
 */
function decodeOver(part, next, word) {
  try {
    return { code: decode(part, word), isBroken: false };
  } catch (problem) {
    if (next === undefined) throw problem;
    try {
      return { code: decode(part.trimEnd().replace(/=$/, "") + next.replace(/^[>\s]+/, ""), word), isBroken: true };
    } catch {
      throw problem;
    }
  }
}

const order = new Intl.Collator("en", { numeric: true });
export const byNumber = (/** @type {string} */ one, /** @type {string} */ other) => order.compare(one, other);

/** @param {import("./codes.js").Code} code @param {Known[]} known */
function chapterOf({ chapter, tag, marks }, known) {
  const found = known.find(({ number }) => number === chapter);
  if (!found) throw new Error(`it is of chapter ${chapter}, which this edition of the book does not have`);
  if (found.tag !== tag || marks.length !== 5 * Math.ceil(found.names.length / 5)) {
    throw new Error(`it was made by an edition of the book whose chapter ${chapter} asks something else: read it with that edition`);
  }
  return found;
}

/**
 * Older and newer codes are one: what was ever solved, and ever met.
 * @param {Map<string, Student>} students @param {import("./codes.js").Code} code @param {Known} chapter
 * @returns {boolean} whether there was one before
 */
function put(students, { number, marks }, { number: chapter, names }) {
  if (!students.has(number)) students.set(number, { number, chapters: new Map() });
  const { chapters } = students.get(number);
  const before = chapters.get(chapter);
  chapters.set(chapter, names.map((_, at) => marks[at] | (before?.[at] ?? 0)));
  return before !== undefined;
}

/** Which marks say that something is solved: of all, and of each kind alone. */
const COUNTS = {
  all: /^(challenge|exercise|right) /,
  own: /^right own /,
  challenges: /^challenge /,
  exercises: /^exercise /,
  questions: /^right (?!own )/,
};

/** @typedef {keyof typeof COUNTS} Kind */

/** How much of a chapter is solved, by its marks. @param {Known} chapter @param {number[]} [marks] @param {Kind} [kind] */
export function solvedBy({ names }, marks, kind = "all") {
  const counted = names.flatMap((name, at) => (COUNTS[kind].test(name) ? [at] : []));
  return { done: marks ? counted.filter((at) => marks[at] === 1).length : 0, all: counted.length };
}

/**
 * How many students met each wrong answer that was expected, most first.
 * @typedef {{ chapter: number, label: string, about: string, ask?: string, students: number, of: number }} Met
 *   about: which question, as the chapter counts it; ask: what was asked; of: how many students handed in a code of that chapter
 * @param {Student[]} students @param {Known[]} known @returns {Met[]}
 */
export function metBy(students, known) {
  const met = known.flatMap((chapter) => {
    const marks = students.flatMap((student) => student.chapters.get(chapter.number) ?? []);
    const all = students.filter((student) => student.chapters.has(chapter.number)).map((student) => student.chapters.get(chapter.number));
    if (marks.length === 0) return [];
    return chapter.names.flatMap((name, at) => {
      if (!name.startsWith("slip ")) return [];
      const count = all.filter((one) => one[at] === 1).length;
      return count === 0 ? [] : [{ chapter: chapter.number, ...slipWords(chapter, name), students: count, of: all.length }];
    });
  });
  return met.sort((one, other) => other.students - one.students || other.students / other.of - one.students / one.of);
}

/** The words of a slip: what was answered, and to what. @param {Known} chapter @param {string} name */
function slipWords({ name: chapter, quizzes }, name) {
  const [, place, at, ...rest] = name.split(" ");
  const slip = rest.join(" ");
  if (place === "own") return { label: PROBLEM_WORDS[chapter].slips[slip].name, about: "Own problem" };
  const { questions } = quizzes.find(({ lab }) => lab === place);
  const question = questions[Number(at)];
  const answer = question.kind === "number" ? slip : question.answers[Number(slip)].text;
  return { label: `“${answer}”`, about: `${quizName(questions)}, ${Number(at) + 1}`, ask: question.ask };
}

/** The quiz as chapters head it: where all is counted, it is for pencil and paper. */
const quizName = (questions) => (questions.every(({ kind }) => kind === "number") ? "Pencil and paper" : "Quick questions");

/**
 * The table of students as CSV: what is solved in each chapter, of all or of one kind; of all, then whether its own problem
 * is. An empty cell is a chapter without a code.
 * @param {Student[]} students @param {Known[]} known @param {string} word  the class word @param {Kind} [kind]
 */
export function asCsv(students, known, word, kind = "all") {
  const withOwn = known.filter(({ own }) => own && kind === "all");
  const heads = [...known.map(({ number }) => `chapter ${number}`), ...withOwn.map(({ number }) => `own problem ${number}`)];
  const head = ["class", "student", kind === "all" ? "solved" : `solved (${kind})`, "of", ...heads];
  const rows = students.map(({ number, chapters }) => {
    const each = known.map((chapter) => solvedBy(chapter, chapters.get(chapter.number), kind));
    const cells = known.map((chapter, at) => (chapters.has(chapter.number) && each[at].all > 0 ? each[at].done : ""));
    const own = withOwn.map((chapter) => (chapters.has(chapter.number) ? solvedBy(chapter, chapters.get(chapter.number), "own").done : ""));
    const sum = (what) => each.reduce((all, one) => all + one[what], 0);
    return [word, number, sum("done"), sum("all"), ...cells, ...own];
  });
  return [head, ...rows].map((row) => row.join(",")).join("\r\n") + "\r\n";
}
