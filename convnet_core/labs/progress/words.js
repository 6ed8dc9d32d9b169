// What the progress page says.

export const SOLVED = "✓ solved";
export const OPEN = "open";
export const COPY = "Copy";
export const COPIED = "Copied.";
export const COPY_BY_HAND = "Copy the text from the box: this browser does not let a page do it.";
export const FORBIDDEN =
  "This browser lets the page keep nothing, so nothing can be counted here. Labs, exercises and questions work all the same; what you do is gone with their page.";
export const FULL = "This browser has no room left: what you do now is gone with the page.";
export const FROM_DISK =
  "The book is open from disk, and what you solve in its chapters is counted all the same. If you have solved something and it isn't here, your browser keeps apart what each file stores, as a few do: take another one, or read the book at a web address.";
export const NO_CLASS =
  "Did your teacher give you a link? Open it, and each chapter has a problem here with numbers of your own, and a code to hand in.";
export const STAYS = "Word and number stay in this browser. No server gets them; they are in the codes that you hand in yourself.";
export const BAD_WORD = "A class word is 1 to 24 letters (a to z), digits and hyphens, such as owls-7b. Ask your teacher for it.";
export const BAD_NUMBER = "A student number is 1 to 12 letters (a to z) and digits, such as 4711.";
export const DETER =
  "The code says what is solved in this chapter, and which wrong answers you met on the way: they tell your teacher what to explain. It holds your number and fits your class alone. It deters copying; it does not prevent cheating.";
export const ERASE_ASKS =
  "Erase all that this book keeps in this browser: what is solved, your answers, your code, what you drew in the labs, your class and number?";
export const ERASED = "All of it is erased. As long as this page is open, “Undo” brings it back.";
export const NOT_WRITTEN = "This browser has no room for what is in the file. Nothing has changed.";
export const UNREAD_FILE = "The file can't be read. Choose it again. Nothing has changed.";

/** @param {number} done @param {number} all */
export const solvedOf = (done, all) => `${done} of ${all} solved`;

/** What is solved of own problems, to be said behind the sum. @param {number} done @param {number} all */
export const ownSolved = (done, all) => `Of your own problems: ${done} of ${all}.`;

/** @param {string} word @param {string} number */
export const inClass = (word, number) =>
  `You are number ${number} of the class ${word}. Open a chapter below: under its list are your own problem, and your code to hand in.`;

/** @param {string} word */
export const needsNumber = (word) => `This is the class ${word}. Type your student number, and each chapter below has a problem of your own.`;

/** @param {string} word @param {string} other */
export const otherClass = (word, other) =>
  `The link is of the class ${other}, and you are in ${word}. Going over loses nothing: your answers in ${word} stay here.`;

/** @param {string} reason */
export const notRead = (reason) => `This file is not taken: ${reason}. Nothing has changed.`;

/**
 * @param {number} before @param {number} after
 * @param {{ theirs: Whose, mine: Whose } | null} whose  of whom the file is and what is here, where these are two
 */
export const isIn = (before, after, whose) =>
  `The file is in: ${after} solved here now, ${before} before. ${whose ? isOthers(whose) : ""}What was here is still here. “Undo” takes the file out again.`;

/** @typedef {{ word: string, number: string }} Whose @param {{ theirs: Whose, mine: Whose }} whose */
const isOthers = ({ theirs, mine }) => `It belongs to ${named(theirs)}, and what was here to ${named(mine)}. `;

/** @param {Whose} whose */
const named = ({ word, number }) => [number && `number ${number}`, word && `the class ${word}`].filter(Boolean).join(" of ");

/** @param {number} solved */
export const isOut = (solved) => `The file is taken out again: ${solved} solved here now.`;

/** @param {number} solved */
export const isBack = (solved) => `All of it is back: ${solved} solved here now.`;

/** @param {string} name */
export const exported = (name) => `The file ${name} goes to your browser's downloads.`;
