// Names for edits that Undo takes back together.

let strokes = 0;

/** A name that no other edit has had. */
export function nextStroke() {
  strokes += 1;
  return `stroke-${strokes}`;
}
