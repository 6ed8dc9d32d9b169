// What the teacher's page says.

export const BAD_WORD = "Type a class word first: 1 to 24 letters (a to z), digits and hyphens, such as owls-7b.";
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

/** @param {import("./reading.js").Reading} reading */
export function readSoFar({ students, codes, again, bad, without }) {
  const parts = [`${many(codes, "code")} of ${many(students.length, "student")}`];
  if (again > 0) parts.push(`${again} of them of a chapter that had one already, and added to it`);
  if (bad.length > 0) parts.push(`${many(bad.length, "code")} that can't be read, listed below`);
  if (without.length > 0) parts.push(`${many(without.length, "line")} without a code`);
  return `${parts.join("; ")}.`;
}
