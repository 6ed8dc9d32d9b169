// What a reader wrote, and which exercises are solved: kept in this browser alone, a page at a time.

const KEY = `code ${location.pathname}`;

/**
 * @typedef {{ text?: string, taken?: string, solved?: string }} Kept  of one cell; text: none where it is the book's;
 *   taken: what Reset took away; solved: the code that solved it
 */

/** @returns {Record<string, Kept>} by the cells' ids */
export function allKept() {
  try {
    const { cells } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return cells && typeof cells === "object" ? cells : {};
  } catch {
    return {}; // forbidden, or damaged: start afresh
  }
}

/**
 * @param {string} id @param {Kept} changes
 * @returns {boolean} false where storage is full or forbidden: all works, it is only forgotten
 */
export function keep(id, changes) {
  const cells = allKept();
  cells[id] = { ...cells[id], ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify({ version: 1, cells }));
    return true;
  } catch {
    return false;
  }
}
