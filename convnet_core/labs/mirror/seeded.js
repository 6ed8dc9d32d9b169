// Random numbers that are the same for the same seed, in Python too.

/** Random numbers from 0 to below 1 (mulberry32). @param {number} seed @returns {() => number} */
export function mulberry(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// What random numbers are for: each purpose has a stream of its own.
export const FIRST_WEIGHTS = 0;
export const ORDER = 1;
export const BATCHES = 2;

/** Random numbers of their own for each purpose, and for each epoch or batch. */
export function stream(seed, purpose, count) {
  return mulberry(Math.imul(seed * 3 + purpose + 1, 0x9e3779b1) + count);
}

/** Whole numbers below `count`, shuffled. */
export function shuffled(count, random) {
  const order = Int32Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}
