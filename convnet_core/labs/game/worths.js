// What each of the three actions is worth, as bars to both sides of 0, with the numbers.

import { make, setVariable, write } from "../kit/dom.js";
import { ACTION_NAMES, worth } from "./words.js";

export function worthBars() {
  const rows = ACTION_NAMES.map((name) => {
    const bar = make("span", { class: "cl-game-bar" });
    const [number, mark] = [make("span", { class: "cl-game-number" }), make("span", { class: "cl-game-best" })];
    const track = make("span", { class: "cl-game-track", "aria-hidden": "true" }, [bar]);
    const element = make("li", {}, [make("span", { text: name }), track, number, mark]);
    return { element, bar, number, mark };
  });
  const element = make(
    "ul",
    { class: "cl-game-worths", "aria-label": "What each action is worth" },
    rows.map((row) => row.element),
  );
  /** @param {number[]} worths @param {number} best */
  const update = (worths, best) => {
    const reach = Math.max(1, ...worths.map(Math.abs));
    rows.forEach((row, action) => {
      setVariable(row.bar, "--from", Math.min(0, worths[action]) / reach);
      setVariable(row.bar, "--length", Math.abs(worths[action]) / reach);
      row.bar.classList.toggle("cl-minus", worths[action] < 0);
      row.element.classList.toggle("is-best", action === best);
      write(row.number, worth(worths[action]));
      write(row.mark, action === best ? "taken" : "");
    });
  };
  return { element, update };
}
