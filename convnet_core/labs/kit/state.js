// Questions about a lab's state: is it the same, which preset is it, what follows from it; and a list with one part new.

/** The name under which `values` stands among the presets; null where it does not. */
export function presetOf(presets, values) {
  return Object.keys(presets).find((name) => same(presets[name], values)) ?? null;
}

/**
 * `compute`, which remembers its last answers: asked about one state again, it does not compute again.
 * What it is given beside the state never changes, such as a lab's presets.
 */
export function remembered(compute) {
  const answers = new WeakMap();
  return (state, ...fixed) => {
    if (!answers.has(state)) answers.set(state, compute(state, ...fixed));
    return answers.get(state);
  };
}

/** A copy of a list with `item` in one place of it. @template T @param {T[]} list @param {number} place @param {T} item */
export function replaced(list, place, item) {
  return list.map((old, at) => (at === place ? item : old));
}

/** Equal as JSON: enough for arrays of numbers, numbers and strings. */
export function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
