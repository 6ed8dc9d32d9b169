// Makes the cells of a page that can be run what they are. What runs them is loaded when the first one is.

import { cell } from "./cell.js";
import { allKept } from "./kept.js";
import { button, headingOf, make } from "./make.js";
import { runner } from "./runner.js";
import { solvedSoFar, TRY } from "./words.js";

const run = runner(JSON.parse(document.currentScript.dataset.files));

/** @param {string} kind @returns {HTMLElement[]} */
const all = (kind) => [...document.querySelectorAll(/** @type {"div"} */ (`.py-${kind}`))];

/** How many exercises are solved, behind the first words under their heading. @param {HTMLElement[]} exercises */
function counter(exercises) {
  const line = make("span", { className: "py-count" });
  const heading = document.querySelector("#exercises > :is(h2, h3)");
  const words = heading?.nextElementSibling;
  if (words?.matches("p")) words.append(" ", line);
  else heading?.after(line);
  return () => {
    const kept = allKept();
    line.textContent = solvedSoFar(exercises.filter(({ id }) => kept[id]?.solved).length, exercises.length);
  };
}

/** A cell whose numbers invite a change becomes an editor when the reader wants it. @param {HTMLElement} element */
function tryOne(element) {
  const open = () => {
    line.remove();
    return cell(element, run, { isExercise: false });
  };
  const start = button(TRY, () => open().focus());
  start.setAttribute("aria-label", `${TRY}: ${headingOf(element)}`);
  const line = make("div", { className: "py-tools is-corner" }, [start]);
  element.querySelector(".cell_input").after(line);
  if (allKept()[element.id]?.text !== undefined) open();
}

const exercises = all("exercise");
if (exercises.length > 0) {
  const count = counter(exercises);
  for (const element of exercises) cell(element, run, { isExercise: true, onsolved: count });
  count();
}
for (const element of all("try")) tryOne(element);
