// The rules of a stack of blocks, which no other lab has. rules.py refuses the same values with the same words.

import { addRule, hasShape, numbersRefusal, refusal } from "../kit/rules.js";

/**
 * @typedef {{ kind: "filters", filters: number, maps: number, size: number, min: number, max: number }} Filters
 * @typedef {{ kind: "blocks", most: number, weights: number, parts: Record<string, Record<string, object>> }} Blocks
 */

addRule("filters", filtersRefusal);
addRule("blocks", blocksRefusal);

/** `value` is (filters, maps, size, size): each filter has one square kernel for each map that comes in. */
function filtersRefusal(name, rule, value) {
  const shape = Array.isArray(value) ? [value.length, ...lengths(value)] : [];
  const most = [rule.filters, rule.maps, rule.size, rule.size];
  const isSound = shape.length === 4 && shape[2] === shape[3] && shape.every((at, k) => at >= 1 && at <= most[k]);
  if (!isSound || !hasShape(value, shape)) {
    return `${name} must be 1 to ${rule.filters} filters, each of 1 to ${rule.maps} square kernels, one for each map, of 1 to ${rule.size} numbers a side`;
  }
  return numbersRefusal(name, { ...rule, shapes: [shape] }, value);
}

/** The length of the first part of a list, of that one's first part, and so on: three levels deep at most. */
function lengths(value) {
  const found = [];
  while (found.length < 3 && Array.isArray(value[0])) {
    value = value[0];
    found.push(value.length);
  }
  return found;
}

function blocksRefusal(name, rule, value) {
  if (!Array.isArray(value) || value.length > rule.most) {
    return `${name} must be a list of at most ${rule.most} blocks`;
  }
  for (const [index, block] of value.entries()) {
    const problem = blockProblem(rule, block);
    if (problem !== null) return `${name}, block ${index + 1}: ${problem.reason}`;
  }
  const weights = value.flatMap((block) => block.weights ?? []).flat(Infinity).length;
  if (weights <= rule.weights) return null;
  return `${name} must have at most ${rule.weights} weights in all; these are ${weights}`;
}

/**
 * Which part of a block is refused ("" for the block itself), and why; null where it is welcome.
 * @returns {{ part: string, reason: string } | null}
 */
export function blockProblem(rule, block) {
  if (typeof block !== "object" || block === null || Array.isArray(block)) {
    return { part: "", reason: "a block is an object with a kind" };
  }
  const kind = Object.hasOwn(block, "kind") ? block.kind : null;
  if (typeof kind !== "string" || !Object.hasOwn(rule.parts, kind)) {
    return { part: "kind", reason: `kind must be one of: ${Object.keys(rule.parts).join(", ")}` };
  }
  const names = ["kind", ...Object.keys(rule.parts[kind])];
  if (Object.keys(block).length !== names.length || !names.every((part) => Object.hasOwn(block, part))) {
    return { part: "", reason: `a block of kind ${kind} has ${names.join(", ")}, and nothing else` };
  }
  for (const part of names.slice(1)) {
    const reason = refusal(part, rule.parts[kind][part], block[part]);
    if (reason !== null) return { part, reason };
  }
  if (names.includes("bias") && block.bias.length !== block.weights.length) {
    return { part: "bias", reason: `bias must be a list of ${block.weights.length}, one number for each filter` };
  }
  return null;
}
