// What the toy network's lab shows beside its grids: small drawings, the headings of its stages, the bars of its votes.

import { chapterAddress } from "../kit/address.js";
import { make, shape } from "../kit/dom.js";
import { truncated } from "../mirror/printing.js";
import { LETTERS } from "./derived.js";

const HEADINGS = [
  ["Feature", "02_filtering.html"],
  ["Convolution", "03_convolution.html"],
  ["ReLU", "05_relu.html"],
  ["Pooling", "04_pooling.html"],
];
const ROOM = 1.1; // a bar ends that much beyond the largest vote for any of the sample pictures

/** Pixels of ink as a small drawing, for the eye alone. @param {number[][]} values */
export function inkDrawing(values) {
  const squares = values.flatMap((line, r) => line.map((value, c) => (value > 0 ? `M${c} ${r}h1v1h-1z` : "")));
  const view = { viewBox: `0 0 ${values[0].length} ${values.length}`, "aria-hidden": "true" };
  return shape("svg", { class: "cl-playground-drawing", ...view }, [shape("path", { d: squares.join("") })]);
}

/** A name that leads to its chapter in the book; beside a kernel there are no pages to lead to. */
export function chapterLink(text, href, hasKernel) {
  return hasKernel ? make("span", { text }) : make("a", { href: chapterAddress(href), text });
}

/** The stages by name. The last one tells whose vote it is. */
export function stageHeadings(hasKernel) {
  const votes = make("span");
  const parts = [...HEADINGS.map(([text, href]) => chapterLink(text, href, hasKernel)), votes];
  const items = parts.map((part) => make("p", { class: "cl-playground-stage" }, [part]));
  const element = make("div", { class: "cl-playground-row cl-playground-headings" }, items);
  return { element, update: ({ shown }) => (votes.textContent = `Votes for ${shown}`) };
}

/**
 * A bar and a number for each letter. Pointing at one lights up the whole network; choosing one takes its vote apart.
 * @param {(letter: number) => void} onchoose
 */
export function voteBars(onchoose, lights, signal) {
  const bars = LETTERS.map((letter, index) => bar(letter, index, onchoose, lights, signal));
  const element = make("div", { class: "cl-playground-votes-for", role: "group", "aria-label": "Votes" }, [
    ...bars.map(({ element: row }) => row),
    make("p", { class: "cl-note", text: "Thin line: 0. Press a vote to see below what it is made of." }),
  ]);
  return { element, update: (now, largest) => bars.forEach((one) => one.update(now, ROOM * largest)) };
}

function bar(letter, index, onchoose, lights, signal) {
  const fill = make("span", { class: "cl-playground-fill" });
  const track = make("span", { class: "cl-playground-track", "aria-hidden": "true" }, [fill]);
  const number = make("span", { class: "cl-playground-number" });
  const properties = { type: "button", class: "cl-playground-vote", onclick: () => onchoose(index) };
  const element = make("button", properties, [make("span", { text: letter }), track, number]);
  const point = () => lights.at({ stage: "total", letter: index });
  const leave = () => document.activeElement !== element && lights.leave("total", null);
  for (const type of ["pointerenter", "focus"]) element.addEventListener(type, point, { signal });
  element.addEventListener("pointerleave", leave, { signal });
  element.addEventListener("blur", () => lights.leave("total", null), { signal });
  const update = ({ totals, answer, shown }, end) => {
    const value = totals[index];
    const share = (at) => (Math.max(-1, Math.min(1, at / end)) + 1) / 2;
    fill.style.setProperty("--from", Math.min(share(0), share(value)).toFixed(3));
    fill.style.setProperty("--share", Math.abs(share(value) - share(0)).toFixed(3));
    number.textContent = truncated(value);
    element.classList.toggle("is-ahead", letter === answer);
    element.setAttribute("aria-pressed", String(index === shown));
  };
  return { element, update };
}
