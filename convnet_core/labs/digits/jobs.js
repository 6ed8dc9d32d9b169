// Long work: arithmetic alone, a step at a time. It runs in a Worker, or, where none can be made, in the page.

import { occlusion } from "../mirror/looking.js";
import { Brain } from "./brain.js";

/** The square walks: a row of shares after the other. */
function* occlude(_, { weights, picture, label, size, stride, grey }) {
  const { net } = new Brain(weights);
  for (const row of occlusion(net, picture, label, { size, stride, grey })) yield { row };
}

/** @type {import("../kit/slices.js").Jobs} */
export const JOBS = { occlude };
