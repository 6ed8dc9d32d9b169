// Completion codes: what a student has solved in a chapter as a short text that can be typed, read aloud and pasted.
// convnet_core.labs.progress.codes writes and reads the same.
//
//     CNN1-02-4711-7QK3M-0V5RX-9T2        edition, chapter, student number, and in groups of five: two letters of what
//     the chapter holds, the marks (five in a letter), two letters against slips, three that only the class word gives.

/**
 * @typedef {object} Code
 * @property {number} chapter
 * @property {string} number  the student's
 * @property {string} tag  what the chapter held when the code was made: see `tagOf`
 * @property {number[]} marks  0 or 1 each, and zeros behind them up to a multiple of five
 */

export const EDITION = 1;
export const LONGEST_NUMBER = 12; // letters and digits of a student number
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // without I, L, O and U, which are misread
const MISREAD = { I: "1", L: "1", O: "0" };
const BITS = 5; // of a letter
const GROUP = 5; // letters
const TAG = 2;
const AGAINST_SLIPS = 2;
const OF_CLASS = 3;
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const FORM = /\bCNN(\d{1,2})-(\d{1,2})-([A-Z0-9]{1,12})-([A-Z0-9]+(?:-[A-Z0-9]+)*)/;

/** 32 bits of a text of ASCII characters (FNV-1a, and the finish of MurmurHash3). @param {string} text */
export function hash(text) {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** So many letters of a hash. @param {string} text @param {number} count */
function letters(text, count) {
  const bits = hash(text);
  return Array.from({ length: count }, (_, at) => LETTERS[(bits >>> (BITS * at)) & 31]).join("");
}

/** Two letters of what a chapter holds: they differ where a code's marks would mean something else. @param {string[]} names */
export function tagOf(names) {
  return letters(names.join("|"), TAG);
}

/** @param {Code} code @param {string} word  the class word */
export function encode({ chapter, number, tag, marks }, word) {
  const head = `CNN${EDITION}-${String(chapter).padStart(2, "0")}-${number}-`;
  let body = tag;
  for (let at = 0; at < marks.length; at += BITS) {
    const letter = Array.from({ length: BITS }, (_, bit) => marks[at + bit] ?? 0);
    body += LETTERS[Number.parseInt(letter.join(""), 2)];
  }
  body += letters(head + body, AGAINST_SLIPS);
  body += letters(`${word} ${head}${body}`, OF_CLASS);
  return head + body.match(new RegExp(`.{1,${GROUP}}`, "g")).join("-");
}

/**
 * The code that stands in a text. Throws an Error with a sentence where it is none, or bent.
 * @param {string} text @param {string} word  the class word
 * @returns {Code}
 */
export function decode(text, word) {
  const plain = cleaned(text);
  try {
    return decodeExactly(plain, word);
  } catch (problem) {
    const closed = withoutGaps(plain);
    if (closed === plain) throw problem;
    try {
      return decodeExactly(closed, word);
    } catch (other) {
      throw FORM.test(plain) ? problem : other;
    }
  }
}

/** Without the blanks around hyphens and within "CNN 1". @param {string} plain */
function withoutGaps(plain) {
  const parts = plain.split("-").map((part) => part.trim());
  return parts.join("-").replace(/\bCNN (?=\d)/, "CNN");
}

/** Why a code is refused that is whole, and not of this class word. */
export const OF_ANOTHER = "its last three letters are of another class word, or one of them is mistyped";

/** @param {string} plain @param {string} word @returns {Code} */
function decodeExactly(plain, word) {
  const found = FORM.exec(plain);
  if (!found) throw new Error("it begins as a code and goes on as none: is a part missing?");
  const [, edition, chapter, number, groups] = found;
  if (Number(edition) !== EDITION) throw new Error("it was made by another edition of this book, which writes codes otherwise");
  const body = groups.replaceAll("-", "").replaceAll(/[ILO]/g, (letter) => MISREAD[letter]);
  if (body.includes("U")) throw new Error("it has a U in it, and no code has: is it a V?");
  const head = `CNN${EDITION}-${chapter.padStart(2, "0")}-${number}-`;
  const end = body.length - AGAINST_SLIPS - OF_CLASS;
  if (end < TAG) throw new Error("it is too short: is a part missing?");
  const [told, slips, ofClass] = [body.slice(0, end), body.slice(end, -OF_CLASS), body.slice(-OF_CLASS)];
  if (slips !== letters(head + told, AGAINST_SLIPS)) throw new Error("a letter is wrong, missing or too many: its check does not fit");
  if (ofClass !== letters(`${word} ${head}${told}${slips}`, OF_CLASS)) throw new Error(OF_ANOTHER);
  const marks = Array.from(told.slice(TAG)).flatMap((letter) =>
    Array.from(LETTERS.indexOf(letter).toString(2).padStart(BITS, "0"), Number),
  );
  return { chapter: Number(chapter), number, tag: told.slice(0, TAG), marks };
}

/** Where codes begin in a line: a part of it for each. A group inside a code may begin as one. @param {string} line */
export function candidates(line) {
  return cleaned(line)
    .split(/(?<![A-Z0-9]-)(?=\bCNN ?\d)/)
    .filter((part) => /^CNN ?\d/.test(part));
}

/** In capitals, with plain hyphens, without what no eye sees. @param {string} text */
function cleaned(text) {
  return text.replaceAll(UNSEEN, "").replaceAll(DASHES, "-").toUpperCase();
}

/** The class word as codes and seeds have it; null where it is none. @param {string} text */
export function readWord(text) {
  const word = text.trim().toLowerCase();
  return /^[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?$/.test(word) ? word : null;
}

/** The student number likewise: spaces, dots, hyphens and strokes between its parts are left out. @param {string} text */
export function readStudent(text) {
  const number = text.replaceAll(/[\s./_-]+/g, "").toUpperCase();
  return new RegExp(`^[A-Z0-9]{1,${LONGEST_NUMBER}}$`).test(number) ? number : null;
}
