// Chapter 0's lab: draw, and a whole toy network answers, stage by stage. Each number shows what it comes from.

import { lab } from "../kit/card.js";
import { captionedGrid, presetMenu, valueBox } from "../kit/controls.js";
import { button, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { miniature } from "../kit/miniature.js";
import { presetOf, same } from "../kit/state.js";
import { shift } from "../mirror/pictures.js";
import { plain, truncated } from "../mirror/printing.js";
import {
  current,
  fooledSoFar,
  inverted,
  isFooled,
  isMisplaced,
  isSurer,
  labelsOf,
  largestVote,
  LETTERS,
  mirrored,
  networkOf,
  networks,
  PARTS,
  sourcesOf,
  STAGES,
  surerSoFar,
  targetsOf,
} from "./derived.js";
import { shelf } from "./shelf.js";
import { chapterLink, inkDrawing, stageHeadings, voteBars } from "./views.js";
import { explained, lead, MOVES, origin, printed, summed, title, whatChanged } from "./words.js";

const CAPTIONS = { map: "map", relu: "map after ReLU", pooled: "map pooled", votes: "votes" };
const LEAST_FULL = 0.3; // a contribution as large as this has the full colour, unless there are larger ones

export default lab({
  task: "Draw on the picture: click a pixel, or hold and drag. All the rest answers at once. Point at any number to see what it comes from, back to the pixels.",
  challenges: {
    fooled: { solved: isFooled, progress: fooledSoFar },
    surer: { solved: isSurer, progress: surerSoFar },
    misplaced: { solved: isMisplaced },
  },
  build,
});

function build({ stage, store, hasKernel, say, refuse, signal }) {
  const top = make("div", { class: "cl-columns cl-playground-top" });
  const account = make("p", { class: "cl-playground-account" });
  const net = make("div", { class: "cl-playground-net" });
  stage.classList.add("cl-playground");
  stage.append(top, account, net);

  const lights = pointer(store, account);
  const image = picture(top, store, { say, refuse, hasKernel, signal });
  const answer = verdict(top, store, lights, { refuse, signal });
  const headings = stageHeadings(hasKernel);
  net.append(headings.element);
  const rows = store.state.features.map((_, feature) => featureRow(net, feature, lights, signal));
  const sum = net.appendChild(make("p", { class: "cl-playground-sum" }));
  lights.attach(image.grid, "image", null);

  const update = (state, before) => {
    const now = current(state);
    image.update(state);
    answer.update(state, now);
    headings.update(state);
    for (const row of rows) row.update(state, now);
    sum.textContent = summed(state, now);
    lights.update();
    const text = before ? whatChanged(before, state, store.presets) : "";
    if (text) say(text);
  };
  return { update };
}

function picture(parent, store, { say, refuse, hasKernel, signal }) {
  const side = make("div", { class: "cl-side cl-playground-picture" });
  parent.append(side);
  const grid = captionedGrid(side, "Image", { kind: "ink", editable: true, signal });
  grid.caption.replaceChildren(chapterLink("Image", "01_pictures.html", hasKernel));
  sets({ image: grid });
  const box = valueBox([grid], refuse);
  const put = (image) => store.set({ image });
  const moves = MOVES.map(([text, label, down, right]) =>
    button(text, () => put(shift(store.state.image, down, right)), { "aria-label": label, title: label }),
  );
  const clear = button("Clear", () => put(store.presets.image.blank));
  const invert = button("Invert", () => put(inverted(store.state.image)));
  const mirror = button("Mirror", () => {
    const image = mirrored(store.state.image);
    if (same(image, store.state.image)) say("In the mirror it is the same picture.");
    else put(image);
  });
  const tools = [clear, ...moves, mirror, invert];
  sets({ image: tools });
  side.append(make("div", { class: "cl-buttons" }, tools), box.element);
  grid.onEdit(({ values, group }) => store.set({ image: values }, { group }));
  grid.onRefuse(refuse);
  const update = (state) => {
    grid.show(state.image);
    box.update();
  };
  return { grid, update };
}

/** The answer, the two votes, samples to try, and the network that answers. */
function verdict(parent, store, lights, { refuse, signal }) {
  const said = make("strong");
  const margin = make("span", { class: "cl-note" });
  const bars = voteBars((letter) => store.set({ shown: LETTERS[letter] }, { undoable: false }), lights, signal);
  const samples = sampleButtons(store);
  const own = shelf(store, refuse);
  const network = presetMenu("Network", networks(store.presets), (parts) => store.set(parts));
  sets({ image: samples, "features feature_bias weights bias": network });
  const side = make("div", { class: "cl-side cl-playground-verdict" }, [
    make("p", { class: "cl-playground-answer" }, ["It says ", said, " ", margin]),
    bars.element,
    samples.element,
    ...own.elements,
    network.element,
  ]);
  parent.append(side);
  let known = null;
  let largest = 0;
  const update = (state, now) => {
    if (!known || PARTS.some((part) => known[part] !== state[part])) {
      known = networkOf(state);
      largest = largestVote(state, store.presets);
      network.show(known);
    }
    said.textContent = `${now.answer}.`;
    margin.textContent = lead(now);
    bars.update(now, largest);
    samples.update(state);
    own.update(state);
  };
  return { update };
}

function sampleButtons(store) {
  const { image: presets } = store.presets;
  const buttons = Object.entries(presets).map(([name, values]) => {
    const load = () => store.set({ image: values });
    const drawn = make("button", { type: "button", class: "cl-playground-sample", onclick: load });
    drawn.append(inkDrawing(values), make("span", { text: name }));
    return { name, drawn };
  });
  const element = make(
    "div",
    { class: "cl-playground-samples", "data-step": "choice", role: "group", "aria-label": "Pictures to try" },
    buttons.map(({ drawn }) => drawn),
  );
  const update = ({ image }) => {
    const shown = presetOf(presets, image);
    for (const { name, drawn } of buttons) drawn.setAttribute("aria-pressed", String(name === shown));
  };
  return { element, update };
}

/** One feature, and its way through the network: its map, that after ReLU, pooled, and what it votes. */
function featureRow(parent, feature, lights, signal) {
  const head = make("div", { class: "cl-playground-head" });
  const row = make("div", { class: "cl-playground-row" }, [head]);
  parent.append(row);
  const itself = captionedGrid(head, `Feature ${feature + 1}`, { signal });
  lights.attach(itself, "feature", feature);
  const glyph = head.appendChild(make("span", { class: "cl-playground-glyph", "aria-hidden": "true" }));
  const name = head.appendChild(make("span"));
  const bias = head.appendChild(make("span", { class: "cl-note" }));
  const grids = STAGES.map((stage) => {
    const options = { print: printed, more: (r, c) => origin(stage, r, c), signal };
    const grid = captionedGrid(row, CAPTIONS[stage], options);
    grid.block.classList.add(`cl-playground-${stage}`);
    lights.attach(grid, stage, feature);
    return grid;
  });
  const part = grids.at(-1).block.appendChild(make("p", { class: "cl-playground-part" }));

  const call = (label, heading) => {
    head.className = `cl-playground-head${label.glyph ? ` cl-playground-${label.name}` : ""}`;
    glyph.textContent = label.glyph;
    name.textContent = label.name;
    itself.label = `${heading} itself`;
    STAGES.forEach((stage, which) => {
      grids[which].label = `${heading} ${CAPTIONS[stage]}`;
      grids[which].caption.textContent = `${heading} ${CAPTIONS[stage]}`;
    });
  };
  let drawn = null;
  const update = (state, now) => {
    if (drawn !== state.features) {
      drawn = state.features;
      call(labelsOf(state)[feature], title(state, feature));
    }
    itself.show(drawn[feature], { full: Math.max(LEAST_FULL, ...drawn[feature].flat().map(Math.abs)) });
    bias.textContent = `bias ${plain(state.feature_bias[feature])}`;
    const largest = Math.max(LEAST_FULL, ...now.votes.flat(2).map(Math.abs));
    STAGES.forEach((stage, which) => {
      grids[which].show(now[stage][feature], { full: stage === "votes" ? largest : 1 });
    });
    grids.at(-1).caption.textContent = `${title(state, feature)} votes for ${state.shown}`;
    part.textContent = `sum ${truncated(now.sums[now.shown][feature])}`;
  };
  return { update };
}

/** Lights up all that the number pointed at comes from and goes into, and explains it. */
function pointer(store, account) {
  const grids = [];
  const small = miniature();
  let point = null;
  const show = () => {
    const text = explained(store.state, point);
    const isAll = point?.stage === "total";
    const box = point && !isAll && point.stage !== "image" ? sourcesOf(point).image : null;
    if (box) small.update(store.state.image, box);
    account.replaceChildren(...(box ? [small.element] : []), text);
    for (const { grid, stage, feature } of grids) {
      const isOnTheWay = point && !isAll && (feature === null || point.stage === "image" || point.feature === feature);
      const [from, to] = isOnTheWay ? [sourcesOf(point)[stage], targetsOf(point)[stage]] : [];
      const frame = grid.frame(from ?? to ?? (isAll ? wholeOf(grid) : null));
      frame.classList.toggle("is-target", Boolean(to));
      const isHere = isOnTheWay && point.stage === stage;
      grid.mark("chosen", isHere ? [[point.row, point.column]] : []);
      if (isHere) grid.describe(point.row, point.column, text);
    }
  };
  const at = (next) => {
    point = next;
    show();
  };
  const leave = (stage, feature) => {
    if (point?.stage === stage && (point.feature ?? null) === feature) at(null);
  };
  const attach = (grid, stage, feature) => {
    grids.push({ grid, stage, feature });
    grid.onPoint((row, column) => at({ stage, feature, row, column }));
    grid.onLeave(() => leave(stage, feature));
  };
  return { attach, at, leave, update: show };
}

function wholeOf({ values }) {
  return { row: 0, column: 0, height: values.length, width: values[0].length };
}
