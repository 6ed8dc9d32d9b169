// One window: its pixels, what the net gets of them, what its layers make of that, and its two votes.

import { make, write } from "../kit/dom.js";
import { fullOf, inColours, inGreys } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { SEEN, SIDE } from "../mirror/faces.js";
import { boxOf } from "./derived.js";
import { nameIt, namedMap } from "../kit/named.js";
import { extremesText, mapsText, windowText } from "./words.js";

const [FIRST, SECOND] = [18, 6]; // pixels of a map's side

export function windowTab() {
  const words = make("p", { class: "cl-faces-account" });
  const [pixels, contrast] = [namedMap(), namedMap()];
  const [first, second] = [mapRow(8, FIRST), mapRow(12, SECOND)];
  const element = make("div", {}, [
    words,
    make("p", { class: "cl-note", text: "Point at the photograph, or use arrow keys there." }),
    make("div", { class: "cl-faces-steps" }, [
      figure("Its 25 × 25 pixels", pixels.element),
      figure("Each by how it stands out from the 5 × 5 around it", contrast.element),
      figure("First convolution, then ReLU: 8 maps", first.element),
      figure("Second convolution, then ReLU: 12 maps", second.element),
    ]),
  ]);
  const update = (_, { seen, at }) => {
    element.hidden = seen === null;
    if (seen === null) return;
    const say = (values, width) => `${extremesText(values, width, ["Brightest", "darkest"])}.`;
    pixels.draw(seen.pixels, SIDE, inGreys, say(seen.pixels, SIDE));
    contrast.draw(seen.contrast, SEEN, inColours(fullOf(seen.contrast)), say(seen.contrast, SEEN));
    first.draw(seen.conv1);
    second.draw(seen.conv2);
    write(words, windowText(boxOf(at), seen));
  };
  return { element: make("div", {}, [element]), update };
}

function figure(text, child) {
  return make("figure", { class: "cl-faces-figure" }, [make("figcaption", { class: "cl-note", text }), child]);
}

/** All maps of a layer, on one scale. */
function mapRow(count, side) {
  const maps = Array.from({ length: count }, () => smallMap());
  const element = make(
    "div",
    { class: "cl-faces-maps" },
    maps.map((map) => map.element),
  );
  const draw = (values) => {
    const painter = inColours(fullOf(values));
    maps.forEach((map, k) => map.draw(values.subarray(k * side * side, (k + 1) * side * side), side, painter));
    nameIt(element, mapsText(values, count));
  };
  return { element, draw };
}
