// A small canvas for a map, a kernel or a digit, for the eye: its words stand beside it.

import { make } from "../kit/dom.js";

/** @param {import("../kit/dom.js").Properties} [properties] */
export function smallMap(properties = {}) {
  const canvas = make("canvas", { class: "cl-digits-map", "aria-hidden": "true", ...properties });
  /** @type {ImageData | null} */
  let image = null;
  /** @param {ArrayLike<number>} values @param {number} side @param {import("./paint.js").Painter} painter */
  const draw = (values, side, painter) => {
    if (image?.width !== side) {
      Object.assign(canvas, { width: side, height: side });
      image = new ImageData(side, side);
    }
    painter(values, image.data);
    canvas.getContext("2d").putImageData(image, 0, 0);
  };
  return { element: canvas, draw };
}
