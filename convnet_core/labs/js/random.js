// Random numbers that are the same for the same seed, in Python too. No DOM, no imports: a Worker gets them as text.

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
