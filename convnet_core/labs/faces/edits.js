// Edits of the reader's own hand: what a link or Undo brings is no merit of theirs.

/**
 * @typedef {(changes: object, options: { group?: string, undoable?: boolean }) => string | null} Edit
 *
 * @param {import("../kit/store.js").Store} store
 */
export function handOf(store) {
  const hand = { isNow: false, isLast: false, edit };
  /** @type {Edit} */
  function edit(changes, options) {
    hand.isNow = true;
    const reason = store.set(changes, options);
    hand.isNow = false;
    return reason;
  }
  return hand;
}
