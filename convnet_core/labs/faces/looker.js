// The net looks through a photograph in the Worker. What it found before stays until there is something newer.

import { fullOf } from "../kit/paint.js";
import { machine } from "./machine.js";

/**
 * @typedef {object} Looked  what a net has found in a picture
 * @property {import("../mirror/faces.js").Picture} picture @property {ArrayLike<number>} weights
 * @property {Float64Array[]} maps  the scores of all windows, for each size
 * @property {number} full  the largest of them, which has the full colour
 * @property {Record<"together" | "alone", import("../mirror/scanning.js").Found>} told
 */

/** @param {() => void} onresult @param {AbortSignal} signal */
export function looker(onresult, signal) {
  const it = { /** @type {Looked | null} */ result: null, isBusy: false, look };
  let [wanted, running] = [null, null];
  const worker = machine({}, hear, signal);
  function hear({ maps, told, done }) {
    if (told) it.result = { ...running, maps, told, full: Math.max(1, ...maps.map(fullOf)) };
    if (!done) return;
    if (it.result?.picture !== running.picture || it.result.weights !== running.weights) it.result = nothing(running);
    running = null;
    if (wanted) begin();
    else it.isBusy = false;
    onresult();
  }
  /** The newest wish waits for its turn; one that a newer one has overtaken is none any more. */
  function look(picture, weights) {
    const last = wanted ?? running ?? it.result;
    if (last?.picture === picture && last.weights === weights) return;
    wanted = { picture, weights };
    if (!running) begin();
  }
  function begin() {
    [running, wanted] = [wanted, null];
    it.isBusy = true;
    worker.start({ job: "scan", ...running });
  }
  return it;
}

/** Where the work could not be done. @returns {Looked} */
function nothing(asked) {
  const none = { scores: [], boxes: [] };
  return { ...asked, maps: [], full: 1, told: { together: none, alone: none } };
}
