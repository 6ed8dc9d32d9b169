// A small canvas for a map, a kernel or a digit, for the eye: its words stand beside it.

import { make } from "./dom.js";

/** @param {import("./dom.js").Properties} [properties] */
export function smallMap(properties = {}) {
  const canvas = make("canvas", { class: "cl-small-map", "aria-hidden": "true", ...properties });
  /** @type {ImageData | null} */
  let image = null;
  /** Row by row. @param {ArrayLike<number>} values @param {number} width @param {import("./paint.js").Painter} painter */
  const draw = (values, width, painter) => {
    const height = values.length / width;
    if (image?.width !== width || image.height !== height) {
      Object.assign(canvas, { width, height });
      image = new ImageData(width, height);
    }
    painter(values, image.data);
    canvas.getContext("2d").putImageData(image, 0, 0);
  };
  return { element: canvas, draw };
}
