// A state as the text of a link, and the way back. Chat and mail programs bend links: what they do to one is undone.

const LINK_LIMIT = 30_000; // characters; the largest honest link, of a trained network, is under 25,000
// A soft line break of a mail may leave "3D" of its "=3D". What follows the letters of a link is not of the link.
const PARTS = /^(?:3D)?(?:(\d{1,6})\.)?([A-Za-z0-9+/_-]*)/;

/**
 * The text of a state. Where a lab's states have changed their form, their version stands before it: "2.eyJ..."
 * @param {object} changes @param {number} [version] @returns {string} safe in a link's fragment
 */
export function encode(changes, version = 1) {
  const bytes = new TextEncoder().encode(JSON.stringify(changes));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return version > 1 ? `${version}.${text}` : text;
}

/**
 * The other way; throws an Error with a sentence for the reader where the link is broken.
 * @param {string} text @returns {{ state: object, version: number }}
 */
export function decode(text) {
  const [, version = "1", letters] = PARTS.exec(text);
  if (letters.length > LINK_LIMIT) throw new Error("this link is too long to be one of ours");
  // A text that was set in italics ends in a mark that could be one of its letters.
  const state = stateIn(letters) ?? stateIn(letters.replace(/[_-]+$/, ""));
  if (state === null) throw new Error("this link is damaged");
  return { state, version: Number(version) };
}

/** @param {string} letters @returns {object | null} */
function stateIn(letters) {
  try {
    const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    const state = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
    return typeof state === "object" && !Array.isArray(state) ? state : null;
  } catch {
    return null; // whatever is wrong with it, the reader's way out is the same
  }
}
