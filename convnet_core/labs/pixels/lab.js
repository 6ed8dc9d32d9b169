// The lab of pixels as numbers: a magnifying glass moves over a picture, and its numbers stand beside it.

import { lab } from "../kit/card.js";
import { between, changedCells } from "../kit/cells.js";
import { captionedGrid } from "../kit/controls.js";
import { button, choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { photographKeeper, photographTaker } from "../kit/ownphoto.js";
import { Pane } from "../kit/pane.js";
import { remembered } from "../kit/state.js";
import { steerByKeys } from "../kit/steer.js";
import { paint } from "../mirror/photograph.js";
import { colourMixer, COLOURS, isYellow, mixText } from "./mixer.js";

const LENS = 8; // pixels along each side of the magnifying glass
const STRONG = 120; // between the darkest grey under the magnifying glass and the brightest
const SKY = "more blue than green, and more green than red";

export default lab({
  task: "Move the magnifying glass over the picture, by pointer, finger or arrow keys, and read the numbers under it. Or take a picture of your own.",
  keys: ["With the picture in focus, arrow keys move the magnifying glass, with Shift by 10."],
  challenges: {
    sky: {},
    edge: {},
    yellow: { solved: isYellow },
  },
  build,
});

function build({ stage, store, hasKernel, say, refuse, solve, signal }) {
  const planes = choice(
    "Each pixel as",
    [
      ["colour", "red, green and blue"],
      ["grey", "one grey"],
    ],
    (value) => store.set({ planes: value }),
  );
  sets({ planes });
  stage.append(make("div", { class: "cl-controls" }, [planes.element]));
  const room = stage.closest(".cl-lab");
  const taker = photographTaker(stage, { room, store, hasKernel, inColour: true, say, refuse, signal });
  const holder = make("div", { class: "cl-pixels" });
  stage.append(holder);
  const glass = glassOver(holder, store, { photograph: () => keeper.photograph, say, solve, signal });
  const readings = readingsOf(holder, signal);
  const mixer = colourMixer(stage, store, { refuse, signal });

  const show = (state) => {
    planes.show(state.planes);
    taker.update(state);
    mixer.update(state);
    if (keeper.photograph === null) return;
    const now = current(state, keeper.photograph);
    glass.update(state, now);
    readings.update(now);
  };
  const keeper = photographKeeper(store, { refuse, shown: () => show(store.state), signal });
  const update = (state, before) => {
    keeper.update(state);
    show(state);
    const text = before ? whatChanged(before, state) : "";
    if (text) say(text);
  };
  return { update };
}

function whatChanged(before, state) {
  if (before.photo !== state.photo) return "The picture has changed.";
  const [cell] = changedCells(before.mix, state.mix);
  if (cell) return mixText(before, state, cell[1]);
  if (before.planes === state.planes) return "";
  return state.planes === "grey"
    ? "Each pixel: 3 numbers → 1, its brightness."
    : "Each pixel: 1 number → 3, how much red, green and blue.";
}

/** The planes that are shown, and the numbers of each under the magnifying glass, which stays inside the picture. */
function current(state, photograph) {
  const { width, height } = photograph;
  const side = Math.min(LENS, width, height);
  const [row, column] = [Math.min(state.row, height - side), Math.min(state.column, width - side)];
  const names = state.planes === "grey" ? ["Grey"] : COLOURS;
  const patchOf = (values) =>
    Array.from({ length: side }, (_, r) => {
      const start = (row + r) * width + column;
      return Array.from(values.subarray(start, start + side));
    });
  const planes = names.map((name) => {
    const values = planesOf(photograph)[name];
    return { name, values, patch: patchOf(values) };
  });
  return { photograph, planes, row, column, side };
}

/** The greys of a photograph, and its red, green and blue, each an array of its own. */
const planesOf = remembered(({ pixels, colours }) => {
  const plane = (index) => pixels.map((_, pixel) => colours[4 * pixel + index]);
  return { Grey: pixels, Red: plane(0), Green: plane(1), Blue: plane(2) };
});

/** The picture with the magnifying glass on it, and how many numbers it is made of. */
function glassOver(parent, store, { photograph, say, solve, signal }) {
  const pane = new Pane(parent, "Picture");
  const [counted, place, credit] = ["cl-pixels-count", "cl-note", "cl-note"].map((name) => make("p", { class: name }));
  pane.element.append(make("div", { class: "cl-pixels-words" }, [counted, place, credit]));
  const now = () => current(store.state, photograph());
  // A glance over the picture finds everything by chance: the reader says which place is meant.
  const check = () => {
    if (photograph() === null) return;
    const { id, isFound, text } = verdictOn(now());
    say(text);
    if (isFound) solve(id);
  };
  pane.element.append(make("div", { class: "cl-buttons" }, [button("Check this place", check)]));
  const moveTo = (row, column) => {
    if (photograph() === null) return;
    const { width, height } = photograph();
    const inside = (at, length) => between(at, { min: 0, max: length - now().side });
    store.set({ row: inside(row, height), column: inside(column, width) }, { undoable: false });
  };
  pane.onPoint((row, column) => moveTo(row - LENS / 2, column - LENS / 2), signal);
  const moveBy = (down, right) => {
    if (photograph() === null) return;
    moveTo(now().row + down, now().column + right);
    say(placeText(now()));
  };
  steerByKeys(pane, "Magnifying glass. Arrow keys move it", moveBy, signal);

  let drawn = null;
  const update = (state, latest) => {
    const { photograph: picture, planes } = latest;
    if (drawn !== planes[0].values) {
      drawn = planes[0].values;
      if (planes.length === 1) pane.draw(drawn, picture, paint);
      else pane.draw(picture.colours, picture, paintColours);
    }
    const title = picture.texts.Title ?? (state.photo === store.initial.photo ? "Picture" : "Your picture");
    pane.caption.textContent = `${title}, ${picture.width} x ${picture.height} pixels`;
    pane.label = picture.texts.Description ?? title;
    counted.textContent = countText(latest);
    place.textContent = placeText(latest);
    credit.textContent = picture.texts.Copyright ?? "";
    pointAt(pane, latest);
  };
  return { update };
}

/** What the numbers under the magnifying glass are to the challenge that is asked of such numbers. */
function verdictOn({ planes, side }) {
  const numbers = planes.map(({ patch }) => patch.flat());
  if (numbers.length === 1) {
    const apart = Math.max(...numbers[0]) - Math.min(...numbers[0]);
    return { id: "edge", isFound: apart > STRONG, text: `From the smallest number here to the largest: ${apart}.` };
  }
  const [red, green, blue] = numbers;
  const sky = red.filter((_, pixel) => blue[pixel] > green[pixel] && green[pixel] > red[pixel]).length;
  return { id: "sky", isFound: sky === side * side, text: `${sky} of ${side * side} pixels here have ${SKY}.` };
}

function countText({ photograph: { width, height }, planes }) {
  const all = (width * height * planes.length).toLocaleString("en");
  return planes.length === 1
    ? `${height} x ${width} = ${all} numbers`
    : `${height} x ${width} x ${planes.length} = ${all} numbers`;
}

function placeText({ row, column, side }) {
  return `Under the glass: rows ${row + 1} to ${row + side}, columns ${column + 1} to ${column + side}.`;
}

function pointAt(pane, { photograph, row, column, side }) {
  const middle = (side - 1) / 2;
  pane.point({ row: row + middle, column: column + middle, side, ...photograph });
}

function paintColours(colours, bytes) {
  bytes.set(colours);
}

/** Paints one plane alone: the third of the screen's dots that shows it. */
function paintPlane(index) {
  return (values, bytes) =>
    values.forEach((value, pixel) => {
      bytes.fill(0, 4 * pixel, 4 * pixel + 3);
      bytes[4 * pixel + index] = value;
    });
}

/** For each plane a small picture of it, and the numbers under the magnifying glass. */
function readingsOf(parent, signal) {
  const blocks = Object.fromEntries(
    ["Grey", ...COLOURS].map((name) => {
      const block = parent.appendChild(make("div", { class: "cl-pixels-plane" }));
      const pane = name === "Grey" ? null : new Pane(block, `The ${name.toLowerCase()} plane`);
      const grid = captionedGrid(block, name, { kind: "photo", signal });
      return [name, { block, pane, grid, drawn: null }];
    }),
  );
  linkPixels(Object.values(blocks).map(({ grid }) => grid));
  const update = (now) => {
    for (const [name, reading] of Object.entries(blocks)) {
      const plane = now.planes.find((shown) => shown.name === name);
      reading.block.hidden = !plane;
      if (plane) showPlane(reading, plane, now);
    }
  };
  return { update };
}

function showPlane(reading, { name, values, patch }, now) {
  const { pane, grid } = reading;
  const { row, column } = now;
  grid.options.place = (r, c) => `row ${row + r + 1}, column ${column + c + 1}`;
  grid.show(patch, { full: 255 });
  if (pane === null) return;
  if (reading.drawn !== values) pane.draw(values, now.photograph, paintPlane(COLOURS.indexOf(name)));
  reading.drawn = values;
  pointAt(pane, now);
}

/** Where one pixel is pointed at, it lights up in every plane. */
function linkPixels(grids) {
  const light = (places) => {
    for (const grid of grids) if (grid.cells.length > 0) grid.mark("twin", places);
  };
  for (const grid of grids) {
    grid.onPoint((row, column) => light([[row, column]]));
    grid.onLeave(() => light([]));
  }
}
