// A frame of a clip, large, with a box around each hand: what the networks look at.

import { make, setVariable } from "../kit/dom.js";
import { inGreys } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { CROP, HEIGHT, IN_A_CROP, PIXELS, WIDTH } from "../mirror/kitchen.js";

/** @param {string} [name]  of its class */
export function picture(name = "") {
  const map = smallMap({ class: "cl-small-map cl-watching-pixels", role: "img", "aria-hidden": null });
  const boxes = [0, 1].map(() => make("div", { class: "cl-frame cl-watching-box" }));
  const element = make("div", { class: `cl-watching-picture ${name}` }, [map.element, ...boxes]);
  setVariable(element, "--columns", WIDTH);
  setVariable(element, "--rows", HEIGHT);
  for (const box of boxes) for (const side of ["--width", "--height"]) setVariable(box, side, CROP);
  /**
   * @param {ArrayLike<number>} pixels @param {{ row: number, column: number }[]} crops  where each box begins
   * @param {number[]} hidden  the hands that are covered @param {string} words  the same, for ears
   */
  const show = (pixels, crops, hidden, words) => {
    map.draw(pixels, WIDTH, inGreys);
    map.element.setAttribute("aria-label", words);
    crops.forEach(({ row, column }, side) => {
      setVariable(boxes[side], "--row", row);
      setVariable(boxes[side], "--column", column);
      boxes[side].classList.toggle("is-hidden", hidden.includes(side));
    });
  };
  return { element, boxes, show };
}

/** One frame of a clip's pictures. @param {Float64Array} pictures */
export function frameOf(pictures, frame) {
  return pictures.subarray(frame * PIXELS, (frame + 1) * PIXELS);
}

/** What the networks see of a hand in a frame. @param {Float64Array} crops */
export function cropOf(crops, frame, side) {
  const at = (2 * frame + side) * IN_A_CROP;
  return crops.subarray(at, at + IN_A_CROP);
}

/** Where the boxes of a frame begin. @param {import("../mirror/kitchen.js").Clip} clip @param {number} frame */
export function boxesOf({ hands }, frame) {
  return hands.map(({ cropRow, cropColumn }) => ({ row: cropRow[frame], column: cropColumn[frame] }));
}
