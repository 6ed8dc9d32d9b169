// The teacher's page: makes the class link, reads codes, says who has solved what and which wrong answers were met. It
// asks no server, keeps nothing, and works from disk.

import { button, make } from "../kit/dom.js";
import { linkMaker } from "./class_link.js";
import { added, BAD_NUMBER, IN_THE_BOX, isEmpty, noText, NOTHING, problemsOf, readSoFar, savedAs, UNREAD_FILE, wordRefused } from "./class_words.js";
import { readStudent, readWord } from "./codes.js";
import { field, say } from "./fields.js";
import { histogram } from "./histogram.js";
import { asQuestion, pictureTable } from "./own.js";
import { download, fillPart } from "./parts.js";
import { PROBLEM_WORDS } from "./problem_words.js";
import { problemFor } from "./problems.js";
import { asCsv, knownOf, metBy, read, textOf } from "./reading.js";
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
    say(refused, read === null ? wordRefused(word.value) : "");
    if (read === null) word.focus();
    return read;
  };
  fillPart("link", [linkMaker(word, refused, theWord, ["class", ...chapters.map(({ page }) => page)])]);
  fillPart("codes", [reader(known, theWord)]);
  fillPart("own", [ownViewer(known, theWord, word)]);
}

/** @typedef {() => string | null} TheWord  asks for the class word: see `openClass` */

/** @param {import("./reading.js").Known[]} known @param {TheWord} theWord */
function reader(known, theWord) {
  const box = make("textarea", { class: "pg-paste", rows: 6, autocomplete: "off", spellcheck: "false" });
  const file = make("input", { type: "file", accept: ".csv,.tsv,.txt,text/*", class: "pg-file" });
  const said = make("p", { class: "pg-said", role: "status" });
  const results = make("div", { hidden: true });
  const [table, bars, lists] = [studentTable(known), histogram(), make("div")];
  /** @type {import("./reading.js").Student[]} */
  let students = [];
  let word = ""; // with which they were read
  const saved = make("p", { class: "pg-said", role: "status" });
  const save = button("Save the table as CSV", () => {
    const [shown, name] = [table.shown(), `${word}.csv`];
    if (shown.students.length > 0) download(name, asCsv(shown.students, known, word, shown.kind), "text/csv");
    say(saved, savedAs(shown.students.length, students.length, name));
  });
  const head = make("h3", { class: "pg-head", text: "Wrong answers that were met" });
  results.append(lists, table.element, save, saved, head, bars.element);
  /** @param {{ name: string, text: string }} [file]  that was added to the box */
  const readAll = (file) => {
    const wanted = theWord();
    if (wanted === null) return say(said, file ? IN_THE_BOX : "");
    if (box.value.trim() === "") return say(said, NOTHING);
    const reading = read(box.value, wanted, known);
    [students, word] = [reading.students, wanted];
    const before = file ? `${added(file.name, read(file.text, wanted, known).codes)} ` : "";
    say(said, before + readSoFar(reading, wanted));
    say(saved, "");
    lists.replaceChildren(
      ...(reading.bad.length > 0 ? [listOf("Codes that can't be read", reading.bad, !reading.isOfOther)] : []),
      ...(reading.without.length > 0 ? [listOf("Lines without a code", reading.without, false)] : []),
    );
    table.update(students);
    bars.update(metBy(students, known));
    results.hidden = false;
  };
  const add = (/** @type {string} */ name, /** @type {string | null} */ text) => {
    if (text === null) return say(said, noText(name));
    if (text.trim() === "") return say(said, isEmpty(name));
    box.value = [box.value.trimEnd(), text].filter(Boolean).join("\n");
    readAll({ name, text });
  };
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (chosen) await chosen.arrayBuffer().then((content) => add(chosen.name, textOf(content)), () => say(said, UNREAD_FILE));
    file.value = "";
  });
  return make("div", { class: "pg-stack" }, [
    field("Codes, with whatever stands around them", box, "pg-wide"),
    make("div", { class: "cl-guess-form" }, [button("Read the codes", () => readAll(), { class: "cl-button cl-primary" }), field("Or add a file (CSV or text)", file)]),
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

/**
 * What one student is given, with the answers.
 * @param {import("./reading.js").Known[]} known @param {TheWord} theWord @param {HTMLElement} wordBox
 */
function ownViewer(known, theWord, wordBox) {
  const number = make("input", { class: "cl-number pg-word", autocomplete: "off" });
  const said = make("p", { class: "pg-said", role: "status" });
  const list = make("div");
  const show = () => {
    const word = theWord();
    if (word === null) return drop();
    const theNumber = readStudent(number.value);
    said.classList.toggle("pg-refused", theNumber === null);
    say(said, theNumber === null ? BAD_NUMBER : problemsOf(theNumber));
    list.replaceChildren(...(theNumber === null ? [] : known.filter(({ own }) => own).map((chapter) => answersOf(chapter, word, theNumber))));
  };
  /** What is shown is of another word or number. */
  const drop = () => {
    say(said, "");
    list.replaceChildren();
  };
  for (const box of [wordBox, number]) box.addEventListener("input", drop);
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
