// The 5,000 digits: none are there at the start, and they come once for all views that want them.

import { bring } from "../kit/bring.js";
import { button, make, write } from "../kit/dom.js";
import { unpackedDigits } from "../mirror/digits.js";

/** @typedef {import("../mirror/digits.js").Digits} Digits */

/**
 * @param {import("../kit/host.js").Model} model
 * @param {{ onready: () => void, say: (text: string) => void, signal: AbortSignal }} parts
 */
export function digitsKeeper(model, { onready, say, signal }) {
  const gates = [];
  const at = { share: 0, isComing: false, problem: "" };
  const keeper = { /** @type {Digits | null} */ digits: null, gate };
  const show = () => {
    for (const gate of gates) gate.show(at, keeper.digits !== null);
  };
  const tell = (got, all) => {
    at.share = got / all;
    show();
  };
  const get = async () => {
    if (at.isComing || keeper.digits) return;
    Object.assign(at, { share: 0, isComing: true, problem: "" });
    show();
    try {
      keeper.digits = await bring(model, "digits", unpackedDigits, tell, signal);
    } catch ({ message }) {
      at.problem = message;
    }
    at.isComing = false;
    if (signal.aborted) return;
    show();
    say(at.problem ? problemText(at.problem) : "5,000 digits are here.");
    if (keeper.digits) onready();
  };
  /** A button, a bar, and what stands behind them once the digits are here. @param {string} why @param {HTMLElement} behind */
  function gate(why, behind) {
    const press = button("Get the 5,000 digits", get, { class: "cl-button cl-primary" });
    const bar = make("progress", {
      class: "cl-digits-progress",
      max: 1,
      value: 0,
      "aria-label": "Digits that have come",
    });
    const problem = make("p", { class: "cl-digits-problem" });
    const front = make("div", { class: "cl-digits-gate" }, [
      make("p", { class: "cl-note", text: why }),
      press,
      bar,
      problem,
    ]);
    const one = {
      show: ({ share, isComing, problem: words }, isHere) => {
        const hadFocus = isHere && front.contains(document.activeElement);
        front.hidden = isHere;
        behind.hidden = !isHere;
        if (hadFocus) behind.focus({ preventScroll: true });
        bar.hidden = !isComing;
        bar.value = share;
        write(press, words ? "Try again" : "Get the 5,000 digits");
        write(problem, words ? problemText(words) : "");
      },
    };
    const named = { tabindex: -1, role: "group", "aria-label": "With the 5,000 digits" };
    for (const [name, value] of Object.entries(named)) behind.setAttribute(name, String(value));
    gates.push(one);
    one.show(at, keeper.digits !== null);
    return make("div", {}, [front, behind]);
  }
  return keeper;
}

function problemText(reason) {
  return `The digits did not come: ${reason}. They lie beside the book's pages: is all of the book there?`;
}
