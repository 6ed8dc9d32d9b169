// What a lab remembers on a static page: the reader's state across a reload, and a state that a link brings.

import { decode } from "./link.js";
import { same } from "./state.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./status.js").Status} Status
 * @typedef {import("./host.js").LabPage} LabPage
 * @typedef {ReturnType<typeof import("./challenges.js").challengeList>} ChallengeList
 * @typedef {{ version: number, migrate?: (state: object, version: number) => object, unkept?: string }} Edition
 *   the form of a lab's states: its version, how one of an earlier version is told in it, and what is not in them
 */

/**
 * Keeps state and solved challenges; storage that is full, forbidden or damaged costs nothing else.
 * @param {LabPage} page @param {Store} store
 * @param {{ status: Status, challenges: ChallengeList, edition: Edition, signal: AbortSignal,
 *           tellKept: (isKept: boolean) => void }} parts
 */
export function keepState(page, store, { status, challenges, edition, tellKept, signal }) {
  let timer = null;
  let until = 0; // when what comes late comes too late
  let known = null; // what is kept, as this page knows it
  let isReading = false; // what is kept, which there is no need to write
  const flush = () => timer !== null && write();
  const write = () => {
    clearTimeout(timer);
    timer = null;
    removeEventListener("beforeunload", flush);
    const told = { version: edition.version, state: store.told({ linked: false }), solved: challenges.solved() };
    tellKept(page.keep(JSON.stringify(told)));
    known = page.kept();
  };
  /** The first edit of a burst is written at once: who reloads right behind it, or whose browser dies, loses nothing. */
  const save = () => {
    if (isReading) return;
    until = 0; // the reader has gone on from here
    if (timer !== null || followErasing()) return; // a linked lab may have heard of it first, a page left for another hears nothing
    write();
    timer = setTimeout(write, 200); // milliseconds of a burst of edits, of which the first and the last are written down
    // As "pagehide" comes, the next page may be reading already, in another process. Listened to only where something
    // is left to write: some browsers keep no page for the way back that listens.
    addEventListener("beforeunload", flush, { signal });
  };
  addEventListener("pagehide", flush, { signal });
  const gone = edition.unkept ? `, but for ${edition.unkept}` : "";
  const put = (state) => challenges.withoutMerit(() => store.set(state, { undoable: false }));
  const show = ({ version, state, solved }) => {
    const known = inThisEdition(state, version, edition);
    for (const id of solved) challenges.show(id);
    const reason = put(known);
    if (reason !== null) throw new Error(reason);
    status.say(same(store.state, store.initial) ? "" : `What you did here last time is back${gone}. Reset starts afresh.`);
  };
  /** What was kept is gone: so it is here, and nothing is written until the reader goes on. */
  const followErasing = () => {
    if (known === null || page.kept() !== null) return false;
    clearTimeout(timer);
    timer = null;
    isReading = true;
    challenges.clear();
    put(store.initial);
    store.startHere();
    status.say("What you did here was erased on another page.");
    isReading = false;
    known = null;
    until = Infinity; // Undo may bring it back
    return true;
  };
  const read = () => {
    until = Date.now() + 2000; // the page before this one, in another process, may still hand on what it kept
    known = page.kept();
    const kept = readKept(known);
    if (kept === null) return;
    isReading = true;
    try {
      show(kept);
    } catch (problem) {
      status.refuse(`What you did here last time can't be shown: ${problem.message}.`);
    }
    isReading = false;
  };
  const hear = () => {
    if (!followErasing() && page.kept() !== known && Date.now() < until) read();
  };
  const restore = () => {
    tellKept(page.canKeep());
    read();
    // Another page of the book has kept or erased something.
    addEventListener("storage", hear, { signal });
  };
  return { save, restore };
}

/** @param {string | null} text */
function readKept(text) {
  try {
    const { version, state, solved } = JSON.parse(text ?? "null");
    const isOurs = Number.isInteger(version) && typeof state === "object" && state !== null && Array.isArray(solved);
    return isOurs ? { version, state, solved } : null;
  } catch {
    return null; // not ours, or damaged: start afresh
  }
}

/**
 * A state that was told in this version or an earlier one.
 * @param {object} state @param {number} version @param {Edition} edition
 */
function inThisEdition(state, version, edition) {
  if (version > edition.version) throw new Error("it was made by a newer edition of this book");
  if (version === edition.version || !edition.migrate) return state;
  try {
    return edition.migrate(state, version);
  } catch {
    throw new Error("it was made by an older edition of this book and is damaged");
  }
}

/**
 * Shows the state of a link that was opened or pasted, and refuses one that is damaged.
 * @param {Store} store
 * @param {{ root: HTMLElement, status: Status, challenges: ChallengeList, edition: Edition, isEmbedded: boolean }} parts
 */
export function linkFollower(store, { root, status, challenges, edition, isEmbedded }) {
  const comeIntoSight = () => {
    if (isEmbedded) return; // there the lab is what one sees, and a page around it would jump to the frame
    for (let fold = root.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    root.scrollIntoView({ block: "start" });
  };
  const refuse = (/** @type {string} */ reason) => {
    comeIntoSight();
    status.refuse(`This link can't be shown: ${reason}. The lab stays as it was.`);
  };
  const follow = (/** @type {string} */ text) => {
    comeIntoSight();
    try {
      const { state: told, version } = decode(text);
      const state = { ...store.initial, ...store.own, ...inThisEdition(told, version, edition) };
      const wasThere = same(state, store.state);
      const reason = challenges.withoutMerit(() => store.set(state));
      if (reason !== null) throw new Error(reason);
      // What the link changed is no deed of the reader's; in a frame, its state is all that there ever was.
      status.say(isEmbedded ? "" : `This is the state that the link describes.${wasThere ? "" : " Undo brings back what was here."}`);
    } catch (problem) {
      refuse(problem.message);
    }
  };
  return { follow, refuse };
}
