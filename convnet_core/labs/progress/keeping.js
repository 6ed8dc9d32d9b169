// Export, import and erase: all that the book keeps in this browser.

import { button, make } from "../kit/dom.js";
import { collected, copied, erase, isAnother, merged, readFile, restore, written } from "./merge.js";
import { download } from "./parts.js";
import { ERASE_ASKS, ERASED, exported, isBack, isIn, isOut, NOT_WRITTEN, notRead, UNREAD_FILE } from "./words.js";

const FILE = "my-progress.json";

/**
 * @param {import("./kept.js").Shelf} shelf @param {string} root
 * @param {{ isRight: import("./merge.js").Judge, count: () => number, onchange: () => void }} page
 *   how many are solved, and what to do when that may have changed
 */
export function keeping(shelf, root, { isRight, count, onchange }) {
  const said = make("p", { class: "pg-said", role: "status" });
  /** @type {[string, string][] | null} */
  let before = null;
  let undone = isBack; // what is said of it
  const undo = button("Undo", () => {
    restore(shelf, root, before);
    onchange();
    file.focus();
    undo.hidden = true;
    said.textContent = undone(count()); // the last that is said
  }, { hidden: true });
  const changed = (/** @type {[string, string][]} */ was, /** @type {string} */ words, /** @type {(solved: number) => string} */ back) => {
    [before, undone] = [was, back];
    undo.hidden = false;
    onchange();
    said.textContent = words;
  };
  const take = (/** @type {string} */ text) => {
    try {
      const came = readFile(text);
      const [was, solved, here] = [copied(shelf, root), count(), collected(shelf, root)];
      const whose = isAnother(here.own, came.own) ? { theirs: came.own, mine: here.own } : null;
      if (!written(shelf, root, merged(here, came, isRight))) said.textContent = NOT_WRITTEN;
      else changed(was, isIn(solved, count(), whose), isOut);
    } catch (problem) {
      said.textContent = notRead(problem.message);
    }
  };
  const file = make("input", { type: "file", accept: ".json,application/json", class: "pg-file" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (chosen) await chosen.text().then(take, () => (said.textContent = UNREAD_FILE));
    file.value = ""; // the same file may be chosen again
  });
  const asked = make("div", { class: "pg-ask", hidden: true, role: "group", "aria-label": "Erase?", "aria-describedby": "pg-erases" });
  asked.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  const close = () => {
    asked.hidden = true;
    start.focus();
  };
  const start = button("Erase …", () => {
    asked.hidden = false;
    no.focus();
  });
  const no = button("Keep all", close);
  const yes = button("Erase all of it", () => {
    const was = copied(shelf, root);
    erase(shelf, root);
    close();
    changed(was, ERASED, isBack);
    undo.focus();
  });
  asked.append(make("p", { id: "pg-erases", text: ERASE_ASKS }), make("div", { class: "cl-buttons" }, [no, yes]));
  const save = button("Export a file", () => {
    download(FILE, JSON.stringify(collected(shelf, root)));
    said.textContent = exported(FILE);
  });
  const element = make("div", {}, [
    make("div", { class: "cl-buttons pg-keeping" }, [save, make("label", { class: "cl-field" }, [make("span", { text: "Import a file" }), file]), start, undo]),
    asked,
    said,
  ]);
  return { element };
}
