// A picture without numbers, and the frame on it: for where the picture itself is out of sight.

import { count } from "../mirror/matrix.js";
import { make } from "./dom.js";

export function miniature() {
  const element = make("span", { class: "cl-mini", "aria-hidden": "true" });
  const frame = make("span", { class: "cl-mini-frame" });
  /** @param {number[][]} image @param {{ row: number, column: number, height: number, width: number }} box  what is framed */
  const update = (image, box) => {
    while (element.childElementCount < count(image)) element.append(make("span"));
    image.flat().forEach((value, at) => element.children[at].classList.toggle("is-ink", value > 0));
    element.append(frame);
    for (const side of ["row", "column", "height", "width"]) frame.style.setProperty(`--${side}`, String(box[side]));
  };
  return { element, update };
}
