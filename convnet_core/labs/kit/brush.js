// A pen on the sheet: how much ink each pixel gets where it is put down. No DOM.

const INK = 15; // levels of ink
const DECIMALS = 1e4;
const PENS = { thick: 1.45, thin: 0.7 }; // pixels from the middle of a stroke to where its ink ends
const SOFT = 1.2; // pixels over which the edge of a stroke fades

/** @typedef {"thick" | "thin" | "rubber"} Pen */

/** @type {[Pen, string][]} */
export const NAMES = [
  ["thick", "thick pen"],
  ["thin", "thin pen: one pixel"],
  ["rubber", "rubber"],
];

/** Ink from 0 to 1, in the levels that the digits have. */
function level(value) {
  return Math.round((Math.round(value * INK) / INK) * DECIMALS) / DECIMALS;
}

/** How much of a pixel is covered at a distance from where the pen is put down. */
function coverage(distance, reach) {
  return Math.max(0, Math.min(1, (reach - distance) / SOFT + 0.5));
}

/**
 * The sheet after the pen was put down at a pixel; the same sheet where nothing changes.
 * @param {number[][]} drawing @param {Pen} pen @param {{ row: number, column: number }} at
 */
export function dabbed(drawing, pen, { row, column }) {
  let isChanged = false;
  const reach = PENS[pen === "rubber" ? "thick" : pen];
  const inked = (value, distance) => {
    if (pen === "thin") return distance === 0 ? 1 : value;
    const share = coverage(distance, reach);
    return pen === "rubber" ? Math.min(value, level(1 - share)) : Math.max(value, level(share));
  };
  const lines = drawing.map((line, r) => {
    if (Math.abs(r - row) > 3) return line;
    const next = line.map((value, c) => inked(value, Math.hypot(r - row, c - column)));
    const same = next.every((value, c) => value === line[c]);
    if (!same) isChanged = true;
    return same ? line : next;
  });
  return isChanged ? lines : drawing;
}
