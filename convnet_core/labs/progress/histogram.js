// The wrong answers that students met, as a picture of bars, with its words, and as a table.

import { choice, make, shape } from "../kit/dom.js";

/** @typedef {import("./reading.js").Met} Met */

const MOST = 12; // bars
const [ROW, WIDTH, BARS, LABEL] = [26, 640, 170, 390]; // pixels: a bar's row, the picture, the longest bar, where bars begin
const LETTERS = 52; // of a label

export function histogram() {
  const picture = make("div", { class: "pg-picture-box", tabindex: 0, role: "region", "aria-label": "Wrong answers as bars" });
  const rows = make("tbody");
  const heads = ["Chapter", "Answered", "To", "Students"].map((text) => make("th", { scope: "col", text }));
  const table = make("table", { class: "pg-met" }, [make("thead", {}, [make("tr", {}, heads)]), rows]);
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
    menu.replaceChildren(choice("Wrong answers of", options, show).element);
    show("all");
  };
  return { element, update };
}

/** @param {Met} met */
function rowView({ chapter, label, about, students, of }) {
  return make("tr", {}, [chapter, label, about, `${students} of ${of}`].map((text) => make("td", { text: String(text) })));
}

/** "2, question 4: “8”". */
const nameOf = ({ chapter, label, about }) => `${chapter}, ${about.split(":")[0]}: ${label}`;

/** @param {Met[]} met */
function bars(met) {
  const most = Math.max(...met.map(({ students }) => students));
  const words = met.map((one) => `${nameOf(one)}: ${one.students} of ${one.of}`).join("; ");
  const parts = met.flatMap(({ chapter, label, about, students, of }, at) => {
    const y = at * ROW;
    const name = nameOf({ chapter, label, about });
    const short = name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
    const length = Math.max(1, (BARS * students) / most);
    return [
      shape("text", { x: 0, y: y + 17 }, [short]),
      shape("rect", { x: LABEL, y: y + 4, width: length, height: ROW - 8, rx: 2 }),
      shape("text", { x: LABEL + length + 6, y: y + 17 }, [`${students} of ${of}`]),
    ];
  });
  const box = `0 0 ${WIDTH} ${met.length * ROW}`;
  return shape("svg", { viewBox: box, class: "pg-bars", role: "img", "aria-label": `Students who met each wrong answer: ${words}` }, parts);
}
