// A state as the text of a link, and the way back.

const LINK_LIMIT = 30_000; // characters; the largest honest link, of a trained network, is under 25,000

/** @param {object} changes @returns {string} safe in a link's fragment */
export function encode(changes) {
  const bytes = new TextEncoder().encode(JSON.stringify(changes));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The other way; throws an Error with a sentence for the reader where the link is broken. */
export function decode(text) {
  if (text.length > LINK_LIMIT) throw new Error("this link is too long to be one of ours");
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const changes = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
    if (typeof changes === "object" && changes !== null && !Array.isArray(changes)) return changes;
  } catch {
    // Falls through: whatever is wrong with it, the reader's way out is the same.
  }
  throw new Error("this link is damaged");
}
