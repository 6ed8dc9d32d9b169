// How a reader's own photograph gets into a lab: from a file, by drop or by paste. What is no picture
// is refused with a reason, and the photograph that was there stays.

import { button, isTextField, make } from "./dom.js";
import { canvasError, photographOf, readPhotograph } from "./photo.js";

const ACCEPTED = "image/png,image/jpeg,image/gif,image/webp";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {{ take: (file: File) => void, reject: (reason: string) => void, signal: AbortSignal }} Taker
 */

const FALSIFIED =
  "This browser gives a page other colours than it painted (a protection against tracking), so the numbers of your " +
  "own photograph would be wrong. Allow this page to read canvas data, or open it in another browser.";
const CHANGED_A_LITTLE =
  "This browser changes colours that a page reads by a little (a protection against tracking). The numbers of your own " +
  "photograph will be those of the changed picture.";
const MOST_CHANGED = 4; // of 255: more would be another picture

/**
 * The buttons, and the ears for drop and paste.
 * @param {HTMLElement} parent
 * @param {{ room: HTMLElement, store: Store, hasKernel: boolean, inColour?: boolean, say: (text: string) => void,
 *           refuse: (text: string) => void, backTo?: string, signal: AbortSignal }} options
 *   room: where a drop or a paste counts; inColour: whether colours are kept; backTo: what the lab starts with
 */
export function photographTaker(
  parent,
  { room, store, hasKernel, inColour = false, backTo = "the first photograph", say, refuse, signal },
) {
  let turn = 0; // of two files at once, the later one counts
  let problem = null; // also said beside the button: the lab's status line may be out of sight
  const reject = (reason) => {
    problem = `${reason} The photograph stays as it was.`;
    update(store.state);
    refuse(problem);
  };
  const take = async (/** @type {File} */ file) => {
    const own = (turn += 1);
    problem = null;
    if (canvasError() > MOST_CHANGED) return reject(FALSIFIED);
    try {
      const { address, original, small } = await readPhotograph(file, { inColour });
      if (own !== turn || signal.aborted) return;
      const reason = store.set({ photo: address });
      if (reason !== null) return reject(`This photograph can't be shown: ${reason}.`);
      update(store.state); // the same picture again changes no state, but what was wrong before is over
      say(takenText(file, original, small, inColour ? "in colour" : "in greys"));
    } catch (failure) {
      if (own === turn && !signal.aborted) reject(failure.message);
    }
  };
  const input = make("input", { type: "file", accept: ACCEPTED, hidden: true, "aria-label": "Your own photograph" });
  input.addEventListener("change", () => {
    if (input.files.length > 0) take(input.files[0]);
    input.value = ""; // so that the same file can be chosen again
  });
  const own = button("Your own photograph…", () => input.click());
  const back = button(`Back to ${backTo}`, () => {
    own.focus(); // before this button hides
    problem = null;
    store.set({ photo: store.initial.photo });
  });
  const note = make("p", { class: "cl-note" });
  const buttons = make("div", { class: "cl-buttons" }, [own, back]);
  const element = make("div", { class: "cl-photo-tools" }, [input, buttons, note]);
  parent.append(element);
  listenForDrops(room, { take, reject, hasKernel, signal });
  listenForPastes(room, { take, reject, signal });

  const update = (/** @type {import("./store.js").State} */ { photo }) => {
    const isOwn = photo !== store.initial.photo;
    back.hidden = !isOwn;
    note.textContent = problem ?? [isOwn ? ownText(hasKernel) : howText(hasKernel), canvasNote()].join(" ").trim();
    note.classList.toggle("is-refused", problem !== null);
  };
  /** Another way in, such as a camera: its button, and what that opens. @param {{ button: HTMLElement, view: HTMLElement }} way */
  const add = (way) => {
    own.after(way.button);
    element.append(way.view);
  };
  return { update, take, reject, add };
}

/** What a reader must know before handing over a photograph, in a browser that falsifies colours. */
function canvasNote() {
  const error = canvasError();
  if (error === 0) return "";
  return error > MOST_CHANGED ? FALSIFIED : CHANGED_A_LITTLE;
}

function takenText({ name }, original, small, how) {
  const size = `${original.width} x ${original.height}`;
  const changed =
    original.width === small.width && original.height === small.height
      ? how
      : `shrunk to ${small.width} x ${small.height}, ${how}`;
  return `${name || "Your photograph"} is here: ${size} pixels, ${changed}.`;
}

function howText(hasKernel) {
  return `You can drop one on the lab or paste it here, too. ${hasKernel ? "It goes to your Python kernel and nowhere else." : "It stays in your browser and is sent nowhere."}`;
}

function ownText(hasKernel) {
  return hasKernel
    ? "Your photograph is in this lab and in your Python kernel. “Copy as Python” leaves it out."
    : "Your photograph stays in this browser. A copied link leaves it out.";
}

/** @param {HTMLElement} room @param {Taker & { hasKernel: boolean }} taker */
function listenForDrops(room, { take, reject, hasKernel, signal }) {
  const light = (/** @type {boolean} */ lit) => room.classList.toggle("is-drop", lit);
  const onDragOver = (/** @type {DragEvent} */ event) => {
    if (!carriesPicture(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    light(true);
  };
  const onDrop = (/** @type {DragEvent} */ event) => {
    light(false);
    if (!carriesPicture(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) take(file);
    else
      reject(
        "That was a link to a picture. This page loads nothing from elsewhere: save the picture, then drop the file.",
      );
  };
  room.addEventListener("dragover", onDragOver, { signal });
  room.addEventListener("dragleave", ({ relatedTarget }) => isWithin(room, relatedTarget) || light(false), { signal });
  room.addEventListener("drop", onDrop, { signal });
  if (!hasKernel) keepPageFromDrops(reject, signal); // a notebook takes files itself
}

/**
 * A file that misses the lab would take the page's place.
 * @param {Taker["reject"]} reject @param {AbortSignal} signal
 */
function keepPageFromDrops(reject, signal) {
  const isMissed = (/** @type {DragEvent} */ event) => {
    const isForField = isTextField(event.target) && !event.dataTransfer.types.includes("Files"); // a link as text
    return !event.defaultPrevented && carriesPicture(event) && !isForField;
  };
  const onDragOver = (/** @type {DragEvent} */ event) => isMissed(event) && event.preventDefault();
  const onDrop = (/** @type {DragEvent} */ event) => {
    if (!isMissed(event)) return; // of several labs, one speaks
    event.preventDefault();
    reject("That missed the lab. Drop a photograph on the lab itself: it shows a dashed frame then.");
  };
  document.addEventListener("dragover", onDragOver, { signal });
  document.addEventListener("drop", onDrop, { signal });
}

/** @param {DragEvent} event */
function carriesPicture({ dataTransfer }) {
  return dataTransfer.types.includes("Files") || dataTransfer.types.includes("text/uri-list");
}

/** @param {HTMLElement} room @param {EventTarget} target */
function isWithin(room, target) {
  return target instanceof Node && room.contains(target);
}

/** @param {HTMLElement} room @param {Taker} taker */
function listenForPastes(room, { take, signal }) {
  const onPaste = (/** @type {ClipboardEvent} */ event) => {
    const { files, types } = event.clipboardData;
    // A spreadsheet's copy is a number and a picture of it: in a box, it is the number.
    const isForField = isTextField(event.target) && types.includes("text/plain");
    if (files.length === 0 || isForField) return;
    event.preventDefault();
    take(files[0]);
  };
  room.addEventListener("paste", onPaste, { signal });
}

/**
 * Unpacks the photograph of the state whenever it is another one; `shown()` runs when it is ready.
 * One that can't be unpacked is refused, and the last good one comes back.
 * @param {Store} store
 * @param {{ refuse: (text: string) => void, shown: () => void, signal: AbortSignal }} options
 */
export function photographKeeper(store, { refuse, shown, signal }) {
  const keeper = { photograph: null, update };
  let wanted = null;
  let good = null;
  async function update({ photo }) {
    if (photo === wanted) return;
    wanted = photo;
    const unpacked = await photographOf(photo).catch(() => null);
    if (photo !== wanted || signal.aborted) return;
    if (unpacked === null) {
      if (good !== null) store.set({ photo: good }, { undoable: false });
      refuse("This photograph can't be shown: its data is damaged. The last good one stays.");
      return;
    }
    good = photo;
    keeper.photograph = unpacked;
    shown();
  }
  return keeper;
}
