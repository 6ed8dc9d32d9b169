// The book's photographs, and the machines that imagine: they come once, when they are wanted.

import { bring } from "../kit/bring.js";
import { dataKeeper } from "../kit/gate.js";
import { unpackedPng } from "../kit/photo.js";
import { unpackedMachines } from "./imagines.js";

/**
 * @typedef {{ name?: string, height: number, width: number, pixels: Uint8Array }} Photograph  greys from 0 to 255
 *
 * @param {import("../kit/host.js").Model} model
 * @param {{ name: string, height: number, isWanted: boolean }[]} about  what lies in the file, one below the other
 * @param {{ onready: () => void, say: (text: string) => void, signal: AbortSignal }} parts
 * @returns {import("../kit/gate.js").Keeper<Photograph[]>}
 */
export function photographsKeeper(model, about, parts) {
  const read = (/** @type {Uint8Array} */ bytes) => unpackedPng(bytes.slice());
  const get = async (tell) => cutOut(await bring(model, "photographs", read, tell, parts.signal), about);
  return dataKeeper("photographs", get, parts);
}

/** @returns {Photograph[]} */
function cutOut({ width, pixels }, about) {
  let end = 0;
  const all = about.map(({ name, height, isWanted }) => {
    const start = end;
    end += height * width;
    return { name, height, width, isWanted, pixels: pixels.slice(start, end) };
  });
  return all.filter(({ isWanted }) => isWanted);
}

/**
 * @param {import("../kit/host.js").Model} model
 * @param {Record<string, import("../mirror/unsupervised.js").Plan>} plans  in the order in which they lie in the file
 * @param {{ onready: () => void, say: (text: string) => void, signal: AbortSignal }} parts
 * @returns {import("../kit/gate.js").Keeper<import("./imagines.js").Machines>}
 */
export function machinesKeeper(model, plans, parts) {
  const read = (/** @type {Uint8Array} */ bytes) => unpackedMachines(bytes, plans);
  return dataKeeper("machines", (tell) => bring(model, "imagines", read, tell, parts.signal), parts);
}
