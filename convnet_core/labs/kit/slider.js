// Sliders that say their value in words, under a name that stays.

import { setAll, write } from "./dom.js";

/**
 * @param {{ caption: HTMLElement, input: HTMLElement }} slider
 * @param {string} text  the caption: the name, and behind a colon where it stands @param {string} value  for ears
 */
export function tellSlider({ caption, input }, text, value) {
  write(caption, text);
  setAll(input, { "aria-label": text.split(":")[0], "aria-valuetext": value });
}
