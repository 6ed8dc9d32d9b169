// Which game, and what learning needs: menus whose other values a link or Python may bring.

import { choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { GAME_NAMES, KNOBS } from "./words.js";

/** @param {import("../kit/store.js").Store} store */
export function gameMenu(store) {
  const menu = choice("Game", Object.entries(GAME_NAMES), (game) => store.set({ game }));
  sets({ game: menu });
  return menu;
}

/** @param {import("../kit/store.js").Store} store */
export function knobs(store) {
  const menus = Object.fromEntries(Object.keys(KNOBS).map((name) => [name, knobMenu(store, name)]));
  sets(menus);
  const about = { class: "cl-controls cl-game-knobs", role: "group", "aria-label": "How it learns" };
  const element = make(
    "div",
    about,
    Object.values(menus).map((menu) => menu.element),
  );
  const update = (state) => {
    for (const [name, menu] of Object.entries(menus)) menu.show(state[name]);
  };
  return { element, update };
}

/** @param {import("../kit/store.js").Store} store @param {string} name */
function knobMenu(store, name) {
  const { name: title, text, values } = KNOBS[name];
  const options = values.map((value) => [String(value), text(value)]);
  const read = (given) => (typeof values[0] === "number" ? Number(given) : given);
  const menu = choice(title, options, (given) => store.set({ [name]: read(given) }));
  const show = (value) => {
    const given = String(value);
    if (!Array.from(menu.select.options).some((option) => option.value === given))
      menu.select.append(make("option", { value: given, text: text(value) }));
    menu.show(given);
  };
  return { element: menu.element, show };
}
