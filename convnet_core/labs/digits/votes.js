// The ten votes, as bars.

import { make, setVariable, write } from "../kit/dom.js";
import { sure } from "./words.js";

/** @param {HTMLElement} parent */
export function votes(parent) {
  const said = make("p", { class: "cl-digits-said" });
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const fill = make("span", { class: "cl-digits-fill" });
    const number = make("span", { class: "cl-digits-share" });
    const track = make("span", { class: "cl-digits-track", "aria-hidden": "true" }, [fill]);
    const element = make("li", {}, [make("span", { text: String(digit) }), track, number]);
    return { element, fill, number };
  });
  const list = make(
    "ul",
    { class: "cl-digits-bars", "aria-label": "How sure it is" },
    rows.map((row) => row.element),
  );
  const side = make("div", { class: "cl-side cl-digits-votes" }, [said, list]);
  parent.append(side);
  /** @param {import("./brain.js").Answer} answer @param {string} words */
  const update = ({ shares, said: first }, words) => {
    write(said, words);
    rows.forEach(({ element, fill, number }, digit) => {
      setVariable(fill, "--share", Number(shares[digit].toFixed(4)));
      write(number, sure(shares[digit], ">"));
      element.classList.toggle("is-ahead", digit === first);
    });
  };
  return { element: side, update };
}
