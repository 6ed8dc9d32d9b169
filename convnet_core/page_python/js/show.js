// Shows a value: the numbers of an array as a grid, anything else as text.

import { make } from "./make.js";

/** @param {import("./engine.js").Value} value @returns {HTMLElement} */
export function show({ shape, cells, text }) {
  if (!shape) return make("pre", { textContent: text });
  const box = make("div", { className: "py-grids" });
  if (shape.length === 3) box.append(...cells.map((one, at) => grid(one, `[${at}], ${shape[1]} by ${shape[2]}`)));
  else if (shape.length === 2) box.append(grid(cells, `${shape[0]} by ${shape[1]}`));
  else box.append(grid([cells], `${shape[0]} number${shape[0] === 1 ? "" : "s"}`));
  return box;
}

/** @param {string[][]} rows @param {string} caption */
function grid(rows, caption) {
  const table = make("table", { className: "py-grid" }, [make("caption", { textContent: caption })]);
  const body = make("tbody");
  for (const row of rows) body.append(make("tr", {}, row.map((text) => make("td", { textContent: text }))));
  table.append(body);
  return table;
}
