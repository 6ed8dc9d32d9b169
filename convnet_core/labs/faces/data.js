// The patches that nets learn from, and the photographs without faces: they come once for all views that want them.

import { bring } from "../kit/bring.js";
import { dataKeeper } from "../kit/gate.js";
import { unpackedPng } from "../kit/photo.js";
import { PIXELS, SIDE } from "../mirror/faces.js";

const [EACH, ACROSS] = [100, 10]; // faces, and as many others; patches side by side

/** @typedef {import("./jobs.js").Material} Material */

/**
 * @param {import("../kit/host.js").Model} model
 * @param {{ heldOut: Record<"faces" | "others", number[]>,
 *           photographs: { height: number, hasFace: boolean, isApart: boolean }[] }} about  what lies in the files
 * @param {{ onready: () => void, say: (text: string) => void, signal: AbortSignal }} parts
 */
export function materialKeeper(model, about, parts) {
  /** @returns {Promise<Material>} */
  const get = async (tell) => {
    const coming = ["patches", "photographs"].map((name) =>
      bring(model, name, (bytes) => unpackedPng(bytes.slice()), name === "photographs" ? tell : () => {}, parts.signal),
    );
    const [patches, photographs] = await Promise.all(coming);
    return { ...patchesOf(patches, about.heldOut), photographs: photographsOf(photographs, about.photographs) };
  };
  return dataKeeper("patches and photographs", get, parts);
}

function patchesOf({ width, pixels }, heldOut) {
  const all = Array.from({ length: 2 * EACH }, (_, which) => {
    const corner = Math.floor(which / ACROSS) * SIDE * width + (which % ACROSS) * SIDE;
    return Uint8Array.from({ length: PIXELS }, (__, k) => pixels[corner + Math.floor(k / SIDE) * width + (k % SIDE)]);
  });
  const [faces, others] = [all.slice(0, EACH), all.slice(EACH)];
  return {
    faces: faces.filter((_, at) => !heldOut.faces.includes(at)),
    others: others.filter((_, at) => !heldOut.others.includes(at)),
    heldOut: faces.filter((_, at) => heldOut.faces.includes(at)),
  };
}

/** Those without faces; all lie one below the other. */
function photographsOf({ width, pixels }, all) {
  let end = 0;
  const found = all.map((one) => {
    const start = end;
    end += one.height * width;
    return { ...one, width, pixels: pixels.slice(start, end) };
  });
  return found.filter(({ hasFace }) => !hasFace);
}
