// A change of what the numbers are, or of how they are tried.

const UNTRIED = { tried_up: 0, tried_down: 0 };

/** What was tried before no longer holds. @returns {string | null} why it was refused */
export function change(store, changes, group = null) {
  return store.set({ ...changes, ...UNTRIED }, { group });
}
