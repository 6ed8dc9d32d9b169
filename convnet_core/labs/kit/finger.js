// What a finger that moves over a grid does: it scrolls the page, as everywhere, or it draws and drags.

import { button } from "./dom.js";

const KEY = "convnet-lab finger";
const { classList } = document.documentElement;

export const fingerDraws = () => classList.contains("cl-draws");

/** One switch in each lab, all of a page in step; only a touch screen shows it (style.css). */
export function fingerSwitch() {
  const is = { class: "cl-button cl-finger", "aria-pressed": String(fingerDraws()) };
  return button("Draw by finger", turn, is);
}

function turn() {
  const draws = String(classList.toggle("cl-draws"));
  for (const one of document.querySelectorAll(".cl-finger")) one.setAttribute("aria-pressed", draws);
  tried(() => localStorage.setItem(KEY, draws));
}

/** Where a browser keeps nothing, each page starts with scrolling. */
function tried(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

if (tried(() => localStorage.getItem(KEY)) === "true") classList.add("cl-draws");
