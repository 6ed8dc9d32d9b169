// The wrong answers that students met, as a picture of bars, with its words, and as a table.

import { choice, make, shape } from "../kit/dom.js";

/** @typedef {import("./reading.js").Met} Met */

const MOST = 12; // bars
const LONGEST = 75; // percent of the width: the longest bar, and room for its count
export function histogram() {
  const picture = make("div", { class: "pg-picture-box" });
  const rows = make("tbody");
  const heads = ["Chapter", "Answered", "To", "Students"].map((text) => make("th", { scope: "col", text }));
  const table = make("table", { class: "pg-met" }, [make("caption", { text: "All wrong answers that were met" }), make("thead", {}, [make("tr", {}, heads)]), rows]);
  const scroller = make("div", { class: "pg-scroll", tabindex: 0, role: "region", "aria-label": "All wrong answers" }, [table]);
  const fold = make("details", {}, [make("summary", { text: "All of them, as a table" }), scroller]);
  const menu = make("div");
  const element = make("div", {}, [menu, picture, fold]);
  /** @param {Met[]} met */
  const update = (met) => {
    const chapters = [...new Set(met.map(({ chapter }) => chapter))].sort((one, other) => one - other);
    const options = [["all", "all chapters"], ...chapters.map((number) => [String(number), `chapter ${number}`])];
    const show = (/** @type {string} */ which) => {
      const some = met.filter(({ chapter }) => which === "all" || String(chapter) === which);
      picture.replaceChildren(some.length > 0 ? bars(some.slice(0, MOST)) : make("p", { text: "No expected wrong answer was met." }));
      rows.replaceChildren(...some.map(rowView));
      fold.hidden = some.length === 0;
    };
    const chosen = choice("Wrong answers of", options, show);
    chosen.select.autocomplete = "off";
    menu.replaceChildren(chosen.element);
    show("all");
  };
  return { element, update };
}

/** @param {Met} met */
function rowView({ chapter, label, about, ask, students, of }) {
  const question = ask ? `${about}: ${ask}` : about;
  return make("tr", {}, [chapter, label, question, `${students} of ${of}`].map((text) => make("td", { text: String(text) })));
}

/** "Chapter 2, Quick questions, 1: “8”". @param {Met} met */
const nameOf = ({ chapter, label, about }) => `Chapter ${chapter}, ${about}: ${label}`;

/** A bar for each, behind its label or, on a narrow page, below it. @param {Met[]} met */
function bars(met) {
  const most = Math.max(...met.map(({ students }) => students));
  const words = met.map((one) => `${nameOf(one)}: ${one.students} of ${one.of}`).join("; ");
  const rows = met.map((one) => {
    const length = `${Math.max(1, (LONGEST * one.students) / most)}%`;
    const bar = shape("rect", { y: 2, width: length, height: 18, rx: 2 });
    const count = shape("text", { x: length, dx: 6, y: 16 }, [`${one.students} of ${one.of}`]);
    return make("div", { class: "pg-bar-row" }, [make("span", { text: nameOf(one) }), shape("svg", { height: 22 }, [bar, count])]);
  });
  return make("div", { class: "pg-bars", role: "img", "aria-label": `Students who met each wrong answer: ${words}` }, rows);
}
