// Curves of the sequences lab: a share from 0 to 100% over a count, with a mark where the reader is.

import { make, setAll, shape } from "../kit/dom.js";

const [LEFT, TOP, WIDTH, HEIGHT] = [40, 10, 262, 96];
const AIR = 5; // above 100% and below 0%, so that no line lies on the frame
const BOTTOM = TOP + HEIGHT;

/**
 * @param {HTMLElement} parent
 * @param {{ title: string, across: string, lines: [key: string, text: string][] }} options  lines: from back to front
 */
export function shareChart(parent, { title, across, lines }) {
  const paths = new Map(lines.map(([key]) => [key, shape("polyline", { class: `cl-seq-line cl-seq-${key}` })]));
  const keys = new Map(lines.map(([key, text]) => [key, make("span", { class: `cl-seq-key cl-seq-${key}`, text })]));
  const here = shape("path", { class: "cl-seq-here" });
  const ends = ["start", "end"].map((anchor, at) =>
    shape("text", { x: LEFT + at * WIDTH, y: BOTTOM + AIR + 13, "text-anchor": anchor }),
  );
  const level = (share) => BOTTOM - share * HEIGHT;
  const ticks = [0, 0.5, 1].map((share) =>
    shape("text", { x: LEFT - 5, y: level(share) + 4, "text-anchor": "end" }, [`${100 * share}%`]),
  );
  const drawing = shape("svg", { class: "cl-seq-curve", viewBox: `0 0 312 ${BOTTOM + AIR + 19}`, role: "img" }, [
    shape("rect", { class: "cl-seq-box", x: LEFT, y: TOP - AIR, width: WIDTH, height: HEIGHT + 2 * AIR }),
    shape("path", { class: "cl-seq-chance", d: `M${LEFT} ${level(0.5)}h${WIDTH}` }),
    ...ticks,
    ...ends,
    shape("text", { x: LEFT + WIDTH / 2, y: BOTTOM + AIR + 13, "text-anchor": "middle" }, [across]),
    here,
    ...paths.values(),
  ]);
  const element = make("div", { class: "cl-seq-chart" }, [
    make("p", { class: "cl-caption", text: title }),
    drawing,
    make("p", { class: "cl-note cl-seq-legend" }, [...keys.values()]),
  ]);
  parent.append(element);
  /**
   * @param {Record<string, number[] | null>} values  shares for the counts 1, 2, ...; a null hides its line
   * @param {{ at: number | null, last: number, words: string }} more  where the mark is, and where the axis ends
   */
  const update = (values, { at, last, words }) => {
    const x = (count) => LEFT + (WIDTH * (count - 1)) / (last - 1);
    for (const [key, path] of paths) {
      const points = (values[key] ?? []).map((share, place) => `${x(place + 1).toFixed(1)},${level(share).toFixed(1)}`);
      setAll(path, { points: points.join(" ") });
      keys.get(key).hidden = values[key] === null;
    }
    ends[0].textContent = "1";
    ends[1].textContent = String(last);
    setAll(here, { d: at === null ? "" : `M${x(at).toFixed(1)} ${TOP}v${HEIGHT}` });
    drawing.setAttribute("aria-label", `${title}. ${words}`);
  };
  return { element, update };
}
