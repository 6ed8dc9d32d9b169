// The reader's shelf: drawings that they keep, bring back, and take off again.

import { button, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { same } from "../kit/state.js";
import { isOnShelf, ROOM, shelfOf, shelfWith } from "./derived.js";
import { inkDrawing } from "./views.js";

/** @param {import("../kit/store.js").Store} store @param {(text: string) => void} refuse */
export function shelf(store, refuse) {
  const keep = button("", () => {
    const { state } = store;
    if (!isOnShelf(state) && shelfOf(state).length === ROOM)
      return refuse(`The shelf holds ${ROOM} drawings. Bring one back, and take it off.`);
    store.set({ shelf: shelfWith(state) });
  });
  const places = Array.from({ length: ROOM }, (_, at) => {
    const bring = () => store.set({ image: shelfOf(store.state)[at] });
    return make("button", { type: "button", class: "cl-playground-sample", onclick: bring });
  });
  sets({ shelf: keep, image: places });
  const drawings = make("div", { class: "cl-playground-samples", role: "group", "aria-label": "Your shelf" }, places);
  let known = null;
  const update = (state) => {
    const kept = shelfOf(state);
    keep.textContent = isOnShelf(state) ? "Take it off your shelf" : "Keep it on your shelf";
    drawings.hidden = kept.length === 0;
    places.forEach((place, at) => {
      place.hidden = at >= kept.length;
      place.setAttribute("aria-pressed", String(same(kept[at], state.image)));
      if (known !== state.shelf && at < kept.length)
        place.replaceChildren(inkDrawing(kept[at]), make("span", { text: `yours ${at + 1}` }));
    });
    known = state.shelf;
  };
  return { elements: [make("div", { class: "cl-buttons" }, [keep]), drawings], update };
}
