// What the first layer answers to: its eight kernels, each with its map over the whole photograph.

import { make } from "../kit/dom.js";
import { inColours, reachOf } from "../kit/paint.js";
import { localContrast, SCANNER, shapeOf } from "../mirror/faces.js";
import { Network } from "../mirror/network.js";
import { start } from "../mirror/training.js";
import { alike, smallPicture } from "./derived.js";
import { namedMap } from "../kit/named.js";
import { answersText, extremesText } from "./words.js";

const [KERNELS, SIZE] = [8, 4];
const NOTE =
  "Eight kernels of 4 × 4 weights: blue adds, orange takes away. Each map shows where one answers on the photograph, as " +
  "small as the chosen size makes it. No faces yet: edges, corners, dark spots.";

export function layersTab() {
  const rows = Array.from({ length: KERNELS }, (_, k) => {
    const [kernel, map] = [namedMap({ class: "cl-small-map cl-faces-kernel" }), namedMap()];
    const text = make("figcaption", { class: "cl-note" }, [kernel.element, `Kernel ${k + 1}`]);
    return { kernel, map, element: make("figure", { class: "cl-faces-figure" }, [text, map.element]) };
  });
  const element = make("div", {}, [
    make("p", { class: "cl-note", text: NOTE }),
    make(
      "div",
      { class: "cl-faces-layers" },
      rows.map((row) => row.element),
    ),
  ]);
  const draw = (picture, at, learned) => {
    const contrast = localContrast(smallPicture(picture, at));
    const net = new Network(SCANNER.slice(0, 2), shapeOf(contrast), 1);
    start(net, learned, 0);
    net.forward(contrast.pixels, 1);
    const { values, shape } = net.layers[1];
    const cells = shape.height * shape.width;
    const kernels = net.parameters()[0].value;
    rows.forEach(({ kernel, map }, k) => {
      const weights = kernels.subarray(k * SIZE * SIZE, (k + 1) * SIZE * SIZE);
      const answers = values.subarray(k * cells, (k + 1) * cells);
      const says = extremesText(weights, SIZE, ["adds most", "takes away most"]);
      kernel.draw(weights, SIZE, inColours(reachOf(kernels)), `Kernel ${k + 1} ${says}.`);
      const where = answersText(answers, shape.width);
      map.draw(answers, shape.width, inColours(reachOf(values) / 2), `Map of kernel ${k + 1}: ${where}.`);
    });
  };
  let drawn = [];
  const update = (_, { picture, at, weights }) => {
    const now = [picture, at?.which, weights];
    if (at && !alike(now, drawn)) draw(picture, at, weights);
    drawn = now;
  };
  return { element, update };
}
