// A net as text: JSON with layers and weights. Whatever is wrong with it, the line is named. No DOM.

import { LineError, parse } from "./json_lines.js";
import { blockProblem } from "./rules.js";

const LONGEST = 100_000; // characters of a text that is looked at

/** What a layer has where the text says nothing of it. */
const UNSAID = {
  conv: ({ weights }) => ({ bias: Array.isArray(weights) ? weights.map(() => 0) : [], stride: 1, padding: 0 }),
  relu: () => ({}),
  pool: ({ window }) => ({ window: 2, stride: window ?? 2, edge: "kept" }),
};

/**
 * The blocks that a text describes.
 * @param {string} text @param {object} rule  of the lab's blocks
 * @throws {LineError} where it describes none
 */
export function readNet(text, rule) {
  if (text.length > LONGEST) throw new LineError(1, `the text is longer than ${LONGEST} characters`);
  const { value, lineOf } = parse(text);
  const layers = isObject(value) ? value.layers : null;
  if (!Array.isArray(layers)) throw new LineError(1, 'a net is an object like {"layers": [...]}');
  if (layers.length > rule.most)
    throw new LineError(lineOf(layers[rule.most]), `a stack has at most ${rule.most} layers`);
  return layers.map((layer, index) => {
    const block = completed(layer, rule);
    const problem = blockProblem(rule, block);
    if (problem === null) return block;
    throw new LineError(lineOf(layer, problem.part), `layer ${index + 1}: ${problem.reason}`);
  });
}

/** A text that `readNet` reads, a layer on each line. */
export function writeNet(blocks) {
  const lines = blocks.map((block) => `  ${JSON.stringify(block)}`);
  return `{"layers": [\n${lines.join(",\n")}\n]}`;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** In the rule's order, so that equal blocks are written alike. */
function completed(layer, rule) {
  if (!isObject(layer) || typeof layer.kind !== "string" || !Object.hasOwn(rule.parts, layer.kind)) return layer;
  const whole = { ...UNSAID[layer.kind](layer), ...layer };
  const order = ["kind", ...Object.keys(rule.parts[layer.kind]), ...Object.keys(layer)];
  return Object.fromEntries(order.filter((part) => Object.hasOwn(whole, part)).map((part) => [part, whole[part]]));
}
