// The lab of photographs: one kernel over every pixel, redrawn while a number of it is dragged.

import { lab } from "../kit/card.js";
import { between, changedCells } from "../kit/cells.js";
import { captionedGrid, choosing, draggable, presetMenu, sign } from "../kit/controls.js";
import { choice, make } from "../kit/dom.js";
import { oncePerFrame } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { numberBox } from "../kit/number_box.js";
import { photographKeeper, photographTaker } from "../kit/ownphoto.js";
import { Pane } from "../kit/pane.js";
import { same } from "../kit/state.js";
import { steerByKeys, STRIDE_WITH_SHIFT } from "../kit/steer.js";
import { changeText, writtenSum } from "../kit/words.js";
import { pad } from "../mirror/convolution.js";
import { patchAt, products } from "../mirror/filtering.js";
import { total } from "../mirror/matrix.js";
import { filterPhotograph, paint, patchAround } from "../mirror/photograph.js";
import { plain } from "../mirror/printing.js";
import { cancelledRows, copiedNeighbour, divisorOf, meaningOf, seesUprightEdgesOnly } from "./meaning.js";

const KERNEL_NAMES = {
  smoothing: "smooth: all 1",
  weighted_smoothing: "smooth: Gaussian blur",
  sharpen: "sharpen",
  intensified_sharpen: "sharpen, intensified",
  edges: "edges",
  emboss: "emboss",
  lower_right_triangle: "gallery: lower right triangle",
  upper_left_triangle: "gallery: upper left triangle",
  anti_diagonal_15: "gallery: diagonal of 15",
  plus_10: "gallery: plus of 10",
  smoothing_5: "smooth: 5 x 5, all 1",
  weighted_smoothing_5: "smooth: 5 x 5 Gaussian blur",
  zeros: "all zeros, to start afresh",
};
const SLIDER_REACH = 40; // larger numbers can be typed
const TERMS_WRITTEN = 9;

export default lab({
  keys: [`With the photograph in focus, arrow keys lead to other pixels, with Shift by ${STRIDE_WITH_SHIFT}.`],
  task: "Choose a kernel, or pick one of its numbers and drag the slider: the result follows. Point at a pixel to see what it is made of.",
  challenges: {
    identity: { solved: (state) => state.offset === 0 && same(copiedNeighbour(state), { down: 0, right: 0 }) },
    shift: { solved: (state) => state.offset === 0 && same(copiedNeighbour(state), { down: 0, right: 1 }) },
    upright: { solved: seesUprightEdgesOnly, progress: cancelledRows },
  },
  build,
});

function build({ stage, store, hasKernel, say, refuse, signal }) {
  stage.classList.add("cl-kernels");
  const controls = settings(stage, store);
  const taker = photographTaker(stage, { room: stage.closest(".cl-lab"), store, hasKernel, say, refuse, signal });
  const pictures = picturePair(stage, store, { say, signal });
  const account = pixelAccount(stage, store, { refuse, signal });

  const show = (state) => {
    controls.update(state);
    taker.update(state);
    account.updateKernel(state);
    if (keeper.photograph === null) return;
    const now = current(state, keeper.photograph);
    pictures.update(state, now);
    account.update(state, now);
  };
  const keeper = photographKeeper(store, { refuse, shown: () => show(store.state), signal });
  const update = (state, before) => {
    keeper.update(state);
    show(state);
    const words = before && whatChanged(before, state);
    if (words) say(`${words}${pixelChange(before, state, keeper.photograph)}`);
  };
  return { update };
}

/** What the state stands for at the pixel that is pointed at. */
function current(state, photograph) {
  const { height, width, pixels } = photograph;
  const [row, column] = [Math.min(state.row, height - 1), Math.min(state.column, width - 1)];
  const side = state.kernel.length;
  const patch = patchAround(pixels, height, width, row, column, (side - 1) / 2);
  const parts = products(patch, state.kernel);
  const sum = total(parts);
  return { photograph, row, column, side, patch, parts, sum, result: sum / divisorOf(state) + state.offset };
}

function settings(parent, store) {
  const menu = presetMenu("Choose a kernel", store.presets.kernel, (kernel) => store.set({ kernel }), KERNEL_NAMES);
  const size = choice(
    "Size",
    [
      ["3", "3 x 3"],
      ["5", "5 x 5"],
    ],
    (side) => store.set({ kernel: resized(store.state.kernel, Number(side)) }),
  );
  const divide = choice(
    "Divide by",
    [
      ["sum", "the kernel's sum"],
      ["nothing", "nothing"],
    ],
    (value) => store.set({ divide: value }),
  );
  const { min, max } = store.rule("offset");
  const offset = draggable("", { min, max }, (value, group) => store.set({ offset: value }, { group }));
  sets({ kernel: [menu, size], divide, offset });
  parent.append(make("div", { class: "cl-controls" }, [menu.element, size.element, divide.element, offset.element]));
  const update = (state) => {
    menu.show(state.kernel);
    size.show(String(state.kernel.length));
    divide.show(state.divide);
    offset.caption.textContent = `Offset, added to each result: ${plain(state.offset)}`;
    offset.input.setAttribute("aria-label", "Offset");
    offset.show(state.offset);
  };
  return { update };
}

/** A ring of zeros around a 3x3 kernel does the same; without its outer ring a 5x5 one does less. */
function resized(kernel, side) {
  if (kernel.length === side) return kernel;
  return side === 5 ? pad(kernel, 1) : patchAt(kernel, 1, 1, 3, 3);
}

/** The photograph and the result. Only what the result depends on redraws it, once a frame at most. */
function picturePair(parent, store, { say, signal }) {
  const pair = parent.appendChild(make("div", { class: "cl-kernels-pair" }));
  const photo = new Pane(pair, "Photograph");
  const result = new Pane(pair, "Result");
  const credit = make("p", { class: "cl-note" });
  const clipped = make("p", { class: "cl-note" });
  photo.element.append(credit);
  result.element.append(clipped);
  const pointAt = pointing(store, { photo, result }, { say, signal });

  let latest = null;
  let drawnPhotograph = null;
  let out = new Float64Array(0);
  const redraw = oncePerFrame(() => {
    const { state, photograph } = latest;
    const { height, width, pixels } = photograph;
    if (out.length !== pixels.length) out = new Float64Array(pixels.length);
    filterPhotograph(pixels, height, width, state.kernel, divisorOf(state), state.offset, out);
    clipped.textContent = clippedText(result.draw(out, photograph, paint), out.length);
    result.label = `Result. ${meaningOf(state)}`;
  }, signal);

  const update = (state, now) => {
    const { photograph } = now;
    if (photograph !== drawnPhotograph) {
      photo.draw(photograph.pixels, photograph, paint);
      describe(photo, credit, photograph, state.photo === store.initial.photo);
    }
    const names = ["kernel", "divide", "offset"];
    const isDrawn = photograph === drawnPhotograph && names.every((name) => latest.state[name] === state[name]);
    drawnPhotograph = photograph;
    latest = { state, photograph };
    if (!isDrawn) redraw();
    pointAt.update(state, now);
  };
  return { update };
}

/** The photograph's own words where it has any: title, credit, and a description for who can't see it. */
function describe(pane, credit, { width, height, texts }, isFirst) {
  const title = texts.Title ?? (isFirst ? "Photograph" : "Your photograph");
  pane.caption.textContent = `${title}, ${width} x ${height} pixels`;
  pane.label = texts.Description ?? title;
  credit.textContent = texts.Copyright ?? "";
}

function clippedText({ below, above }, all) {
  if (below + above === 0) return "Every result is between 0 (black) and 255 (white).";
  const [dark, bright, every] = [below, above, all].map((number) => number.toLocaleString("en"));
  return `Of ${every} results, ${dark} are below 0 and shown black, ${bright} are above 255 and shown white.`;
}

/** Pointer, finger and arrow keys choose the pixel that is explained. */
function pointing(store, { photo, result }, { say, signal }) {
  let now = null;
  const moveTo = (row, column) => store.set({ row, column }, { undoable: false });
  for (const pane of [photo, result]) pane.onPoint(moveTo, signal);
  const moveBy = (down, right) => {
    if (now === null) return;
    const { row, column, photograph } = now;
    const inside = (at, size) => between(at, { min: 0, max: size - 1 });
    moveTo(inside(row + down, photograph.height), inside(column + right, photograph.width));
    say(pixelText(now));
  };
  steerByKeys(photo, "Photograph. Arrow keys lead to other pixels", moveBy, signal);

  const update = (state, latest) => {
    now = latest;
    const { row, column, side, photograph } = now;
    photo.point({ row, column, side, ...photograph });
    result.point({ row, column, side: 1, ...photograph });
  };
  return { update };
}

function pixelText({ row, column, side, patch, result }) {
  const middle = (side - 1) / 2;
  return `Row ${row + 1}, column ${column + 1}: ${plain(patch[middle][middle])} becomes ${plain(result)}.`;
}

/** One pixel's arithmetic: patch times kernel, and all of it in words. */
function pixelAccount(parent, store, { refuse, signal }) {
  const [row, side] = ["cl-equation cl-kernels-equation", "cl-side cl-kernels-side"].map((name) =>
    make("div", { class: name }),
  );
  parent.append(make("div", { class: "cl-columns" }, [row, side]));
  const equation = equationIn(row, store, { refuse, signal });
  const editor = numberEditor(side, equation.kernel, refuse);
  const meaning = side.appendChild(make("p", { class: "cl-kernels-meaning" }));
  const [sentence, result, code] = [make("p", { class: "cl-sum" }), make("p", { class: "cl-result" }), make("code")];
  parent.append(
    make("div", { class: "cl-account" }, [
      sentence,
      result,
      make("p", { class: "cl-code" }, ["In numpy, which counts from 0: ", code]),
    ]),
  );

  const updateKernel = (state) => {
    equation.updateKernel(state);
    meaning.textContent = meaningOf(state);
    editor.update();
  };
  const update = (state, now) => {
    equation.update(now);
    const terms = now.side ** 2 > TERMS_WRITTEN ? TERMS_WRITTEN : Infinity;
    sentence.textContent = `Row ${now.row + 1}, column ${now.column + 1}: ${writtenSum(now.patch, state.kernel, terms)} = ${plain(now.sum)}`;
    result.replaceChildren(...resultParts(state, now));
    code.textContent = numpyLine(state, now);
  };
  return { updateKernel, update };
}

/** Patch, kernel and products. The kernel in the middle is the one to edit. */
function equationIn(row, store, { refuse, signal }) {
  let centre = null; // the pixel that is explained
  const place = (r, c) => placeInPatch(centre, r, c);
  const patch = captionedGrid(row, "Patch", { kind: "photo", place, signal });
  row.append(sign("×"));
  const { min, max } = store.rule("kernel");
  // A press only picks a number: flipping it, as with pixels of ink and paper, would make no sense here.
  const kernel = captionedGrid(row, "Kernel", { editable: true, range: [min, max], onPress: choosing, signal });
  row.append(sign("="));
  const parts = captionedGrid(row, "Products", { signal });
  kernel.onEdit(({ values, group }) => store.set({ kernel: values }, { group }));
  sets({ kernel });
  kernel.onRefuse(refuse);
  const updateKernel = (state) => {
    kernel.caption.textContent = `Kernel, sum ${plain(total(state.kernel))}`;
    kernel.show(state.kernel, { full: largest(state.kernel) });
    row.dataset.side = String(state.kernel.length);
  };
  const update = (now) => {
    centre = now;
    patch.show(now.patch, { full: 255 });
    parts.show(now.parts, { full: largest(now.parts) });
  };
  return { kernel, updateKernel, update };
}

/** Where the pixel of a patch's row `r` and column `c` stands in the photograph. */
function placeInPatch({ row, column, side, photograph: { height, width } }, r, c) {
  const reach = (side - 1) / 2;
  const [down, across] = [row + r - reach, column + c - reach];
  const isInside = down >= 0 && across >= 0 && down < height && across < width;
  return isInside ? `row ${down + 1}, column ${across + 1}` : "outside the photograph, copied from its edge";
}

function largest(matrix) {
  return Math.max(1, ...matrix.flat().map(Math.abs));
}

function resultParts(state, { sum, result }) {
  const divisor = divisorOf(state);
  const steps = [
    plain(sum),
    divisor === 1 ? "" : `/ ${plain(divisor)}`,
    state.offset === 0 ? "" : `+ ${plain(state.offset)}`,
  ];
  const shown = Math.max(0, Math.min(255, Math.round(result)));
  const note =
    shown === result ? "" : `, shown as ${shown}${result < 0 ? " (black)" : ""}${result > 255 ? " (white)" : ""}`;
  const written = steps.some((step, at) => at > 0 && step) ? `${steps.filter(Boolean).join(" ")} = ` : "Result: ";
  return [written, make("strong", { text: plain(result) }), note];
}

function numpyLine(state, { row, column, side }) {
  const divided = divisorOf(state) === 1 ? "" : " / kernel.sum()";
  const added = state.offset === 0 ? "" : ` + ${plain(state.offset)}`;
  return `np.sum(padded[${row}:${row + side}, ${column}:${column + side}] * kernel)${divided}${added}`;
}

/** The picked number of the kernel: a box to type it into, and a slider to drag it with. */
function numberEditor(parent, grid, refuse) {
  let picked = { row: 1, column: 1, side: 3 };
  const put = (value, group) => grid.edit(picked.row, picked.column, value, group);
  const box = numberBox("", (value) => put(value, `kernel box ${picked.row} ${picked.column}`), refuse);
  const drag = draggable("Drag to change it", { min: -SLIDER_REACH, max: SLIDER_REACH, step: 0.5 }, put);
  sets({ kernel: [box, drag] });
  parent.append(make("div", { class: "cl-kernels-editor" }, [box.element, drag.element]));
  const update = () => {
    const side = grid.values.length;
    if (side !== picked.side) picked = { row: (side - 1) / 2, column: (side - 1) / 2, side };
    const { row, column } = picked;
    box.caption.textContent = `Kernel, row ${row + 1}, column ${column + 1}`;
    box.show(grid.values[row][column]);
    drag.input.setAttribute("aria-label", `Kernel, row ${row + 1}, column ${column + 1}, by slider`);
    drag.show(grid.values[row][column]);
    grid.mark("chosen", [[row, column]]);
  };
  grid.onSelect((row, column) => {
    picked = { row, column, side: grid.values.length };
    update();
  });
  return { update };
}

function whatChanged(before, state) {
  if (before.photo !== state.photo) return "The photograph has changed.";
  const side = state.kernel.length;
  if (before.kernel.length < side)
    return `The kernel is ${side} x ${side} now, with zeros around the old one: that alone changes nothing.`;
  if (before.kernel.length > side) return `The kernel is ${side} x ${side} now: its outer numbers are gone.`;
  const cells = changedCells(before.kernel, state.kernel);
  const sums = `Its sum: ${plain(total(before.kernel))} → ${plain(total(state.kernel))}.`;
  if (cells.length === 1) return `${changeText("Kernel", before.kernel, state.kernel)} ${sums}`;
  if (cells.length > 1) return `Another kernel. ${sums}`;
  if (before.divide !== state.divide)
    return state.divide === "sum"
      ? `Now divided by the kernel's sum, ${plain(total(state.kernel))}, unless that is 0.`
      : "Now divided by nothing.";
  if (before.offset !== state.offset) return `Offset: ${plain(before.offset)} → ${plain(state.offset)}.`;
  return "";
}

/** What became of the pixel that is pointed at, old value to new. */
function pixelChange(before, state, photograph) {
  if (photograph === null || before.photo !== state.photo) return "";
  const [old, now] = [current(before, photograph), current(state, photograph)];
  return ` The pixel at row ${now.row + 1}, column ${now.column + 1}: ${plain(old.result)} → ${plain(now.result)}.`;
}
