// The table of students and chapters: sorted by a press on a heading, narrowed by a text.

import { choice, make } from "../kit/dom.js";
import { COUNT, COUNTED, studentsShown } from "./class_words.js";
import { byNumber, solvedBy } from "./reading.js";

/** @typedef {import("./reading.js").Student} Student @typedef {import("./reading.js").Known} Known @typedef {import("./reading.js").Kind} Kind */
/** @typedef {{ number: string, cells: ({ done: number, all: number } | null)[], sum: number, all: number }} Row  null where no code came */

/** @param {Known[]} known */
export function studentTable(known) {
  const head = make("tr");
  const body = make("tbody");
  const count = make("p", { class: "cl-note", role: "status" });
  const filter = make("input", { class: "cl-number", type: "search", autocomplete: "off" });
  /** @type {Row[]} */
  let shown = [];
  /** @type {Row[]} */
  let rows = [];
  /** @type {Student[]} */
  let students = [];
  /** @type {Kind} */
  let kind = "all";
  let sorted = { by: 0, down: false }; // 0: the number; 1: the sum; then the chapters
  const columns = ["Student", "All", ...known.map(({ number }) => String(number))];
  const heads = columns.map((text, at) => {
    const title = at < 2 ? null : `Chapter ${known[at - 2].number}: ${known[at - 2].title}`;
    const press = make("button", { type: "button", class: "pg-sort", text, title, "aria-label": title, onclick: () => sortBy(at) });
    return make("th", { scope: "col" }, [press]);
  });
  head.append(...heads);

  const valueOf = (row, by) => (by === 1 ? row.sum : (row.cells[by - 2]?.done ?? -1));
  const sortBy = (/** @type {number} */ by) => {
    sorted = { by, down: sorted.by === by ? !sorted.down : by > 0 };
    show();
  };
  const show = () => {
    const { by, down } = sorted;
    const wanted = filter.value.trim().toUpperCase();
    shown = rows.filter(({ number }) => number.includes(wanted));
    const compare = (one, other) => (by === 0 ? byNumber(one.number, other.number) : valueOf(one, by) - valueOf(other, by));
    shown.sort((one, other) => (down ? compare(other, one) : compare(one, other)));
    heads.forEach((cell, at) => (at === by ? cell.setAttribute("aria-sort", down ? "descending" : "ascending") : cell.removeAttribute("aria-sort")));
    body.replaceChildren(...shown.map(rowView));
    count.textContent = studentsShown(shown.length, rows.length);
  };
  filter.addEventListener("input", show);

  const table = make("table", { class: "pg-students" }, [make("caption", { text: "Solved, by student and chapter" }), make("thead", {}, [head]), body]);
  const scroller = make("div", { class: "pg-scroll", tabindex: 0, role: "region", "aria-label": "Students and chapters" }, [table]);
  const field = make("label", { class: "cl-field" }, [make("span", { text: "Student numbers with" }), filter]);
  const fill = () => {
    rows = rowsOf(students, known, kind);
    show();
  };
  const menu = choice(COUNT, Object.entries(COUNTED), (chosen) => {
    kind = /** @type {Kind} */ (chosen);
    fill();
  });
  menu.select.autocomplete = "off"; // on the way back, a browser would choose again what nothing here counts by
  const update = (/** @type {Student[]} */ read) => {
    students = read;
    fill();
  };
  /** What stands in the table now, as it stands there. */
  const inSight = () => ({ students: shown.map(({ number }) => students.find((one) => one.number === number)), kind });
  return { element: make("div", {}, [make("div", { class: "cl-guess-form" }, [menu.element, field]), count, scroller]), update, shown: inSight };
}

/** What is told of each student. @param {Student[]} students @param {Known[]} known @param {Kind} kind @returns {Row[]} */
function rowsOf(students, known, kind) {
  const all = known.reduce((sum, chapter) => sum + solvedBy(chapter, undefined, kind).all, 0);
  return students.map(({ number, chapters }) => {
    const cells = known.map((chapter) => (chapters.has(chapter.number) ? solvedBy(chapter, chapters.get(chapter.number), kind) : null));
    return { number, cells, all, sum: cells.reduce((sum, cell) => sum + (cell?.done ?? 0), 0) };
  });
}

/** A student's row. Where no code came, or there is nothing to count, the cell is empty. */
function rowView(/** @type {Row} */ { number, cells, sum, all }) {
  const shares = cells.map((cell) => {
    if (!cell || cell.all === 0) return make("td");
    const { done, all: whole } = cell;
    return make("td", { class: done === whole ? "is-whole" : `is-part-${Math.floor((4 * done) / whole)}`, text: `${done}/${whole}` });
  });
  return make("tr", {}, [make("th", { scope: "row", text: number }), make("td", { text: `${sum}/${all}` }), ...shares]);
}
