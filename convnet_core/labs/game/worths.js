// What each of the three actions is worth, as bars to both sides of 0, with the numbers.

import { make, setVariable, write } from "../kit/dom.js";
import { bestAction } from "../mirror/game.js";
import { ACTION_NAMES, TOO_HIGH, worth } from "./words.js";

const MOST = 1; // point that a ball can bring
const SHOWN = 0.005; // above it, a worth is written as more

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
  const high = make("p", { class: "cl-note", text: TOO_HIGH, hidden: true });
  /** The net of which the sentence above holds, or may hold. @type {import("./derived.js").Judge | null} */
  let told = null;
  /** What stands here once stands while it is the same net: a sentence that comes and goes with each step can't be read. */
  const tellHigh = (game, { judge, worths, isOver }) => {
    const isHigh = game !== "breakout" && !isOver && Math.max(...worths) > MOST + SHOWN;
    if (isHigh || told !== judge) high.hidden = !isHigh;
    told = judge;
  };
  /** After the end of a game there are none. @param {string} game @param {ReturnType<import("./watching.js").Watching["now"]>} now */
  const update = (game, now) => {
    const { worths, isOver } = now;
    tellHigh(game, now);
    element.classList.toggle("is-over", isOver);
    const best = bestAction(worths);
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
  return { elements: [element, high], update };
}
