// A quiet mark beside each chapter in the contents: how much of it is done. Where the reader has done nothing yet, this
// module is not even loaded (book/_static/progress.js).

import { make, shape } from "../kit/dom.js";
import { countOf, doneOf, rootOf, shelfOf } from "./kept.js";

/** @typedef {import("./kept.js").Chapter} Chapter */

/** @param {Record<string, any>} _ @param {Chapter[]} chapters */
export function markContents(_, chapters = /** @type {any} */ (window).convnetMarks) {
  const shelf = shelfOf();
  if (!shelf) return;
  for (const chapter of chapters) {
    const count = countOf(doneOf(shelf, rootOf(), chapter));
    if (count.done === 0) continue;
    for (const place of placesOf(chapter.page)) place.append(mark(count));
  }
}

/** The links to a chapter in the contents, and what the first page's list says of it. @param {string} page @returns {HTMLElement[]} */
function placesOf(page) {
  const file = `a[href$="${page}.html"]`;
  const own = location.pathname.replace(/\.html$/, "").endsWith(`/${page}`) ? ', .bd-links .current > a[href="#"]' : "";
  const links = [...document.querySelectorAll(/** @type {"a"} */ (`.bd-links ${file}${own}`))];
  const listed = [...document.querySelectorAll(/** @type {"a"} */ (`.bd-article ol > li > p > ${file}:first-child`))];
  return [...links, ...listed.map((link) => link.parentElement)];
}

const AROUND = 2 * Math.PI * 3;

/** A small pie, and its words. @param {{ done: number, all: number }} count */
function mark({ done, all }) {
  const ring = { cx: 6, cy: 6, r: 5.25, class: "done-ring" };
  const pie = { cx: 6, cy: 6, r: 3, class: "done-pie", "stroke-dasharray": `${(AROUND * done) / all} ${AROUND}` };
  const tick = shape("path", { d: "M2.5 6.5 5 9 9.5 3.5", class: "done-tick" });
  const inside = done === all ? [tick] : [shape("circle", ring), shape("circle", pie)];
  return make("span", { class: "done-mark", title: `${done} of ${all} solved here` }, [
    shape("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, inside),
    make("span", { class: "done-words", text: ` (${done} of ${all} solved)` }),
  ]);
}
