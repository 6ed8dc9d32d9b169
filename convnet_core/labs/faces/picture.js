// The photograph with the boxes on it, and beside it the heat map: what the net says of each window of one size.

import { make, setVariable, write } from "../kit/dom.js";
import { fullOf, inColours, inGreys } from "../kit/paint.js";
import { Pane } from "../kit/pane.js";
import { steerByKeys } from "../kit/steer.js";
import { boxAt } from "../mirror/scanning.js";
import { worth } from "./words.js";

const MOST = 60; // boxes that are drawn: more would hide the photograph

/** @typedef {import("../mirror/scanning.js").Box} Box */

/** @param {HTMLElement} parent @param {{ point: (row: number, column: number) => void, step: (down: number, right: number) => void, press: (row: number, column: number) => void, signal: AbortSignal }} parts */
export function photographPane(parent, { point, step, press, signal }) {
  const pane = new Pane(parent, "Photograph");
  pane.element.classList.add("cl-faces-photo");
  const boxes = boxLayer(pane.frame);
  const credit = make("p", { class: "cl-note" });
  pane.element.append(credit);
  pane.onPoint(point, signal);
  pane.frame.addEventListener("click", ({ offsetX, offsetY, target }) => {
    const { clientWidth, clientHeight } = /** @type {HTMLElement} */ (target);
    press((offsetY / clientHeight) * pane.canvas.height, (offsetX / clientWidth) * pane.canvas.width);
  }, { signal });
  steerByKeys(pane, "Photograph. Arrow keys lead to other windows", step, signal);
  let drawn = null;
  const update = (picture, { texts }, isFirst, at, found) => {
    if (drawn !== picture) {
      drawn = picture;
      pane.draw(picture.pixels, picture, inGreys);
      const title = texts.Title ?? (isFirst ? "Photograph" : "Your photograph");
      write(pane.caption, `${title}, ${picture.width} × ${picture.height} pixels`);
      pane.label = texts.Description ?? title;
      write(credit, texts.Copyright ?? "");
    }
    boxes.update(found, picture);
    pane.mark.hidden = at === null;
    if (at === null) return;
    const [row, column, side] = boxAt(at.size, at.row * at.size.columns + at.column);
    pane.point({ row: row + (side - 1) / 2, column: column + (side - 1) / 2, side, ...picture });
  };
  return { update };
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
  const update = ({ scores, boxes }, { height, width }) => {
    while (known.length < Math.min(MOST, boxes.length)) known.push(one());
    known.forEach(({ element, label }, at) => {
      element.hidden = at >= boxes.length;
      if (at >= boxes.length) return;
      const [row, column, side] = boxes[at];
      const places = { "--top": row / height, "--left": column / width, "--wide": side / width };
      for (const [name, value] of Object.entries(places)) setVariable(element, name, value);
      write(label, worth(scores[at]));
    });
  };
  return { update };
}

/** @param {HTMLElement} parent @param {{ choose: (row: number, column: number) => void, signal: AbortSignal }} parts */
export function heatPane(parent, { choose, signal }) {
  const pane = new Pane(parent, "Heat map");
  pane.element.classList.add("cl-faces-heat");
  pane.onPoint(choose, signal);
  pane.element.append(
    make("p", { class: "cl-note", text: "A pixel for each window: blue says “a face”, orange “another thing”." }),
  );
  let drawn = [];
  const update = (looked, at, caption) => {
    write(pane.caption, caption);
    const map = looked?.maps[at?.which];
    pane.frame.hidden = !map;
    if (!map) return;
    const { rows, columns } = at.size;
    if (drawn[0] !== looked || drawn[1] !== at.which) {
      drawn = [looked, at.which];
      pane.draw(map, { width: columns, height: rows }, inColours(fullOf(looked.maps.flatMap((one) => Array.from(one)))));
    }
    pane.label = caption;
    pane.point({ row: at.row, column: at.column, side: 1, width: columns, height: rows });
  };
  return { update };
}
