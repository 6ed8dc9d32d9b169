// The patches that nets learn from, and the photographs without faces: they come once for all views that want them.

import { bring } from "../kit/bring.js";
import { dataKeeper } from "../kit/gate.js";
import { unpackedPng } from "../kit/photo.js";
import { PIXELS, SIDE } from "../mirror/faces.js";

const [EACH, ACROSS] = [100, 10]; // faces, and as many others; patches side by side
// As convnet_core.faces has them, from top to bottom: heights, all but the first with their names; all are 256 wide.
const HEIGHTS = [256, 256, 170, 171, 171, 173, 192, 127, 98, 256, 256, 256, 256, 223, 256, 256];
const APART = 4; // nothing is learned from so many
const WITH_FACES = 2; // the first ones

/** @typedef {import("./jobs.js").Material} Material */

/**
 * @param {import("../kit/host.js").Model} model @param {Record<"faces" | "others", number[]>} heldOut  their places
 * @param {{ onready: () => void, say: (text: string) => void, signal: AbortSignal }} parts
 */
export function materialKeeper(model, heldOut, parts) {
  /** @returns {Promise<Material>} */
  const get = async (tell) => {
    const coming = ["patches", "photographs"].map((name) =>
      bring(model, name, (bytes) => unpackedPng(bytes.slice()), name === "photographs" ? tell : () => {}, parts.signal),
    );
    const [patches, photographs] = await Promise.all(coming);
    return { ...patchesOf(patches, heldOut), photographs: photographsOf(photographs) };
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

function photographsOf({ width, pixels }) {
  let end = 0;
  const all = HEIGHTS.map((height, at) => {
    const start = end;
    end += height;
    return { height, width, pixels: pixels.slice(start * width, end * width), isApart: at < APART };
  });
  return all.slice(WITH_FACES);
}
