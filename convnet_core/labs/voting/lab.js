// Chapter 7's lab: the pooled numbers as one list, and the vote of each as a line. A weight is edited, the verdict moves.

import { lab } from "../kit/card.js";
import { captionedGrid, presetMenu, valueBox } from "../kit/controls.js";
import { button, checkbox, make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { probability } from "../kit/words.js";
import { truncated } from "../mirror/printing.js";
import {
  current,
  FEATURES,
  fooledSoFar,
  isFooled,
  isOneEnough,
  isSwapped,
  LETTERS,
  oneSoFar,
  swappedSoFar,
} from "./derived.js";
import { pixelHelp } from "./help.js";
import { LEGEND, mapAndWeights, smallGrids, valueList, votes, weightBoxes } from "./views.js";
import { explained, leadText, whatChanged } from "./words.js";

const [LOW, HIGH] = [-1, 2]; // the ends of a bar of votes

export default lab({
  task: "Each value of the list votes for X and for O. A thick line is a large weight. Draw on the picture, or choose a value and edit its weights, and watch the verdict.",
  challenges: {
    fooled: { solved: isFooled, progress: fooledSoFar },
    swapped: { solved: isSwapped, progress: swappedSoFar },
    one: { solved: isOneEnough, progress: oneSoFar },
  },
  build,
});

function build({ stage, store, say, refuse, signal }) {
  const { presets } = store;
  const top = make("div", { class: "cl-columns cl-voting-top" });
  const account = make("p", { class: "cl-voting-account" });
  const bar = make("div", { class: "cl-voting-bar" }, [account]);
  const net = make("div", { class: "cl-voting-net" });
  stage.classList.add("cl-voting");
  stage.append(top, bar, net, make("p", { class: "cl-note cl-voting-legend", text: LEGEND }));

  const pointer = pointing(store, account);
  const [left, right] = ["cl-voting-picture", "cl-voting-verdict"].map((name) => side(top, name));
  weightBoxes(bar, store, pointer, refuse);
  const parts = [
    picture(left, store, pointer, { refuse, signal }),
    verdict(right, store),
    ...FEATURES.map((_, feature) => mapAndWeights(net, feature, store, pointer, { refuse, signal })),
    valueList(net, pointer, signal),
    votes(net, store, pointer, signal),
    smallGrids(stage, store, { refuse, signal }),
  ];
  const help = pixelHelp(right, store, { onPoint: pointer.at, onLeave: pointer.leave, say, signal });
  const update = (state, before) => {
    const now = current(state, presets);
    for (const part of parts) part.update(state, now);
    pointer.update();
    if (before) help.outdate();
    const text = before ? whatChanged(before, state, presets) : "";
    if (text) say(text);
  };
  return { update, reset: help.reset };
}

/** What is pointed at, shown everywhere at once; and the value that was chosen last, whose weights are in the boxes. */
function pointing(store, account) {
  const shown = [];
  let point = null;
  const pointer = { chosen: 0 };
  pointer.update = () => {
    pointer.text = point?.text ?? explained(store.state, store.presets, point);
    write(account, pointer.text);
    for (const show of shown) show(point);
  };
  pointer.at = (next) => {
    point = next;
    pointer.update();
  };
  pointer.leave = () => pointer.at(null);
  /** `show(point)` runs whenever the reader points at something else, or at nothing. */
  pointer.shows = (show) => shown.push(show);
  /** A grid of values: `valueOf(row, column)` is the place in the list, `cellOf(value)` the way back. */
  pointer.attach = (grid, valueOf, cellOf) => {
    grid.onPoint((row, column) => pointer.at({ value: valueOf(row, column) }));
    grid.onLeave(pointer.leave);
    grid.onSelect((row, column) => {
      pointer.chosen = valueOf(row, column);
      pointer.update();
    });
    pointer.shows((at) => {
      const cell = cellOf(at?.value);
      grid.mark("chosen", cell ? [cell] : []);
      if (cell) grid.describe(...cell, pointer.text);
    });
  };
  return pointer;
}

function picture(parent, store, pointer, { refuse, signal }) {
  const grid = captionedGrid(parent, "Image", { kind: "ink", editable: true, signal });
  const clear = button("Clear", () => store.set({ image: store.presets.image.blank }));
  sets({ image: [grid, clear] });
  const box = valueBox([grid], refuse);
  grid.block.append(make("div", { class: "cl-controls" }, [box.element, clear]));
  grid.onEdit(({ values, group }) => store.set({ image: values }, { group }));
  grid.onRefuse(refuse);
  grid.onPoint((row, column) => pointer.at({ pixel: [row, column] }));
  grid.onLeave(pointer.leave);
  pointer.shows((at) => grid.mark("chosen", at?.places ?? (at?.pixel ? [at.pixel] : [])));
  const update = ({ image }) => {
    grid.show(image);
    box.update();
  };
  return { update };
}

/** Who wins, as votes and as probabilities; what to try. */
function verdict(parent, store) {
  const said = make("strong");
  const margin = make("span", { class: "cl-note" });
  const rows = LETTERS.map((letter) => {
    const [vote, share] = [valueBar(), valueBar()];
    const name = make("th", { scope: "row", text: letter });
    return { vote, share, element: make("tr", {}, [name, vote.element, share.element]) };
  });
  const heads = ["", "vote", "probability"].map((text) => (text ? make("th", { scope: "col", text }) : make("td")));
  const table = make("table", { class: "cl-voting-table", "aria-label": "The verdict" }, [
    make("tr", {}, heads),
    ...rows.map(({ element }) => element),
  ]);
  const letters = presetMenu("Picture", store.presets.image, (image) => store.set({ image }));
  const weights = presetMenu("Weights", store.presets.weights, (values) => store.set({ weights: values }));
  const hidden = checkbox("Hidden units between", (isOn) => store.set({ hidden: isOn }));
  sets({ image: letters, weights, hidden });
  parent.append(
    make("p", { class: "cl-voting-answer" }, ["It says ", said, " ", margin]),
    table,
    make("p", { class: "cl-note", text: "Thin lines in the vote column: 0 and 1." }),
    make("div", { class: "cl-controls" }, [letters.element, weights.element, hidden.element]),
  );
  const update = (state, now) => {
    write(said, `${now.answer}.`);
    write(margin, leadText(now));
    rows.forEach(({ vote, share, element }, letter) => {
      vote.show(now.votes[letter], truncated(now.votes[letter]), LOW, HIGH);
      share.show(now.shares[letter], probability(now.shares[letter]), 0, 1);
      element.classList.toggle("is-ahead", LETTERS[letter] === now.answer);
    });
    letters.show(state.image);
    weights.show(state.weights);
    weights.element.hidden = state.hidden;
    hidden.show(state.hidden);
  };
  return { update };
}

/** A number in a cell of a table, with a bar that starts at 0. */
function valueBar() {
  const fill = make("span", { class: "cl-voting-fill" });
  const number = make("span", { class: "cl-voting-number" });
  const track = make("span", { class: "cl-voting-track", "aria-hidden": "true" }, [fill]);
  const element = make("td", {}, [make("span", { class: "cl-voting-value" }, [track, number])]);
  const show = (value, text, low, high) => {
    const share = (at) => (Math.max(low, Math.min(high, at)) - low) / (high - low);
    fill.style.setProperty("--from", Math.min(share(0), share(value)).toFixed(3));
    fill.style.setProperty("--share", Math.abs(share(value) - share(0)).toFixed(3));
    track.classList.toggle("is-votes", low < 0);
    write(number, text);
  };
  return { element, show };
}

function side(parent, name) {
  return parent.appendChild(make("div", { class: `cl-side ${name}` }));
}
