// Grammars whose rules have probabilities, and the likeliest tree for what was seen, as in convnet_core.grammar.

/**
 * @typedef {readonly [left: string, right: readonly string[], probability: number]} Rule  `right`: one symbol or two
 * @typedef {{ symbol: string, parts: Tree[] }} Tree  a leaf has no parts
 * @typedef {{ log: number, madeOf: readonly [] | readonly [string] | readonly [string, string, number] }} Way
 * @typedef {Map<string, Way>} Cell  the best way to make each symbol of some places
 */

const NONE = /** @type {const} */ ([]);

/** Finds the likeliest tree of a grammar (Cocke, Younger and Kasami). */
export class Parser {
  /** @param {Iterable<Rule>} rules */
  constructor(rules) {
    /** @type {Map<string, [string, number][]>} */
    this.single = new Map();
    /** @type {Map<string, Map<string, [string, number][]>>} */
    this.double = new Map();
    for (const [left, [one, other], probability] of rules) {
      const isSingle = other === undefined;
      if (!isSingle && !this.double.has(one)) this.double.set(one, new Map());
      const [made, key] = isSingle ? [this.single, one] : [this.double.get(one), other];
      if (!made.has(key)) made.set(key, []);
      made.get(key).push([left, Math.log(probability)]);
    }
  }

  /**
   * The likeliest tree that has `start` at its top; null if there is none.
   * @param {Record<string, number>[]} leaves  for each place what may stand there, with the log of how likely it looks so
   * @param {string} start
   * @returns {{ log: number, tree: Tree } | null}
   */
  parse(leaves, start) {
    const count = leaves.length;
    /** By first place and end. @type {Cell[][]} */
    const best = leaves.map(() => []);
    leaves.forEach((symbols, place) => {
      const ways = Object.entries(symbols).map(([symbol, log]) => /** @type {const} */ ([symbol, { log, madeOf: NONE }]));
      best[place][place + 1] = this.#risen(new Map(ways));
    });
    for (let length = 2; length <= count; length++)
      for (let first = 0; first + length <= count; first++)
        best[first][first + length] = this.#joined(best, first, first + length);
    const top = best[0]?.[count].get(start);
    return top ? { log: top.log, tree: treeOf(best, start, 0, count) } : null;
  }

  /** What the places from `first` to before `end` can be: all pairs of a left part and a right part. */
  #joined(best, first, end) {
    const cell = new Map();
    for (let middle = first + 1; middle < end; middle++) {
      const others = best[middle][end];
      for (const [one, { log: logOne }] of best[first][middle]) {
        const made = this.double.get(one);
        if (made === undefined) continue;
        for (const [other, { log: logOther }] of others)
          for (const [symbol, log] of made.get(other) ?? NONE)
            keep(cell, symbol, logOne + logOther + log, [one, other, middle]);
      }
    }
    return this.#risen(cell);
  }

  /** With whatever is made of one symbol that is there. @param {Cell} cell */
  #risen(cell) {
    const todo = [...cell.keys()];
    while (todo.length > 0) {
      const one = todo.pop();
      for (const [symbol, log] of this.single.get(one) ?? NONE)
        if (keep(cell, symbol, cell.get(one).log + log, [one])) todo.push(symbol);
    }
    return cell;
  }
}

/** Keep the better of two ways to make a symbol; whether it is the new one. @param {Cell} cell */
function keep(cell, symbol, log, madeOf) {
  const before = cell.get(symbol);
  if (before !== undefined && log <= before.log) return false;
  cell.set(symbol, { log, madeOf });
  return true;
}

/** @returns {Tree} */
function treeOf(best, symbol, first, end) {
  const [one, other, middle] = best[first][end].get(symbol).madeOf;
  if (one === undefined) return { symbol, parts: [] };
  if (other === undefined) return { symbol, parts: [treeOf(best, one, first, end)] };
  return { symbol, parts: [treeOf(best, one, first, middle), treeOf(best, other, middle, end)] };
}

/** The symbols at the bottom, from left to right. @param {Tree} tree @returns {string[]} */
export function leavesOf({ symbol, parts }) {
  return parts.length === 0 ? [symbol] : parts.flatMap(leavesOf);
}

/** A sentence of the grammar at random. @param {readonly Rule[]} rules @param {string} start @param {() => number} random @returns {string[]} */
export function sentence(rules, start, random) {
  const choices = rules.filter(([left]) => left === start);
  if (choices.length === 0) return [start];
  const which = oneOf(Object.fromEntries(choices.map(([, , share], k) => [`rule ${k}`, share])), random);
  const [, right] = choices[Number(which.slice(5))];
  return right.flatMap((part) => sentence(rules, part, random));
}

/** One of the keys at random, each as often as its number says. @param {Record<string, number>} shares @param {() => number} random */
export function oneOf(shares, random) {
  const keys = Object.keys(shares);
  let left = random() * Object.values(shares).reduce((sum, share) => sum + share, 0);
  for (const key of keys) {
    left -= shares[key];
    if (left < 0) return key;
  }
  return keys.at(-1); // a last bit was left over
}
