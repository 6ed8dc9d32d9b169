// What a kernel does to a photograph, told from its numbers alone: nothing here knows a kernel's name.

import { total } from "../mirror/matrix.js";
import { plain } from "../mirror/printing.js";

const NO_SUM = 0.01; // what is printed as 0 counts as 0; and 0.1 + 0.2 - 0.3 is not quite 0 on a computer

/** @typedef {{ kernel: number[][], divide: "sum" | "nothing", offset: number }} Settings */

/** What each sum of products is divided by. @param {Settings} settings */
export function divisorOf({ kernel, divide }) {
  const sum = total(kernel);
  return divide === "sum" && Math.abs(sum) >= NO_SUM ? sum : 1;
}

/**
 * The place of the one pixel that the kernel copies, seen from the middle; null where it does not copy one.
 * @param {Settings} settings @returns {{ down: number, right: number } | null}
 */
export function copiedNeighbour(settings) {
  const reach = (settings.kernel.length - 1) / 2;
  const weights = settings.kernel.flatMap((line, r) =>
    line.map((value, c) => ({ value, down: r - reach, right: c - reach })),
  );
  const used = weights.filter(({ value }) => value !== 0);
  if (used.length !== 1 || used[0].value !== divisorOf(settings)) return null;
  const [{ down, right }] = used;
  return { down, right };
}

/**
 * Blind to what changes only from top to bottom, since each row of numbers adds up to 0; and not blind to an upright
 * edge, since some column does not.
 */
export function seesUprightEdgesOnly({ kernel }) {
  const columns = kernel[0].map((_, c) => kernel.map((line) => line[c]));
  return kernel.every(cancels) && !columns.every(cancels);
}

export function cancelledRows({ kernel }) {
  return `${kernel.filter(cancels).length} of ${kernel.length} rows add up to 0.`;
}

function cancels(line) {
  return Math.abs(total([line])) < 1e-9;
}

/** Two or three sentences for the reader. @param {Settings} settings */
export function meaningOf(settings) {
  const { kernel, offset } = settings;
  const added = offset === 0 ? "" : ` Then ${plain(offset)} is added.`;
  const copied = copiedNeighbour(settings);
  if (copied) return `${copyText(copied)}${added}`;
  if (kernel.flat().every((value) => value === 0)) return `Every number is 0, so every result is ${plain(offset)}.`;
  return `${sumText(settings)}${added}${spreadText(settings)}`;
}

function copyText({ down, right }) {
  if (down === 0 && right === 0) return "Each pixel is copied, so the photograph comes back as it is.";
  const from = [way(down, "below", "above"), way(right, "to the right", "to the left")].filter(Boolean).join(", ");
  const to = [way(down, "up", "down"), way(right, "left", "right")].filter(Boolean).join(", ");
  return `Each pixel becomes a copy of the pixel ${from}. So the photograph moves: ${to}.`;
}

function way(steps, plus, minus) {
  return steps === 0 ? "" : `${Math.abs(steps)} ${steps > 0 ? plus : minus}`;
}

/** What becomes of an even area, where all neighbours are alike. */
function sumText({ kernel, divide, offset }) {
  const sum = total(kernel);
  const start = `The numbers add up to ${plain(sum)}`;
  if (Math.abs(sum) < NO_SUM) {
    const even = "The numbers add up to 0, so even areas give 0, and only changes show.";
    return offset === 0 ? `${even} Results below 0 are black here: an offset of 128 shows those from -128 up.` : even;
  }
  if (divide === "sum" && Math.abs(sum - 1) > 1e-9)
    return `${start}, and each result is divided by that: even areas keep their brightness.`;
  if (Math.abs(sum - 1) <= 1e-9) return `${start}: even areas keep their brightness.`;
  if (sum < 0) return `${start}, and nothing divides by it: even areas ${offset === 0 ? "come out black" : "fall below 0"}.`;
  return `${start}, and nothing divides by it: even areas come out ${plain(sum)} times as bright.`;
}

/** Whether results stay within their patch, as an average does, or go beyond it. */
function spreadText(settings) {
  const sum = total(settings.kernel);
  if (Math.abs(sum) < NO_SUM) return "";
  const isOneSign = settings.kernel.flat().every((value) => value * sum >= 0);
  if (!isOneSign) return " Some of them have the other sign: their pixels count against the rest.";
  if (divisorOf(settings) === sum) return " Each result is an average of its patch, so edges grow softer.";
  return "";
}
