// What the teacher's page says.

const WORD = "1 to 24 letters (a to z), digits and hyphens, such as owls-7b";
/** What is wrong with a class word that is none. @param {string} text */
export function wordRefused(text) {
  const word = text.trim();
  if (word === "") return `Type a class word first: ${WORD}.`;
  if (/\s/.test(word)) return "A class word has no blanks. Put hyphens there, as in owls-7b.";
  return `“${word}” is no class word. It is ${WORD}; it begins and ends with a letter or a digit.`;
}

/** @param {string} word */
export const linkMade = (word) => `The link of the class ${word} is made: it stands in the box above.`;
export const COMPLETED = "The address led to another page of the book, and now leads to its progress page. Open it once, to see that it does.";
export const OTHER_PAGE =
  "This address is not that of the progress page. Open the book as your class does, go to “Your progress”, and copy the address from there: it ends in progress.html.";
export const BAD_NUMBER = "Type a student number: 1 to 12 letters (a to z) and digits.";
/** @param {string} number */
export const problemsOf = (number) => `The problems of number ${number}.`;
export const DISK_LINK =
  "This link leads to the book on this computer. Put in the address where your class reads the book: of its progress page on the web, or on the drive that they all see. If each of them has a copy, say the word: they type it in theirs, under “Your progress”.";
export const NO_ADDRESS = "Put in the address of the book's progress page, as in https://example.org/book/progress.html.";
export const NOTHING = "Paste codes into the box, or choose a file.";
export const COUNT = "Count";
/** What the table counts, by the kinds that `solvedBy` knows. */
export const COUNTED = { all: "all that can be solved", own: "own problems", challenges: "challenges", exercises: "exercises", questions: "questions" };
export const UNREAD_FILE = "The file can't be read. Save it as CSV or text, and choose it again.";

const many = (/** @type {number} */ count, /** @type {string} */ one) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** @param {number} shown @param {number} all */
export const studentsShown = (shown, all) => (shown === all ? `${many(all, "student")}.` : `${shown} of ${many(all, "student")}.`);

/** @param {number} saved @param {number} all @param {string} name  the file's */
export const savedAs = (saved, all, name) =>
  saved === 0 ? "No student is shown, so nothing was saved." : `Saved ${saved === all ? "" : `${saved} of `}${many(all, "student")} as ${name}.`;

export const IN_THE_BOX = "The file is in the box; type a class word, then press “Read the codes”.";
export const noText = (/** @type {string} */ name) => `${name} is no text file: nothing was added. Save the table as CSV, and choose that file.`;
export const isEmpty = (/** @type {string} */ name) => `${name} is empty: nothing was added.`;
/** @param {string} name @param {number} codes */
export const added = (name, codes) => `Added ${name}: ${many(codes, "code")}.`;

/** @param {import("./reading.js").Reading} reading @param {string} word  the class word */
export function readSoFar({ students, codes, again, isOfOther, bad, without }, word) {
  const parts = isOfOther ? [] : [`${many(codes, "code")} of ${many(students.length, "student")}`];
  if (again > 0) parts.push(`${again} of them of a chapter that had one already, and added to it`);
  if (bad.length > 0) parts.push(`${many(bad.length, "code")} that can't be read, listed below`);
  if (without.length > 0) parts.push(`${many(without.length, "line")} without a code`);
  const wrong = isOfOther ? `None of these codes fits the class word ${word}: is it the right word? ` : "";
  return `${wrong}${parts.join("; ")}.`;
}
