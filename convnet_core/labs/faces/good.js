// How good a net is: of what it tells, how much is right, and of the faces that there are, how many it finds.

import { button, make, setAll, shape, write } from "../kit/dom.js";
import { progressBar } from "../kit/gate.js";
import { percent } from "../kit/words.js";
import { precisionRecall } from "../mirror/scanning.js";
import { machine } from "./machine.js";
import { goodText, judgedText, rounded, WHO } from "./words.js";

const LOOKS = { patches: "last", "round 3": "test", own: "train" }; // of the lines in kit/style.css
const ROWS = 6; // of a line in the table
const [LEFT, TOP, SIDE] = [40, 10, 180];
const WHY = "Held-out faces are laid over photographs without faces. Has the net a box on each, and no other?";
const NOTE =
  "The faces lie on 14 photographs. On 12 of these the book’s net was shown its false alarms: elsewhere it makes more.";

/**
 * @param {import("../kit/store.js").Store} store
 * @param {{ keeper: import("../kit/gate.js").Keeper<import("./jobs.js").Material>, nets: import("./nets.js").Nets,
 *           say: (text: string) => void, signal: AbortSignal }} parts
 */
export function goodTab(store, { keeper, nets, say, signal }) {
  const judged = judging(store, { keeper, nets, say, ondone: () => say(told), signal });
  const press = button("", judged.press, { class: "cl-button cl-primary" });
  const bar = progressBar("How many photographs it has looked through");
  const words = make("p", { class: "cl-faces-account" });
  const plot = curvesOf();
  const table = tableOf();
  let told = ""; // how good the net is that looks, in short
  const behind = make("div", {}, [
    make("div", { class: "cl-controls" }, [press, bar]),
    words,
    plot.element,
    table.element,
    make("p", { class: "cl-note", text: NOTE }),
  ]);
  const element = keeper.gate(WHY, behind);
  const update = (state) => {
    const who = nets.who(state);
    const own = judged.of(nets.now(state));
    bar.hidden = !judged.isOn;
    write(press, judged.isOn ? "Stop" : "Judge it");
    bar.value = judged.share;
    const lines = Object.keys(WHO).map((name) => {
      const result = judged.of(name === "own" ? nets.own : nets.book[name]);
      return { name, points: result ? pointsOf(result, state) : [] };
    });
    const { points } = lines.find(({ name }) => name === who);
    const point = points.filter(({ threshold }) => threshold > state.threshold).at(-1);
    const text = own ? goodText(who, own, point, state.threshold) : "Not judged yet.";
    write(words, text);
    told = own ? judgedText(point, state.threshold) : "";
    plot.update(lines, own ? point : undefined, text);
    table.update(lines);
  };
  return { element, update, reset: judged.reset, text: () => told };
}

/** The curve of one result. @returns {ReturnType<typeof precisionRecall>} */
function pointsOf(result, { together }) {
  const found = result[together ? "together" : "alone"];
  return precisionRecall(
    found.map(({ total }) => total),
    found.map(({ isRight }) => isRight),
    result.faces,
  );
}

/** What each net has come to, by its weights. */
function judging(store, { keeper, nets, say, ondone, signal }) {
  const results = new Map();
  const it = { isOn: false, share: 0, press, reset, of: (weights) => results.get(weights) ?? null };
  let [worker, asked] = [null, null];
  const hear = ({ share, together, alone, faces, chance, done }) => {
    if (share) it.share = share;
    if (together) results.set(asked, { together, alone, faces, chance });
    if (done) it.isOn = false;
    store.refresh();
    if (done) ondone();
  };
  function press() {
    if (it.isOn) return stop();
    asked = nets.now(store.state);
    worker ??= machine(keeper.data, hear, signal);
    Object.assign(it, { isOn: true, share: 0 });
    worker.start({ job: "judge", weights: asked });
    store.refresh();
    say("It looks through the photographs…");
  }
  function stop() {
    reset();
    store.refresh();
    say("Stopped. Nothing was judged.");
  }
  function reset() {
    worker?.abandon();
    it.isOn = false;
  }
  return it;
}

/** Some points of each line in numbers, for ears. */
function tableOf() {
  const cells = (tag, texts) => make("tr", {}, texts.map((text) => make(tag, { text })));
  const body = make("tbody");
  const head = make("thead", {}, [cells("th", ["Net", "From", "Precision", "Recall"])]);
  const element = make("details", { class: "cl-keys" }, [
    make("summary", { text: "The curves in numbers" }),
    make("table", { class: "cl-faces-numbers" }, [head, body]),
  ]);
  let shown = "";
  const update = (lines) => {
    const rows = lines.flatMap(({ name, points }) =>
      someOf(points).map(({ threshold, precision, recall }) => [
        WHO[name],
        rounded(threshold),
        percent(precision),
        percent(recall),
      ]),
    );
    element.hidden = rows.length === 0;
    if (String(rows) === shown) return;
    shown = String(rows);
    body.replaceChildren(...rows.map((row) => cells("td", row)));
  };
  return { element, update };
}

/** Points of a line from its one end to the other. @template Point @param {Point[]} points */
function someOf(points) {
  const count = Math.min(ROWS, points.length);
  return Array.from({ length: count }, (_, k) => points[Math.round((k * (points.length - 1)) / Math.max(1, count - 1))]);
}

/** Precision over recall, a line for each net that was judged, and the point where one stands. */
function curvesOf() {
  const outlines = Object.values(LOOKS).map((line) => shape("polyline", { class: `cl-curve-${line}` }));
  const point = shape("circle", { r: 5, class: "cl-faces-point" });
  const label = (x, y, anchor, text) => shape("text", { x, y, "text-anchor": anchor }, [text]);
  const upright = (x, y, text) => shape("text", { "text-anchor": "middle", transform: `translate(${x} ${y}) rotate(-90)` }, [text]);
  const drawing = shape("svg", { class: "cl-curve cl-faces-curve", viewBox: "0 0 232 226", role: "img" }, [
    shape("rect", { x: LEFT, y: TOP, width: SIDE, height: SIDE }),
    label(LEFT - 5, TOP + 9, "end", percent(1)),
    label(LEFT - 5, TOP + SIDE, "end", percent(0)),
    label(LEFT + SIDE, TOP + SIDE + 15, "end", percent(1)),
    label(LEFT + SIDE / 2, TOP + SIDE + 31, "middle", "recall: faces found →"),
    upright(LEFT - 26, TOP + SIDE / 2, "precision: boxes right →"),
    ...outlines,
    point,
  ]);
  const key = make(
    "p",
    { class: "cl-note cl-curve-key" },
    Object.entries(LOOKS).map(([name, line]) => make("span", { class: `cl-curve-${line}`, text: WHO[name] })),
  );
  const place = ({ recall, precision }) => [LEFT + SIDE * recall, TOP + SIDE * (1 - precision)];
  const update = (lines, at, words) => {
    lines.forEach(({ points }, which) => setAll(outlines[which], { points: points.map(place).join(" ") }));
    point.toggleAttribute("hidden", !at);
    if (at) setAll(point, { cx: place(at)[0], cy: place(at)[1] });
    drawing.setAttribute("aria-label", `Precision and recall. ${words}`);
  };
  return { element: make("div", {}, [drawing, key]), update };
}
