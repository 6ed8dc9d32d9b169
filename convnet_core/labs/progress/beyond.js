// Own problems for the chapters beyond the slides, from 10 on. beyond.py makes the same from the same numbers.

import { fraction, written } from "./draw.js";

/** @typedef {import("./draw.js").Draw} Draw @typedef {import("./story.js").Made} Made */

/** @param {Draw} draw @returns {Made} */
export function cell(draw) {
  const [held, candidate] = [draw.pick([-4, -3, -2, 2, 3, 4]), draw.pick([-1, -0.5, 0.5, 1])];
  const [keep, write] = [draw.whole(1, 9) / 10, draw.whole(1, 9) / 10];
  return {
    pictures: [],
    facts: { held: written(held), candidate: written(candidate), keep: written(keep), write: written(write) },
    right: written(keep * held + write * candidate),
    slips: [
      ["all-kept", written(held + write * candidate)],
      ["all-written", written(keep * held + candidate)],
      ["gates-swapped", written(write * held + keep * candidate)],
      ["old-lost", written(write * candidate)],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function learned(draw) {
  const [first, second] = [draw.whole(2, 9), draw.whole(2, 9)];
  const side = draw.pick([3, 5, 7]);
  const window = side * side;
  return {
    pictures: [],
    facts: { first, second, side },
    right: written(first * (window + 1) + second * (first * window + 1)),
    slips: [
      ["no-bias", written(first * window + second * first * window)],
      ["one-map", written((first + second) * (window + 1))],
      ["bias-each", written(first * (window + 1) + second * first * (window + 1))],
      ["second-only", written(second * (first * window + 1))],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function overlap(draw) {
  const box = () => ({ row: draw.whole(0, 4), column: draw.whole(0, 4), side: draw.whole(3, 4) });
  const [one, other] = [box(), box()];
  const covers = ({ row, column, side }, r, c) => r >= row && r < row + side && c >= column && c < column + side;
  const cells = Array.from({ length: 8 }, (_, r) =>
    Array.from({ length: 8 }, (_, c) => (covers(one, r, c) ? 1 : 0) + (covers(other, r, c) ? 2 : 0)),
  );
  const count = (is) => cells.flat().filter(is).length;
  const [both, either] = [count((cell) => cell === 3), count((cell) => cell > 0)];
  return {
    pictures: [{ name: "boxes", values: cells, kind: "numbers" }],
    facts: { one, other, both, either },
    right: fraction(both, either),
    slips: [
      ["of-one", fraction(both, one.side ** 2)],
      ["counted-twice", fraction(both, one.side ** 2 + other.side ** 2)],
      ["of-picture", fraction(both, 64)],
      ["only-counted", written(both)],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function contrast(draw) {
  const [shown, drawn] = [draw.whole(1, 9), draw.whole(1, 9)];
  const weight = draw.whole(-4, 4) / 2;
  const rate = draw.pick([0.5, 1, 2]);
  return {
    pictures: [],
    facts: { shown, drawn, weight: written(weight), rate: written(rate) },
    right: written(weight + (rate * (shown - drawn)) / 10),
    slips: [
      ["turned", written(weight - (rate * (shown - drawn)) / 10)],
      ["shown-only", written(weight + (rate * shown) / 10)],
      ["not-divided", written(weight + rate * (shown - drawn))],
      ["change-only", written((rate * (shown - drawn)) / 10)],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function target(draw) {
  const points = draw.pick([-1, 0, 1]);
  const following = draw.list(3, () => draw.whole(-4, 6) / 2);
  const discount = draw.pick([0.5, 0.8, 0.9]);
  const best = Math.max(...following);
  return {
    pictures: [],
    facts: { points, following: following.map(written), discount: written(discount), best: written(best) },
    right: written(points + discount * best),
    slips: [
      ["no-discount", written(points + best)],
      ["points-only", written(points)],
      ["all-added", written(points + discount * following.reduce((all, value) => all + value, 0))],
      ["points-too", written(discount * (points + best))],
      ["worst", written(points + discount * Math.min(...following))],
    ],
  };
}

/** @param {Draw} draw @returns {Made} */
export function frames(draw) {
  const frame = () => {
    const knife = draw.whole(1, 8);
    return [knife, draw.whole(1, 9 - knife)];
  };
  const [[knife, spoon], [knifeThen, spoonThen]] = [frame(), frame()]; // in tenths
  const values = [[knife, spoon], [knifeThen, spoonThen]].map((row) => row.map((tenths) => tenths / 10));
  return {
    pictures: [{ name: "frames", values, kind: "numbers" }],
    facts: { values },
    right: fraction(spoon * spoonThen, knife * knifeThen),
    slips: [
      ["added", fraction(spoon + spoonThen, knife + knifeThen)],
      ["turned", fraction(knife * knifeThen, spoon * spoonThen)],
      ["spoon-only", fraction(spoon * spoonThen, 100)],
      ["first-only", fraction(spoon, knife)],
      ["last-only", fraction(spoonThen, knifeThen)],
    ],
  };
}
