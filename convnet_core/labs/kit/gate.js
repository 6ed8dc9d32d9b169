// Data that a lab does not start with: a button, a bar and a way to try again stand before the views that want them.
// They come once for all of these.

import { button, make, write } from "./dom.js";
import { capital } from "./words.js";

/**
 * @template Data
 * @typedef {{ data: Data | null, gate: (why: string, behind: HTMLElement) => HTMLElement }} Keeper
 */

/**
 * @template Data
 * @param {string} what  what comes, as in "5,000 digits"
 * @param {(tell: (got: number, all: number) => void) => Promise<Data>} bringIt
 * @param {{ onready: () => void, say: (text: string) => void, signal: AbortSignal }} parts
 * @returns {Keeper<Data>}
 */
export function dataKeeper(what, bringIt, { onready, say, signal }) {
  const gates = [];
  const at = { share: 0, isComing: false, problem: "" };
  /** @type {Keeper<Data>} */
  const keeper = { data: null, gate };
  const show = () => {
    for (const gate of gates) gate.show(at, keeper.data !== null);
  };
  const tell = (got, all) => {
    at.share = got / all;
    show();
  };
  const get = async () => {
    if (at.isComing || keeper.data) return;
    Object.assign(at, { share: 0, isComing: true, problem: "" });
    show();
    try {
      keeper.data = await bringIt(tell);
    } catch ({ message }) {
      at.problem = `The ${what} did not come: ${message}. They lie beside the book's pages: is all of the book there?`;
    }
    at.isComing = false;
    if (signal.aborted) return;
    show();
    say(at.problem || `${capital(what)} are here.`);
    if (keeper.data) onready();
  };
  /** A button, a bar, and what is behind them once the data are here. @param {string} why @param {HTMLElement} behind */
  function gate(why, behind) {
    const press = button(`Get the ${what}`, get, { class: "cl-button cl-primary" });
    const bar = progressBar(`${what} that have come`);
    const problem = make("p", { class: "cl-gate-problem" });
    const note = make("p", { class: "cl-note", text: why });
    const front = make("div", { class: "cl-gate" }, [note, press, bar, problem]);
    const one = {
      show: ({ share, isComing, problem: words }, isHere) => {
        const hadFocus = isHere && front.contains(document.activeElement);
        front.hidden = isHere;
        behind.hidden = !isHere;
        if (hadFocus) behind.focus({ preventScroll: true });
        bar.hidden = !isComing;
        bar.value = share;
        write(press, words ? "Try again" : `Get the ${what}`);
        write(problem, words);
      },
    };
    const named = { tabindex: -1, role: "group", "aria-label": `With the ${what}` };
    for (const [name, value] of Object.entries(named)) behind.setAttribute(name, String(value));
    gates.push(one);
    one.show(at, keeper.data !== null);
    return make("div", {}, [front, behind]);
  }
  return keeper;
}

/** How far something is, from 0 to 1. @param {string} label */
export function progressBar(label) {
  return make("progress", { class: "cl-bar", max: 1, value: 0, "aria-label": label });
}
