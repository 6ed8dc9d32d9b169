// What the shuffle lab shows of a training: both nets, and their curves.

import { make, setAll, shape, write } from "../kit/dom.js";
import { growingBand, growingLine } from "../kit/growing.js";
import { capital, percent } from "../kit/words.js";
import { aboutNets, curveText, NETS } from "./words.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [44, 12, 280, 150];
const BOTTOM = TOP + HEIGHT;

/** What both nets are, each with the line that it has in the curve. */
export function netsView(parent) {
  const texts = NETS.map(([net, name]) => {
    const text = make("p", { class: "cl-note" });
    const key = make("p", { class: `cl-shuffle-key cl-shuffle-${net}`, text: capital(name) });
    parent.append(make("div", {}, [key, text]));
    return text;
  });
  /** @param {object} kind @param {object} net */
  return (kind, net) => aboutNets(kind, net).forEach((words, which) => write(texts[which], words));
}

/** Right answers in the test, epoch by epoch: a line for the mean of each net, a band from the least to the most. */
export function curveView(parent, { seeds, epochs }) {
  const nets = NETS.map(([net, , from]) => netOf(net, from));
  const frame = frameOf(epochs);
  const drawing = shape(
    "svg",
    { class: "cl-shuffle-curve", viewBox: `0 0 ${LEFT + WIDTH + 10} ${BOTTOM + 22}`, role: "img" },
    [...frame.behind, ...nets.map(({ band }) => band), ...frame.unswapped, ...nets.map(({ line }) => line)],
  );
  const title = `Right in the test: mean of ${seeds} trainings, and from the least to the most`;
  parent.append(make("p", { class: "cl-caption", text: title }), drawing);
  /**
   * @param {number[][]} points  so far @param {import("./derived.js").Kind} kind
   * @param {number | null} unswapped  the share that the ConvNet reached with nothing swapped, to compare with
   */
  return (points, { test, answers }, unswapped) => {
    const chance = 1 / answers.length;
    for (const net of nets) net.show(points, { chance, epochs, seeds, test });
    frame.show(chance, unswapped);
    drawing.setAttribute("aria-label", curveText(points, seeds * test, chance, unswapped));
  };
}

/** The line and the band of one net. @param {number} from  where its sum, least and most stand in a point */
function netOf(net, from) {
  const line = shape("polyline", { class: `cl-shuffle-line cl-shuffle-${net}` });
  const band = shape("polygon", { class: `cl-shuffle-band cl-shuffle-${net}` });
  const showMean = growingLine(/** @type {SVGPolylineElement} */ (line));
  const showSpan = growingBand(/** @type {SVGPolygonElement} */ (band));
  const show = (points, { chance, epochs, seeds, test }) => {
    const place = (epoch, share) => [tenth(LEFT + (WIDTH * epoch) / epochs), height(share, chance)];
    showMean(points.map((point, epoch) => place(epoch, point[from] / (seeds * test))));
    showSpan(points.map((point, epoch) => [1, 2].map((more) => place(epoch, point[from + more] / test))));
  };
  return { line, band, show };
}

/** What stands around the curves, and the level with nothing swapped. */
function frameOf(epochs) {
  const label = (x, y, anchor, text = "") => shape("text", { x, y, "text-anchor": anchor }, [text]);
  const level = shape("path", { class: "cl-shuffle-base" });
  const levelText = label(LEFT + WIDTH - 4, BOTTOM - 22, "end");
  const low = label(LEFT + WIDTH - 4, BOTTOM - 5, "end");
  const floor = label(LEFT - 5, BOTTOM, "end");
  const behind = [
    shape("rect", { class: "cl-shuffle-frame", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT }),
    shape("path", { class: "cl-shuffle-chance", d: `M${LEFT} ${BOTTOM}h${WIDTH}` }),
    label(LEFT - 5, TOP + 8, "end", "100%"),
    floor,
    low,
    label(LEFT, BOTTOM + 16, "start", "epoch 0"),
    label(LEFT + WIDTH, BOTTOM + 16, "end", `epoch ${epochs}`),
  ];
  const show = (chance, unswapped) => {
    setAll(level, { d: unswapped === null ? "" : `M${LEFT} ${height(unswapped, chance)}h${WIDTH}` });
    write(levelText, unswapped === null ? "" : "dotted: ConvNet, unswapped");
    write(floor, percent(chance));
    write(low, `pure chance: ${percent(chance)}`);
  };
  return { behind, unswapped: [level, levelText], show };
}

/** Where a share stands: pure chance, or below, at the lower edge. */
function height(share, chance) {
  return tenth(BOTTOM - (HEIGHT * Math.max(0, share - chance)) / (1 - chance));
}

function tenth(value) {
  return Math.round(10 * value) / 10;
}
