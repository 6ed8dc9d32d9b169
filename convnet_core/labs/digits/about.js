// Whose vote a tab is about: that of the answer, or of a digit.

import { choice } from "../kit/dom.js";
import { sets } from "../kit/locks.js";

export function aboutMenu(store) {
  const digits = Array.from({ length: 10 }, (_, digit) => [String(digit), String(digit)]);
  const menu = choice("The vote for", [["answer", "what it says"], ...digits], (about) =>
    store.set({ about }, { undoable: false }),
  );
  sets({ about: menu });
  return menu;
}
