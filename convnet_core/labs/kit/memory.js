// What a lab remembers on a static page: the reader's state across a reload, and a state that a link brings.

import { decode } from "./link.js";
import { same } from "./state.js";

const KEPT_VERSION = 1;
const PAUSE = 200; // milliseconds between an edit and its being written down

/** Keeps state and solved challenges; storage that is full, forbidden or damaged costs nothing. */
export function keepState(page, store, challenges, signal) {
  let timer = null;
  const write = () => {
    clearTimeout(timer);
    timer = null;
    const kept = { version: KEPT_VERSION, state: store.told({ linked: false }), solved: challenges.solved() };
    page.keep(JSON.stringify(kept));
  };
  const save = () => {
    timer ??= setTimeout(write, PAUSE);
  };
  addEventListener("pagehide", () => timer !== null && write(), { signal });
  const restore = (status) => {
    const kept = readKept(page.kept());
    if (kept === null) return;
    for (const id of kept.solved) challenges.show(id);
    const reason = challenges.withoutMerit(() => store.set(kept.state, { undoable: false }));
    if (reason !== null) status.refuse(`What you did here last time can't be shown: ${reason}.`);
    else if (!same(store.state, store.initial)) status.say("What you did here last time is back. Reset starts afresh.");
  };
  return { save, restore };
}

function readKept(text) {
  try {
    const { version, state, solved } = JSON.parse(text ?? "null");
    const isOurs = version === KEPT_VERSION && typeof state === "object" && state !== null && Array.isArray(solved);
    return isOurs ? { state, solved } : null;
  } catch {
    return null; // not ours, or damaged: start afresh
  }
}

/** Shows the state of a link that was opened or pasted, and refuses one that is damaged. */
export function followLinks(page, store, { root, status, challenges, signal }) {
  const follow = () => {
    const text = page.takeLink();
    if (text === null) return;
    root.scrollIntoView({ block: "start" });
    try {
      const state = { ...store.initial, ...decode(text) };
      const wasThere = same(state, store.state);
      const reason = challenges.withoutMerit(() => store.set(state));
      if (reason !== null) throw new Error(reason);
      status.say(`This is the state that the link describes.${wasThere ? "" : " Undo brings back what was here."}`);
    } catch (problem) {
      status.refuse(`This link can't be shown: ${problem.message}. The lab stays as it was.`);
    }
  };
  follow();
  addEventListener("hashchange", follow, { signal });
}
