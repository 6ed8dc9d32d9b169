// A line above a part of the training lab.

import { make } from "../kit/dom.js";

/** @param {string} text */
export function heading(text) {
  return make("p", { class: "cl-training-heading", text });
}
