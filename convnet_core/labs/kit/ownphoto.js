// How a reader's own photograph gets into a lab: from a file, by drop or by paste. What is no picture
// is refused with a reason, and the photograph that was there stays.

import { button, make } from "./dom.js";
import { photographOf, readPhotograph } from "./photo.js";

const ACCEPTED = "image/png,image/jpeg,image/gif,image/webp";

/**
 * The buttons, and the ears for drop and paste.
 * @param {{ room: HTMLElement, store: Store, hasKernel: boolean, inColour?: boolean, say: Function, refuse: Function,
 *           signal: AbortSignal }} options
 *   room: where a drop or a paste counts; inColour: whether colours are kept
 */
export function photographTaker(parent, { room, store, hasKernel, inColour = false, say, refuse, signal }) {
  let turn = 0; // of two files at once, the later one counts
  let problem = null; // also said beside the button: the lab's status line may be out of sight
  const reject = (reason) => {
    problem = `${reason} The photograph stays as it was.`;
    update(store.state);
    refuse(problem);
  };
  const take = async (file) => {
    const own = (turn += 1);
    problem = null;
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
  const back = button("Back to the first photograph", () => {
    own.focus(); // before this button hides
    problem = null;
    store.set({ photo: store.initial.photo });
  });
  const note = make("p", { class: "cl-note" });
  const buttons = make("div", { class: "cl-buttons" }, [own, back]);
  parent.append(make("div", { class: "cl-photo-tools" }, [input, buttons, note]));
  listenForDrops(room, { take, reject, signal });
  listenForPastes(room, { take, signal });

  const update = ({ photo }) => {
    const isOwn = photo !== store.initial.photo;
    back.hidden = !isOwn;
    note.textContent = problem ?? (isOwn ? ownText(hasKernel) : howText(hasKernel));
    note.classList.toggle("is-refused", problem !== null);
  };
  return { update };
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

function listenForDrops(room, { take, reject, signal }) {
  const on = (type, handler) => room.addEventListener(type, handler, { signal });
  const carries = ({ dataTransfer }) =>
    dataTransfer.types.includes("Files") || dataTransfer.types.includes("text/uri-list");
  const light = (lit) => room.classList.toggle("is-drop", lit);
  on("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    light(true);
  });
  on("dragleave", (event) => {
    if (!room.contains(event.relatedTarget)) light(false);
  });
  on("drop", (event) => {
    light(false);
    if (!carries(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) take(file);
    else
      reject(
        "That was a link to a picture. This page loads nothing from elsewhere: save the picture, then drop the file.",
      );
  });
}

function listenForPastes(room, { take, signal }) {
  room.addEventListener(
    "paste",
    (event) => {
      const [file] = event.clipboardData.files;
      if (!file) return; // text, for a number box
      event.preventDefault();
      take(file);
    },
    { signal },
  );
}

/**
 * Unpacks the photograph of the state whenever it is another one; `shown()` runs when it is ready.
 * One that can't be unpacked is refused, and the last good one comes back.
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
