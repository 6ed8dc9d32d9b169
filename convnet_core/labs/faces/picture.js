// The photograph with the boxes on it, and beside it the heat map: what the net says of each window of one size.

import { between } from "../kit/cells.js";
import { cellUnder, make, setAll, setVariable, write } from "../kit/dom.js";
import { inColours, inGreys } from "../kit/paint.js";
import { Pane } from "../kit/pane.js";
import { steerByKeys } from "../kit/steer.js";
import { boxOf, middleOf } from "./derived.js";
import { heatText, pointedText, sizeText, worth } from "./words.js";

const MOST = 60; // boxes that are drawn: more would hide the photograph
const POINTING = ["where", "window"]; // the views in which a pointer chooses a window on the photograph
const MARKED = [...POINTING, "teach"]; // and in which one is shown: in "Teach it", while keys lead it
const NONE = { scores: [], boxes: [] };
let described = 0;

/**
 * Both; a pointer and arrow keys choose a window on either, and `press` hears where the photograph is pressed.
 * @param {HTMLElement} parent @param {import("../kit/store.js").Store} store
 * @param {{ press: (row: number, column: number) => void, say: (text: string) => void, signal: AbortSignal,
 *           isNone: (picture: import("../mirror/faces.js").Picture, box: import("../mirror/scanning.js").Box) => boolean }} parts
 *   isNone: whether a box is marked as no face
 */
export function pictures(parent, store, { press, isNone, say, signal }) {
  /** @type {import("./derived.js").Current | null} */
  let now = null;
  const go = (place) => store.set(place, { undoable: false });
  const choose = (row, column) => now?.at && go(middleOf(now.at.size, row, column));
  const step = (down, right) => {
    if (!now?.at) return;
    const { at } = now;
    const row = between(at.row + down, { min: 0, max: at.size.rows - 1 });
    const column = between(at.column + right, { min: 0, max: at.size.columns - 1 });
    if (row === at.row && column === at.column) say(`Edge. ${pointedText(store.state, now)}`);
    else choose(row, column);
  };
  const point = (row, column) => POINTING.includes(store.state.tab) && go({ row, column });
  const teach = ({ row, column } = store.state) => {
    if (store.state.tab !== "teach") return;
    go({ row, column });
    press(row, column);
  };
  const photo = photographPane(parent, { point, step, press: teach, isNone, signal });
  const heat = heatPane(parent, { choose, signal });
  const update = (state, current, photograph) => {
    now = current;
    const { at } = now;
    const isFirst = state.photo === store.initial.photo;
    const found = state.tab === "window" ? NONE : now.found; // there, boxes would hide the window
    const title = titleOf(photograph, isFirst);
    photo.update(now.picture, title, MARKED.includes(state.tab) ? at : null, found);
    photo.describe(`${title.description}. ${at ? pointedText(state, now) : ""}`);
    heat.update(now.looked, at, sizeText(at).replace("Size", "Heat map"));
  };
  return { update };
}

/** What a photograph says of itself. */
function titleOf({ texts }, isFirst) {
  const title = texts.Title ?? (isFirst ? "Photograph" : "Your photograph");
  return { title, description: texts.Description ?? title, credit: texts.Copyright ?? "" };
}

function photographPane(parent, { point, step, press, isNone, signal }) {
  const pane = new Pane(parent, "Photograph");
  pane.element.classList.add("cl-faces-photo");
  const boxes = boxLayer(pane.frame);
  const note = make("p", { class: "cl-note" });
  pane.element.append(note);
  pane.onPoint(point, signal);
  const onClick = (/** @type {MouseEvent} */ event) => {
    const { height, width } = pane.canvas;
    const { row, column } = cellUnder(event, pane.canvas, height, width);
    press({ row, column });
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault(); // Space would scroll the page
    if (!event.repeat) press();
  };
  pane.frame.addEventListener("click", onClick, { signal });
  pane.frame.addEventListener("keydown", onKey, { signal });
  const told = pane.element.appendChild(make("span", { id: `faces-photo-${(described += 1)}`, hidden: true }));
  setAll(pane.frame, { "aria-describedby": told.id });
  steerByKeys(pane, "Photograph. Arrow keys lead to other windows", step, signal);
  let drawn = null;
  const update = (picture, { title, description, credit }, at, found) => {
    if (drawn !== picture) pane.draw(picture.pixels, picture, inGreys);
    drawn = picture;
    write(pane.caption, `${title}, ${picture.width} × ${picture.height} pixels`);
    pane.label = description;
    write(note, credit);
    boxes.update(found, picture, isNone);
    pane.mark.hidden = at === null;
    if (at === null) return;
    const [row, column, side] = boxOf(at);
    pane.point({ row: row + (side - 1) / 2, column: column + (side - 1) / 2, side, ...picture });
  };
  return { update, describe: (/** @type {string} */ text) => write(told, text.replace("..", ".")) };
}

/** The boxes, each with what it is worth: they are moved, and none is made anew where there is one. */
function boxLayer(frame) {
  const layer = frame.appendChild(make("div", { class: "cl-faces-boxes", "aria-hidden": "true" }));
  const known = [];
  const one = () => {
    const label = make("span");
    const element = layer.appendChild(make("div", { class: "cl-faces-box" }, [label]));
    return { element, label };
  };
  const update = ({ scores, boxes }, picture, isNone) => {
    const { height, width } = picture;
    while (known.length < Math.min(MOST, boxes.length)) known.push(one());
    known.forEach(({ element, label }, at) => {
      element.hidden = at >= boxes.length;
      if (at >= boxes.length) return;
      const [row, column, side] = boxes[at];
      const places = { "--top": row / height, "--left": column / width, "--wide": side / width };
      for (const [name, value] of Object.entries(places)) setVariable(element, name, value);
      const isMarked = isNone(picture, boxes[at]);
      element.classList.toggle("is-none", isMarked);
      write(label, isMarked ? "✗" : worth(scores[at]));
    });
  };
  return { update };
}

function heatPane(parent, { choose, signal }) {
  const pane = new Pane(parent, "Heat map");
  pane.element.classList.add("cl-faces-heat");
  pane.onPoint(choose, signal);
  pane.element.append(
    make("p", { class: "cl-note", text: "A pixel for each window: blue says “a face”, orange “another thing”." }),
  );
  let drawn = null;
  const update = (looked, at, caption) => {
    write(pane.caption, caption);
    const map = looked?.maps[at?.which];
    pane.frame.hidden = !map;
    if (!map) return;
    const { rows, columns } = at.size;
    if (drawn !== map) pane.draw(map, { width: columns, height: rows }, inColours(looked.full));
    if (drawn !== map) pane.label = `${caption}. ${heatText({ at }, map)}`;
    drawn = map;
    pane.point({ row: at.row, column: at.column, side: 1, width: columns, height: rows });
  };
  return { update };
}
