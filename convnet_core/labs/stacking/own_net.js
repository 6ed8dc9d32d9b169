// A net of the reader's own, as text: JSON with layers and weights. Whatever is wrong with it, the line is named.

import { button, make } from "../kit/dom.js";
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

/** What is wrong with a text, and in which line, from 1. */
class LineError extends Error {
  constructor(line, reason) {
    super(`Line ${line}: ${reason}.`);
    this.line = line;
  }
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

const DEEPEST = 12; // brackets within brackets; a net has seven
const SCALAR = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\\n]|\\.)*"|true|false|null/y;

/**
 * JSON.parse, which also knows on which line an object begins and on which one each of its keys stands.
 * @returns {{ value: unknown, lineOf: (object: unknown, key?: string) => number }}
 */
function parse(text) {
  const lines = new WeakMap();
  let [at, line, depth, lastLine] = [0, 1, 0, 1];

  const skip = () => {
    for (; /\s/.test(text[at] ?? ""); at++) if (text[at] === "\n") line += 1;
  };
  const fail = (wanted) => {
    const found = at < text.length ? `"${text.slice(at, at + 12).split("\n")[0]}" stands there` : "the text ends";
    throw new LineError(line, `wanted ${wanted}, but ${found}`);
  };
  const take = (sign) => {
    skip();
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const scalar = (wanted) => {
    skip();
    SCALAR.lastIndex = at;
    const [token] = SCALAR.exec(text) ?? fail(wanted);
    at += token.length;
    try {
      return JSON.parse(token);
    } catch {
      at -= token.length;
      return fail(wanted);
    }
  };
  /** What stands between brackets, with commas between. */
  const members = (end, read) => {
    depth += 1;
    if (depth > DEEPEST) fail("fewer brackets within brackets");
    if (!take(end)) {
      do read();
      while (take(","));
      if (!take(end)) fail(`, or ${end}`);
    }
    depth -= 1;
  };
  const object = () => {
    const entries = [];
    const places = new Map([["", line]]);
    members("}", () => {
      const key = scalar("a name in quotes");
      if (typeof key !== "string") fail("a name in quotes");
      places.set(key, line);
      if (!take(":")) fail(":");
      entries.push([key, value()]);
    });
    const made = Object.fromEntries(entries);
    lines.set(made, places);
    return made;
  };
  const array = () => {
    const items = [];
    members("]", () => items.push(value()));
    return items;
  };
  const value = () => {
    if (take("{")) return object();
    if (take("[")) return array();
    return scalar("a number, a text in quotes, [ or {");
  };

  const whole = value();
  skip();
  if (at < text.length) fail("the end");
  lastLine = line;
  const lineOf = (made, key = "") => {
    const places = isObject(made) ? lines.get(made) : null;
    return places?.get(key) ?? places?.get("") ?? lastLine;
  };
  return { value: whole, lineOf };
}

/**
 * The box where a net is pasted, and the lab as the place to drop a file with one.
 * @param {HTMLElement} parent
 * @param {{ store: object, take: (blocks: object[]) => string | null, say: Function, refuse: Function, signal: AbortSignal }} lab
 *   `take` puts blocks into the state, or says why not
 */
export function ownNet(parent, { store, take, say, refuse, signal }) {
  const area = make("textarea", { class: "cl-net-text", rows: 10, spellcheck: "false", autocapitalize: "off" });
  const label = make("label", { class: "cl-net-label" }, [
    make("span", { text: "A net as JSON, a layer on each line" }),
    area,
  ]);
  const fault = make("p", { class: "cl-net-fault" });
  const tell = (text) => {
    fault.textContent = text;
    area.setAttribute("aria-invalid", String(text !== ""));
    if (text) refuse(`${text} The stack stays as it was.`);
  };
  const use = () => {
    try {
      const reason = take(readNet(area.value, store.rule("blocks")));
      tell(reason === null ? "" : `${reason}.`);
    } catch (problem) {
      if (!(problem instanceof LineError)) throw problem;
      tell(problem.message);
      mark(area, problem.line);
    }
  };
  const write = () => {
    area.value = writeNet(store.state.blocks);
    tell("");
    say("The stack stands in the box, as text.");
  };
  // In the box, Ctrl+Z belongs to the typed text.
  area.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
  const tools = make("div", { class: "cl-buttons" }, [
    button("Use this net", use),
    button("Write the stack here", write),
  ]);
  const note = make("p", { class: "cl-note", text: "Paste a net, change a number, or drop a text file on the lab." });
  const summary = make("summary", { text: "A net of your own" });
  const details = make("details", { class: "cl-net" }, [summary, note, label, tools, fault]);
  details.addEventListener("toggle", () => details.open && area.value === "" && write(), { signal });
  parent.append(details);
  return {
    /** Of a dropped file. @param {string} text */
    read(text) {
      details.open = true;
      area.value = text;
      use();
    },
  };
}

/** Selects a line of a text area, without taking the focus there. */
function mark(area, line) {
  const lines = area.value.split("\n");
  const from = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  area.setSelectionRange(from, from + lines[line - 1].length);
}
