// The teacher's page: makes the class link, reads codes, says who has solved what and which wrong answers were met. It
// asks no server, keeps nothing, and works from disk.

import { button, make } from "../kit/dom.js";
import { BAD_WORD, DISK_LINK, NO_ADDRESS, NOTHING, readSoFar, UNREAD_FILE } from "./class_words.js";
import { readStudent, readWord } from "./codes.js";
import { histogram } from "./histogram.js";
import { asQuestion, pictureTable } from "./own.js";
import { copyFrom, download, fillPart } from "./parts.js";
import { PROBLEM_WORDS } from "./problem_words.js";
import { problemFor } from "./problems.js";
import { asCsv, knownOf, metBy, read } from "./reading.js";
import { studentTable } from "./students.js";

/** @typedef {import("./kept.js").Chapter} Chapter */

/** @param {Record<string, any>} _ @param {Chapter[]} chapters */
export function openClass(_, chapters = /** @type {any} */ (window).convnetChapters) {
  const known = knownOf(chapters);
  const word = make("input", { class: "cl-number pg-word", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const refused = make("p", { class: "pg-refused", role: "status" });
  /** The class word; where it is none, null, and the reader is led to its box. */
  const theWord = () => {
    const read = readWord(word.value);
    word.setAttribute("aria-invalid", String(read === null));
    refused.textContent = read === null ? BAD_WORD : "";
    if (read === null) word.focus();
    return read;
  };
  fillPart("link", [linkMaker(word, refused, theWord)]);
  fillPart("codes", [reader(known, theWord)]);
  fillPart("own", [ownViewer(known, theWord)]);
}

const field = (/** @type {string} */ text, /** @type {HTMLElement} */ box, more = "") =>
  make("label", { class: `cl-field ${more}` }, [make("span", { text }), box]);

/** @typedef {() => string | null} TheWord  asks for the class word: see `openClass` */

/** @param {HTMLInputElement} word @param {HTMLElement} refused  where it is said that the word is none @param {TheWord} theWord */
function linkMaker(word, refused, theWord) {
  const address = make("input", { class: "cl-link", type: "url", autocomplete: "off", value: new URL("progress.html", location.href).href });
  const link = make("input", { class: "cl-link", readonly: true });
  const said = make("p", { class: "pg-said", role: "status" });
  const made = make("div", { hidden: true }, [field("The class link", link, "pg-wide"), button("Copy", () => copyFrom(link, said))]);
  const build = () => {
    made.hidden = true; // the link before is of another word or address
    const read = theWord();
    said.textContent = "";
    if (read === null) return;
    const page = address.value.trim().split("#")[0];
    if (!/^(https?|file):\/\/./.test(page)) {
      said.textContent = NO_ADDRESS;
      address.focus();
      return;
    }
    link.value = `${page}#class=${read}`;
    made.hidden = false;
    said.textContent = page.startsWith("file:") ? DISK_LINK : "";
  };
  word.addEventListener("keydown", ({ key, isComposing }) => key === "Enter" && !isComposing && build());
  return make("div", { class: "pg-stack" }, [
    make("div", { class: "cl-guess-form" }, [field("Class word", word)]),
    refused,
    field("Address of the progress page, as your class opens it", address, "pg-wide"),
    make("div", { class: "cl-buttons" }, [button("Make the link", build, { class: "cl-button cl-primary" })]),
    made,
    said,
  ]);
}

/** @param {import("./reading.js").Known[]} known @param {TheWord} theWord */
function reader(known, theWord) {
  const box = make("textarea", { class: "pg-paste", rows: 6, spellcheck: "false" });
  const file = make("input", { type: "file", accept: ".csv,.tsv,.txt,text/*", class: "pg-file" });
  const said = make("p", { class: "pg-said", role: "status" });
  const results = make("div", { hidden: true });
  const [table, bars, lists] = [studentTable(known), histogram(), make("div")];
  /** @type {import("./reading.js").Student[]} */
  let students = [];
  let word = ""; // with which they were read
  const save = button("Save the table as CSV", () => download(`${word}.csv`, asCsv(students, known, word), "text/csv"));
  results.append(lists, table.element, save, make("p", { class: "pg-head", text: "Wrong answers that were met" }), bars.element);
  const readAll = () => {
    const wanted = theWord();
    said.textContent = "";
    if (wanted === null) return;
    if (box.value.trim() === "") {
      said.textContent = NOTHING;
      return;
    }
    const reading = read(box.value, wanted, known);
    [students, word] = [reading.students, wanted];
    said.textContent = readSoFar(reading);
    lists.replaceChildren(
      ...(reading.bad.length > 0 ? [listOf("Codes that can't be read", reading.bad, true)] : []),
      ...(reading.without.length > 0 ? [listOf("Lines without a code", reading.without, false)] : []),
    );
    table.update(students);
    bars.update(metBy(students, known));
    results.hidden = false;
  };
  file.addEventListener("change", async () => {
    try {
      const text = await file.files[0]?.text();
      if (text === undefined) return;
      box.value = [box.value.trimEnd(), text].filter(Boolean).join("\n");
      readAll();
    } catch {
      said.textContent = UNREAD_FILE;
    }
    file.value = "";
  });
  return make("div", { class: "pg-stack" }, [
    field("Codes, with whatever stands around them", box, "pg-wide"),
    make("div", { class: "cl-guess-form" }, [button("Read the codes", readAll, { class: "cl-button cl-primary" }), field("Or add a file (CSV or text)", file)]),
    said,
    results,
  ]);
}

/** @param {string} title @param {{ line: number, text: string, reason?: string }[]} lines @param {boolean} isOpen */
function listOf(title, lines, isOpen) {
  const items = lines.map(({ line, text, reason }) =>
    make("li", {}, [`Line ${line}: `, make("code", { text }), ...(reason ? [` ${reason}.`.replace("?.", "?")] : [])]),
  );
  return make("details", { class: "pg-lines", open: isOpen }, [make("summary", { text: `${title}: ${lines.length}` }), make("ul", {}, items)]);
}

/** What one student is given, with the answers. @param {import("./reading.js").Known[]} known @param {TheWord} theWord */
function ownViewer(known, theWord) {
  const number = make("input", { class: "cl-number pg-word", autocomplete: "off" });
  const said = make("p", { class: "pg-said", role: "status" });
  const list = make("div");
  const show = () => {
    const word = theWord();
    said.textContent = "";
    if (word === null) return;
    const theNumber = readStudent(number.value);
    said.classList.toggle("pg-refused", theNumber === null);
    said.textContent = theNumber === null ? "Type a student number: 1 to 12 letters (a to z) and digits." : `The problems of number ${theNumber}.`;
    list.replaceChildren(...(theNumber === null ? [] : known.filter(({ own }) => own).map((chapter) => answersOf(chapter, word, theNumber))));
  };
  number.addEventListener("keydown", ({ key, isComposing }) => key === "Enter" && !isComposing && show());
  const form = make("div", { class: "cl-guess-form" }, [field("Student number", number), button("Show problems and answers", show)]);
  return make("div", { class: "pg-stack" }, [form, said, list]);
}

/** @param {import("./reading.js").Known} chapter @param {string} word @param {string} number */
function answersOf({ name, number: at, title }, word, number) {
  const made = problemFor(name, word, number);
  const slips = made.slips.map(([id, answer]) => make("li", { text: `${answer}: ${PROBLEM_WORDS[name].slips[id].name}` }));
  const { ask, reply } = asQuestion(name, made);
  return make("details", { class: "pg-chapter" }, [
    make("summary", {}, [make("span", { class: "pg-title", text: `${at}. ${title}: ${made.right}` })]),
    make("div", { class: "pg-pictures" }, made.pictures.map(pictureTable)),
    make("p", { text: ask }),
    make("p", {}, [make("strong", { text: made.right }), `. ${reply}`]),
    make("p", { text: "Wrong answers that are expected:" }),
    make("ul", {}, slips),
  ]);
}
