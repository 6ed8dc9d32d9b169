// The maps that a block puts out: all of them small, and one of them large, with its numbers.

import { captionedGrid } from "../kit/controls.js";
import { make } from "../kit/dom.js";
import { Thumbnail } from "../kit/thumbnail.js";
import { largestOf, printed } from "./derived.js";

/** @param {HTMLElement} parent @param {number} place @param {import("./block.js").Desk} desk */
export function mapsView(parent, place, { point, signal }) {
  const stage = place + 1;
  const side = parent.appendChild(make("div", { class: "cl-stacking-maps" }));
  const row = thumbnailRow(side, stage, point);
  let maps = null;
  const grid = captionedGrid(side, `Block ${stage}, map`, { print: (value) => printed(maps, value), signal });
  grid.onPoint((r, c) => point(stage, { row: r, column: c }));
  const update = (now, _block, works) => {
    side.hidden = !works;
    if (!works) return;
    maps = now.stages[stage];
    const [at, full] = [now.mapAt[stage], largestOf(maps)];
    row.update(maps, at, full);
    grid.caption.textContent = `Map ${at + 1} of ${maps.length}, ${maps[at].length} x ${maps[at][0].length}`;
    grid.label = `Block ${stage}, map ${at + 1}`;
    grid.show(maps[at], { full });
    showSeen(grid, now, stage);
  };
  return { update };
}

/** A small picture for each map; a press on one shows it large. */
function thumbnailRow(parent, stage, point) {
  const about = { class: "cl-thumbnails", role: "group", "aria-label": `Maps of block ${stage}` };
  const row = parent.appendChild(make("div", about));
  const small = [];
  const update = (maps, at, full) => {
    row.hidden = maps.length === 1;
    maps.forEach((map, which) => {
      small[which] ??= new Thumbnail(row, () => point(stage, { map: which }));
      small[which].element.hidden = false;
      const summary = `largest ${printed(maps, Math.max(...map.flat()))}`;
      small[which].show(map, { caption: `map ${which + 1}`, summary, full, chosen: which === at });
      small[which].element.setAttribute("aria-label", `map ${which + 1} of block ${stage}`);
    });
    for (const { element } of small.slice(maps.length)) element.hidden = true;
  };
  return { update };
}

/** Marks the chosen number, or frames what it sees of this map. @param {number} stage */
export function showSeen(grid, { chosen, boxes }, stage) {
  const isChosen = chosen.stage === stage && stage > 0;
  grid.mark("chosen", isChosen ? [[chosen.row, chosen.column]] : []);
  grid.frame(stage < chosen.stage ? boxes[stage] : null);
}
