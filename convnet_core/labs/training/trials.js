// Experiments beside the reader's own network, and the table of all networks that were tried.

import { button, make, write } from "../kit/dom.js";
import { ifChanged } from "../kit/frames.js";
import { percent } from "../kit/words.js";
import { laneShares, runs, SEEDS, sizesOf, STARTING } from "./derived.js";
import { heading } from "./heading.js";
import { raceText, sharesText } from "./words.js";

/** Several seeds, and wiggling against backprop. @param {HTMLElement} parent @param {(job: "seeds" | "race") => void} start */
export function experiments(parent, start) {
  const [shares, race] = [0, 1].map(() => make("p", { class: "cl-note" }));
  const bars = make("div", { class: "cl-training-race", "aria-hidden": "true" });
  const lanes = ["wiggling", "backprop"].map((text) => {
    const fill = make("span", { class: "cl-training-fill" });
    bars.append(make("span", { text }), fill);
    return fill;
  });
  parent.append(
    heading("Is it luck? Several seeds"),
    button(`Train ${SEEDS} seeds`, () => start("seeds")),
    shares,
    heading("Wiggling against backprop"),
    button("Start the race", () => start("race")),
    race,
    bars,
  );
  const draw = (state) => {
    write(
      shares,
      sharesText(state.shares) || `Trains ${SEEDS} networks from fresh weights of their own, 40 epochs each.`,
    );
    write(race, raceOf(state) || "Same fresh weights, one batch again and again, a second for each.");
    const parts = laneShares(state.race);
    bars.hidden = parts === null;
    lanes.forEach((fill, k) => fill.style.setProperty("--share", String(parts?.[k] ?? 0)));
  };
  const shown = (state) => [state.shares, state.race, sizesOf(state).parameters, state.batch, state.pictures];
  return { update: ifChanged(shown, draw) };
}

function raceOf(state) {
  return raceText(state.race, sizesOf(state).parameters, Math.min(state.batch, state.pictures));
}

const COLUMNS = ["features", "size", "window", "stride", "neurons", "numbers", "pictures", "rate", "epochs", "test"];

/** The table of all that was tried. @param {HTMLElement} parent */
export function triedTable(parent, store) {
  const body = make("tbody");
  const titles = COLUMNS.map((text) => make("th", { scope: "col", text }));
  const caption = make("caption", { text: "What you have tried" });
  const head = make("thead", {}, [make("tr", {}, titles)]);
  const table = make("table", { class: "convnet-numbers" }, [caption, head, body]);
  const empty = make("p", {
    class: "cl-note",
    text: "Each network that you train gets a row here. Pure chance would be 50%.",
  });
  const about = { tabindex: "0", role: "region", "aria-label": "Table of what you have tried" };
  const box = make("div", { class: "cl-training-table", ...about }, [table]);
  parent.append(heading("How many of each?"), empty, box);
  const isAllowed = (name, value) => store.refusal({ [name]: value }) === null;
  const draw = (state) => {
    const lines = runs(state, isAllowed).map(lineOf);
    box.hidden = lines.length === 0;
    showRows(body, lines);
  };
  const shown = (state) => [state.tried, state.history, state.rate, ...STARTING.map((name) => state[name])];
  return { update: ifChanged(shown, draw) };
}

/** Only the cells that say something else are written: while a network trains, that is two of a row. */
function showRows(body, lines) {
  while (body.rows.length > lines.length) body.lastChild.remove();
  while (body.rows.length < lines.length)
    body.append(
      make(
        "tr",
        {},
        COLUMNS.map(() => make("td")),
      ),
    );
  lines.forEach((line, row) => line.forEach((text, column) => write(body.rows[row].cells[column], text)));
}

function lineOf(run) {
  const { filters, size, window, stride, neurons, pictures, rate, epoch, share, isNow } = run;
  const numbers = sizesOf(run).parameters;
  const test = `${percent(share)}${isNow ? " (now)" : ""}`;
  return [filters, `${size}×${size}`, window, stride, neurons, numbers, pictures, rate, epoch, test].map(String);
}
