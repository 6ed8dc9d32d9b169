// What a lab's state may be. The rules come from Python with the state, and rules.py refuses the
// same values with the same words, so neither side can be handed what the other would not take.

/**
 * @typedef {({ kind: "numbers", shapes: number[][], min: number, max: number }
 *   | { kind: "integer" | "number", min: number, max: number }
 *   | { kind: "list", longest: number, min: number, max: number }
 *   | { kind: "choice", options: string[] }
 *   | { kind: "flag" }
 *   | { kind: "photograph", longest: number }) & { personal?: boolean }} Rule  and what `addRule` adds
 * @typedef {(name: string, rule: any, value: unknown) => string | null} Judge
 */

/** @type {Map<string, Judge>} */
const added = new Map();
const PHOTOGRAPH = /^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/;

/**
 * Why `value` is refused, in a sentence for the reader; null where it is welcome.
 * @param {string} name @param {Rule} rule @param {unknown} value
 * @returns {string | null}
 */
export function refusal(name, rule, value) {
  switch (rule.kind) {
    case "numbers":
      return numbersRefusal(name, rule, value);
    case "integer":
      if (Number.isInteger(value) && within(rule, value)) return null;
      return `${name} must be a whole number from ${rule.min} to ${rule.max}`;
    case "number":
      return within(rule, value) ? null : `${name} must be a number from ${rule.min} to ${rule.max}`;
    case "choice":
      if (rule.options.some((option) => option === value)) return null;
      return `${name} must be one of: ${rule.options.join(", ")}`;
    case "list":
      if (Array.isArray(value) && value.length <= rule.longest && value.every((number) => within(rule, number)))
        return null;
      return `${name} must be a list of at most ${rule.longest} numbers from ${rule.min} to ${rule.max}`;
    case "flag":
      return typeof value === "boolean" ? null : `${name} must be true or false`;
    case "photograph":
      if (typeof value === "string" && value.length <= rule.longest && PHOTOGRAPH.test(value)) return null;
      return `${name} must be a PNG picture as a data address of at most ${rule.longest} characters`;
    default:
      return addedRefusal(name, rule, value);
  }
}

/** @param {string} name @param {{ kind: string }} rule @param {unknown} value */
function addedRefusal(name, rule, value) {
  if (!added.has(rule.kind)) throw new Error(`unknown rule ${rule.kind}`);
  return added.get(rule.kind)(name, rule, value);
}

/** For a kind of rule that one lab alone has: its own module brings it. @param {string} kind @param {Judge} judge */
export function addRule(kind, judge) {
  added.set(kind, judge);
}

/** @param {string} name @param {{ shapes: number[][], min: number, max: number }} rule @param {any} value */
export function numbersRefusal(name, { shapes, min, max }, value) {
  if (!shapes.some((shape) => hasShape(value, shape))) {
    return `${name} has the wrong shape: wanted ${shapes.map((shape) => shape.join(" x ")).join(" or ")} numbers`;
  }
  if (value.flat(Infinity).every((number) => within({ min, max }, number))) return null;
  return `${name} must hold numbers from ${min} to ${max} only`;
}

/** @param {unknown} value @param {number[]} shape */
export function hasShape(value, shape) {
  const [length, ...inner] = shape;
  if (length === undefined) return !Array.isArray(value);
  return Array.isArray(value) && value.length === length && value.every((part) => hasShape(part, inner));
}

/** @param {{ min: number, max: number }} rule @param {unknown} value */
function within({ min, max }, value) {
  return typeof value === "number" && value >= min && value <= max;
}
