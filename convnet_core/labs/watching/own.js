// A recipe of the reader's own: its rows of numbers, and what becomes of them. No DOM.

import { replaced } from "../kit/state.js";
import { wordsOf } from "../mirror/cooking.js";
import { FRAMES, HANDS, HEIGHT, WIDTH } from "../mirror/kitchen.js";
import { look, OWN, TENTHS } from "./derived.js";

const LARGEST_LOOK = 79_999;
const ANOTHER = 7919; // looks further on: one that no clip beside it has

/** The rows of the recipe that is watched, whoever's it is. @param {import("./derived.js").Kitchen} kitchen @returns {number[][]} */
export function rowsOf(kitchen, state) {
  if (state.own.length > 0) return state.own;
  const words = kitchen.material.words.holds.map(wordsOf);
  return kitchen.clips(state).map(({ clip: { hands } }, place) => {
    const holds = hands.map(({ grasp, thing }) => words.indexOf(wordsOf([grasp, thing])));
    return OWN.row(holds, look(state, place), { columns: hands.map(({ column }) => column), rows: hands.map(({ row }) => row) });
  });
}

/** One hand holds something else. @param {number[]} row @param {number} side @param {number} hold */
export const withHold = (row, side, hold) => replaced(row, side, hold);

/** One hand is moved, from a frame on; it stays in the picture. @param {number[]} row @param {number} side */
export function withHandMoved(row, side, frame, down, right) {
  const { columns, rows } = OWN.places(row);
  const shifted = (path, by, most) => path.map((at, k) => (k < frame ? at : within(at + by, most)));
  return OWN.row(OWN.holds(row), OWN.look(row), {
    columns: replaced(columns, side, shifted(columns[side], right, WIDTH - 1)),
    rows: replaced(rows, side, shifted(rows[side], down, HEIGHT - 1)),
  });
}

const within = (at, most) => Math.round(TENTHS * Math.max(0, Math.min(most, at))) / TENTHS;

/** The recipe with a clip more behind one of them: the same again, which looks otherwise. @param {number[][]} rows */
export function withCopy(rows, place) {
  const copy = replaced(rows[place], HANDS, (OWN.look(rows[place]) + ANOTHER) % (LARGEST_LOOK + 1));
  return [...rows.slice(0, place + 1), copy, ...rows.slice(place + 1)];
}

/**
 * The recipe in another order, or without some clips. What was said of a clip's hands goes with it.
 * @param {any} state @param {number[][]} rows @param {(number | null)[]} order  where each clip stood before; null: nowhere
 */
export function rearranged({ corrections, hidden }, rows, order) {
  const follow = (/** @type {number[][]} */ told) =>
    told.flatMap(([hand, ...more]) => {
      const place = order.indexOf(Math.floor(hand / HANDS));
      return place < 0 ? [] : [[HANDS * place + (hand % HANDS), ...more]];
    });
  return { own: rows, corrections: follow(corrections), hidden: follow(hidden) };
}

/** A recording that runs: hands that are moved leave a path, the others keep theirs. */
export class Take {
  /** @param {number[]} row */
  constructor(row) {
    this.start = row;
    this.frame = 0;
    const { columns, rows } = OWN.places(row);
    this.columns = columns;
    this.rows = rows;
    /** Where the reader's pointer has each hand that was moved, be it beyond the picture. @type {Map<number, number[]>} */
    this.moved = new Map();
  }

  /** @param {number} side @param {number} down @param {number} right */
  move(side, down, right) {
    const { frame, moved } = this;
    const [row, column] = moved.get(side) ?? [this.rows[side][frame], this.columns[side][frame]];
    moved.set(side, [row + down, column + right]);
    this.rows[side][frame] = within(row + down, HEIGHT - 1);
    this.columns[side][frame] = within(column + right, WIDTH - 1);
  }

  /** The next frame, in which moved hands begin where they are. @returns {boolean} whether there is one */
  next() {
    if (this.frame === FRAMES - 1) return false;
    this.frame += 1;
    for (const side of this.moved.keys())
      for (const path of [this.columns[side], this.rows[side]]) path[this.frame] = path[this.frame - 1];
    return true;
  }

  get row() {
    return OWN.row(OWN.holds(this.start), OWN.look(this.start), this);
  }
}
