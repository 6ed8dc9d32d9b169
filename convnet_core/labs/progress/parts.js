// What both pages are made of: their cards, boxes that can be copied, files to save.

import { make } from "../kit/dom.js";
import { watchTheme } from "../kit/theme.js";
import { COPIED, COPY_BY_HAND } from "./words.js";

/** A card of the page. @param {string} name @param {HTMLElement[]} elements */
export function fillPart(name, elements) {
  const place = document.querySelector(`[data-part="${name}"]`);
  const card = make("div", { class: "cl-lab pg" }, elements);
  place.replaceChildren(card);
  watchTheme(card, new AbortController().signal);
}

/** Copies what stands in a box. @param {HTMLInputElement | HTMLTextAreaElement} box @param {HTMLElement} said */
export async function copyFrom(box, said) {
  try {
    await navigator.clipboard.writeText(box.value);
    said.textContent = COPIED;
  } catch {
    box.select();
    said.textContent = COPY_BY_HAND;
  }
}

/** @param {string} name @param {string} text @param {string} [type] */
export function download(name, text, type = "application/json") {
  const href = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
