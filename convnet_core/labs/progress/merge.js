// All that this browser keeps of a reader, as a file, and the way back: what is here is never lost to what comes.

import { asOwn, ownKey, pathsOf, readObject } from "./kept.js";

/**
 * @typedef {import("./kept.js").Shelf} Shelf
 * @typedef {{ version: number, state: Record<string, any>, solved: string[] }} Lab  as kit/memory.js keeps it
 * @typedef {Record<string, { text?: string, taken?: string, solved?: string }>} Cells  as page_python/js/kept.js does
 * @typedef {{ labs: Record<string, Lab>, cells: Cells }} Page
 * @typedef {{ kind: string, version: number, pages: Record<string, Page>, own: import("./kept.js").Own }} Kept
 */

export const KIND = "progress in: How Convolutional Neural Networks Work";
export const LARGEST_FILE = 5_000_000; // characters; a browser keeps no more
const PAGE = /^[a-z0-9][a-z0-9_]{0,60}$/;
const LAB = /^lab-[a-z]{1,30}(?:-\d{1,2})?$/;
const CELL = /^code-[a-z0-9][\w-]{0,80}$/;

/** All of it. @param {Shelf} shelf @param {string} root @returns {Kept} */
export function collected(shelf, root) {
  /** @type {Record<string, Page>} */
  const pages = Object.create(null); // "constructor" may be the name of a page
  for (const key of keysOf(shelf, root)) {
    const { page, lab } = placeOf(key, root);
    if (!page) continue;
    const value = readObject(shelf, key);
    pages[page] ??= { labs: {}, cells: {} };
    if (lab && isLab(value)) pages[page].labs[lab] = mergedLab(pages[page].labs[lab], value);
    if (!lab && isCells(value.cells)) pages[page].cells = mergedCells(pages[page].cells, value.cells);
  }
  const own = asOwn(readObject(shelf, ownKey(root))) ?? { word: "", number: "", answers: {} };
  return { kind: KIND, version: 1, pages, own };
}

/** The keys of this book that stand on the shelf. @param {Shelf} shelf @param {string} root */
export function keysOf(shelf, root) {
  return shelf.keys().filter((key) => key === ownKey(root) || placeOf(key, root).page !== "");
}

/** What a key speaks of. @param {string} key @param {string} root @returns {{ page: string, lab: string }} */
function placeOf(key, root) {
  const [, kind, path, lab = ""] = /^(convnet-lab|code) (.*?)(?: (lab-[a-z0-9-]+))?$/.exec(key) ?? [];
  const nothing = { page: "", lab: "" };
  if (path === undefined || !path.startsWith(`${root}book/`) || (kind === "convnet-lab") !== (lab !== "")) return nothing;
  const page = path.slice(`${root}book/`.length).replace(/\.html$/, "");
  return PAGE.test(page) ? { page, lab } : nothing;
}

/** A file's text as what it keeps. Throws an Error with a sentence where it is no such file. @param {string} text @returns {Kept} */
export function readFile(text) {
  if (text.length > LARGEST_FILE) throw new Error("the file is too large to be one of ours");
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("the file is damaged, or no file of this page");
  }
  if (value?.kind !== KIND) throw new Error("it is not a file that this page has exported");
  if (value.version !== 1) throw new Error("it was made by a newer edition of this book");
  const own = asOwn(value.own);
  if (own === null) throw new Error("its class and number are damaged");
  if (!isPlain(value.pages)) throw new Error("its pages are damaged");
  /** @type {Record<string, Page>} */
  const pages = {};
  for (const [page, told] of Object.entries(value.pages)) {
    if (!PAGE.test(page)) throw new Error("it names a page that no book has");
    const { labs, cells } = told ?? {};
    const areLabs = isPlain(labs) && Object.entries(labs).every(([id, lab]) => LAB.test(id) && isLab(lab));
    if (!areLabs || !isCells(cells)) throw new Error(`what it has of ${page} is damaged`);
    pages[page] = { labs, cells };
  }
  return { kind: KIND, version: 1, pages, own };
}

const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const areTexts = (list, longest) => list.every((text) => typeof text === "string" && text.length <= longest);

/** @param {any} value */
function isLab(value) {
  if (!isPlain(value) || !Number.isInteger(value.version) || !isPlain(value.state)) return false;
  return Array.isArray(value.solved) && value.solved.length <= 99 && areTexts(value.solved, 60);
}

/** @param {any} cells */
function isCells(cells) {
  if (!isPlain(cells)) return false;
  const isCell = (cell) =>
    isPlain(cell) && Object.keys(cell).every((name) => ["text", "taken", "solved"].includes(name)) && areTexts(Object.values(cell), 200_000);
  return Object.entries(cells).every(([id, cell]) => CELL.test(id) && isCell(cell));
}

/** @typedef {(page: string, lab: string, question: number, answer: number) => boolean} Judge */

/** Puts what came beside what is here. @param {Kept} here @param {Kept} came @param {Judge} isRight @returns {Kept} */
export function merged(here, came, isRight) {
  const pages = Object.assign(Object.create(null), here.pages);
  for (const [name, { labs, cells }] of Object.entries(came.pages)) {
    const mine = pages[name] ?? { labs: {}, cells: {} };
    const both = { ...mine.labs };
    for (const [id, lab] of Object.entries(labs)) both[id] = mergedLab(both[id], lab, (at, answer) => isRight(name, id, at, answer));
    pages[name] = { labs: both, cells: mergedCells(mine.cells, cells) };
  }
  return { ...here, pages, own: mergedOwn(here.own, came.own) };
}

/**
 * What is solved in either, and of a quiz the answers of both; else the state that is here.
 * @param {Lab | undefined} here @param {Lab} came @param {(question: number, answer: number) => boolean} [isRight]
 */
function mergedLab(here, came, isRight = () => false) {
  if (!here) return came;
  const solved = [...new Set([...here.solved, ...came.solved])];
  const [mine, theirs] = [here.state.answers, came.state.answers];
  if (!Array.isArray(mine) || !Array.isArray(theirs)) return { ...here, solved };
  const answers = Array.from({ length: Math.max(mine.length, theirs.length) }, (_, at) =>
    mergedTries(asList(mine[at]), asList(theirs[at]), (answer) => isRight(at, answer)),
  );
  return { ...here, solved, state: { ...here.state, answers } };
}

const asList = (value) => (Array.isArray(value) ? value : []);

/** The first try of here, and then a right one, wherever it was made. */
function mergedTries(mine, theirs, isRight) {
  if (mine.length === 0 || theirs.length === 0) return [...mine, ...theirs];
  const [first, latest] = [mine[0], [...mine, ...theirs].find(isRight) ?? mine.at(-1)];
  return first === latest ? [first] : [first, latest];
}

/** Code that is here stays; other code that comes lies behind "Undo reset", where nothing does. @param {Cells} here @param {Cells} came */
function mergedCells(here, came) {
  const cells = { ...here };
  for (const [id, theirs] of Object.entries(came)) {
    const mine = cells[id] ?? {};
    const isOther = mine.text !== undefined && theirs.text !== undefined && theirs.text !== mine.text;
    cells[id] = { ...theirs, ...mine, ...(isOther && mine.taken === undefined ? { taken: theirs.text } : {}) };
  }
  return cells;
}

/** @param {Kept["own"]} here @param {Kept["own"]} came */
function mergedOwn(here, came) {
  const answers = { ...here.answers };
  for (const [whose, chapters] of Object.entries(came.answers)) {
    answers[whose] = { ...answers[whose] };
    for (const [name, tries] of Object.entries(chapters)) {
      const mine = Object.hasOwn(answers[whose], name) ? answers[whose][name] : [];
      answers[whose][name] = [...mine, ...tries.filter((one) => !mine.includes(one))];
    }
  }
  const { word, number } = here;
  return { ...(isAnother(here, came) ? { word, number } : { word: word || came.word, number: number || came.number }), answers };
}

/** Whether what came is of another pupil; word and number of two never become one's. @param {Kept["own"]} here @param {Kept["own"]} came */
export function isAnother(here, came) {
  return ["word", "number"].some((name) => here[name] && came[name] && here[name] !== came[name]);
}

/**
 * Writes all of it, or nothing: where the browser is full, what was there is back.
 * @param {Shelf} shelf @param {string} root @param {Kept} kept @returns {boolean}
 */
export function written(shelf, root, kept) {
  /** @type {[string, string | null][]} */
  const before = [];
  try {
    for (const [key, value] of recordsOf(root, kept)) {
      before.push([key, shelf.getItem(key)]);
      shelf.setItem(key, JSON.stringify(value));
    }
    return true;
  } catch {
    for (const [key, text] of before) if (shelf.getItem(key) !== text) putBack(shelf, key, text);
    return false;
  }
}

/** Every key, and what belongs there. @param {string} root @param {Kept} kept @returns {[string, object][]} */
function recordsOf(root, { pages, own }) {
  const records = Object.entries(pages).flatMap(([name, { labs, cells }]) => {
    const [path] = pathsOf(root, name);
    const ofLabs = Object.entries(labs).map(([id, lab]) => [`convnet-lab ${path} ${id}`, lab]);
    return Object.keys(cells).length > 0 ? [...ofLabs, [`code ${path}`, { version: 1, cells }]] : ofLabs;
  });
  return /** @type {[string, object][]} */ ([...records, [ownKey(root), { version: 1, ...own }]]);
}

/** @param {Shelf} shelf @param {string} key @param {string | null} text */
function putBack(shelf, key, text) {
  if (text === null) shelf.removeItem(key);
  else shelf.setItem(key, text);
}

/** The shelf as it is, to be restored. @param {Shelf} shelf @param {string} root @returns {[string, string][]} */
export function copied(shelf, root) {
  return keysOf(shelf, root).map((key) => [key, shelf.getItem(key)]);
}

/** @param {Shelf} shelf @param {string} root @param {[string, string][]} before */
export function restore(shelf, root, before) {
  const were = new Set(before.map(([key]) => key));
  for (const key of keysOf(shelf, root)) if (!were.has(key)) shelf.removeItem(key); // an open page takes a removed one for erased
  for (const [key, text] of before) shelf.setItem(key, text);
}

/** @param {Shelf} shelf @param {string} root */
export function erase(shelf, root) {
  for (const key of keysOf(shelf, root)) shelf.removeItem(key);
}
