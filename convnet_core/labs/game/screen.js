// The picture of a game: what the reader sees is what a net gets.

import { make, setAll } from "../kit/dom.js";
import { inGreys } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { CELLS, SIDE } from "../mirror/pixel_games.js";

/**
 * @param {string} caption @param {import("../kit/dom.js").Properties} [frame]  of what holds the picture
 */
export function screen(caption, frame = { role: "img" }) {
  const map = smallMap();
  const holder = make("div", { class: "cl-game-screen", ...frame }, [map.element]);
  const title = make("p", { class: "cl-caption", text: caption });
  const element = make("div", { class: "cl-game-picture" }, [title, holder]);
  /** The last of the pictures. @param {Float32Array} situation @param {string} words  the same, for ears */
  const show = (situation, words) => {
    map.draw(situation.subarray(situation.length - CELLS), SIDE, inGreys);
    setAll(holder, { "aria-label": words });
  };
  return { element, holder, title, show };
}
