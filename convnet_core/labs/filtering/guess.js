// Meets a guess of a match: right, or wrong in one of the ways that people go wrong, each by its name.

import { flip } from "../mirror/convolution.js";
import { match, products } from "../mirror/filtering.js";
import { count, total } from "../mirror/matrix.js";
import { plain, truncated } from "../mirror/printing.js";

/**
 * @param {number} guess @param {number[][]} patch @param {number[][]} feature
 * @returns {{ right: boolean, slip: string | null, text: string }}
 *   the slip's short name, and a sentence that does not give the answer away while it may be tried again
 */
export function judge(guess, patch, feature) {
  const answer = match(patch, feature);
  const fraction = `${plain(total(products(patch, feature)))} / ${count(feature)}`;
  const written = `${fraction} = ${truncated(answer)}`;
  if (close(guess, answer) || close(guess, Number(truncated(answer))))
    return { right: true, slip: null, text: `Right: ${written}.` };
  if (close(guess, rounded(answer))) {
    return {
      right: true,
      slip: "rounded",
      text: `Right, rounded. The slides cut the rest off instead: ${fraction} is printed ${truncated(answer)}.`,
    };
  }
  const slip = SLIPS.find(({ value }) => {
    const wrong = value(patch, feature);
    return [wrong, Number(truncated(wrong)), rounded(wrong)].some((form) => close(guess, form));
  });
  if (slip) return { right: false, slip: slip.name, text: `Not quite. ${slip.text}` };
  const steps = `Multiply pixel by pixel, add up, and divide by ${count(feature)}.`;
  return { right: false, slip: null, text: `Not ${Number(guess.toPrecision(4))}. ${steps}` };
}

const SLIPS = [
  {
    name: "not divided",
    value: (patch, feature) => total(products(patch, feature)),
    text: "That is the sum. One step is missing: the division by the number of pixels.",
  },
  {
    name: "minus signs forgotten",
    value: (patch, feature) => total(products(patch, feature).map((row) => row.map(Math.abs))) / count(feature),
    text: "It looks as if the minus signs got lost. 1 × -1 is -1, and it pulls the sum down.",
  },
  {
    name: "counted the matches",
    value: (patch, feature) =>
      total(patch.map((row, r) => row.map((v, c) => Number(v === feature[r][c])))) / count(feature),
    text: "That is the share of pixels that agree. A pixel that differs does more than miss: it takes 1 away.",
  },
  {
    name: "wrong sign",
    value: (patch, feature) => -match(patch, feature),
    text: "The size is right and the sign is not. Equal signs multiply to plus, different ones to minus.",
  },
  {
    name: "flipped the feature",
    value: (patch, feature) => match(patch, flip(feature)),
    text: "That is the match with the feature turned through half a turn. Lay it on as it is.",
  },
];

function rounded(value) {
  return Math.round(value * 100) / 100;
}

function close(a, b) {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
}
