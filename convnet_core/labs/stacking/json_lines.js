// JSON.parse, which also knows on which line of the text each object and each of its keys stands. No DOM.

const DEEPEST = 12; // brackets within brackets; a net has seven
const SCALAR = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\\n]|\\.)*"|true|false|null/y;

/** What is wrong with a text, and in which line, from 1. */
export class LineError extends Error {
  constructor(line, reason) {
    super(`Line ${line}: ${reason}.`);
    this.line = line;
  }
}

/**
 * @param {string} text
 * @returns {{ value: any, lineOf: (object: unknown, key?: string) => number }}
 *   `lineOf` answers with the last line where it knows of no such object
 * @throws {LineError} where the text is no JSON
 */
export function parse(text) {
  const reader = new Reader(text);
  const value = reader.whole();
  const lineOf = (object, key = "") => {
    const lines = reader.lines.get(object);
    return lines?.get(key) ?? lines?.get("") ?? reader.line;
  };
  return { value, lineOf };
}

class Reader {
  /** Of the place where it stands. */
  line = 1;
  /** For each object the line of each of its keys, and under "" that on which it begins. */
  lines = new Map();
  #text;
  #at = 0;
  #depth = 0;

  constructor(text) {
    this.#text = text;
  }

  whole() {
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("the end");
    return value;
  }

  #value() {
    if (this.#take("{")) return this.#object();
    if (this.#take("[")) return this.#array();
    return this.#scalar("a number, a text in quotes, [ or {");
  }

  #object() {
    const entries = [];
    const lines = new Map([["", this.line]]);
    this.#members("}", () => {
      const key = this.#scalar("a name in quotes");
      if (typeof key !== "string") this.#fail("a name in quotes");
      lines.set(key, this.line);
      if (!this.#take(":")) this.#fail(":");
      entries.push([key, this.#value()]);
    });
    const object = Object.fromEntries(entries);
    this.lines.set(object, lines);
    return object;
  }

  #array() {
    const items = [];
    this.#members("]", () => items.push(this.#value()));
    return items;
  }

  /** What stands between brackets, with commas between. @param {string} end @param {() => void} read */
  #members(end, read) {
    this.#depth += 1;
    if (this.#depth > DEEPEST) this.#fail("fewer brackets within brackets");
    if (!this.#take(end)) {
      do read();
      while (this.#take(","));
      if (!this.#take(end)) this.#fail(`, or ${end}`);
    }
    this.#depth -= 1;
  }

  #scalar(wanted) {
    this.#skipSpace();
    SCALAR.lastIndex = this.#at;
    const [token] = SCALAR.exec(this.#text) ?? this.#fail(wanted);
    let value;
    try {
      value = JSON.parse(token);
    } catch {
      this.#fail(wanted);
    }
    this.#at += token.length;
    return value;
  }

  /** Whether this sign comes next, which then is behind it. */
  #take(sign) {
    this.#skipSpace();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace() {
    for (; /\s/.test(this.#text[this.#at] ?? ""); this.#at++) if (this.#text[this.#at] === "\n") this.line += 1;
  }

  /** @returns {never} */
  #fail(wanted) {
    const [rest] = this.#text.slice(this.#at, this.#at + 12).split("\n");
    const found = this.#at < this.#text.length ? `"${rest}" stands there` : "the text ends";
    throw new LineError(this.line, `wanted ${wanted}, but ${found}`);
  }
}
