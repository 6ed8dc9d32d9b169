// What a feature looks for: the nine patches of the digits that excite it most, and a picture grown from noise that does.

import { button, choice, make, write } from "../kit/dom.js";
import { collectedPerFrame } from "../kit/frames.js";
import { sets } from "../kit/locks.js";
import { digitOf, SIDE } from "../mirror/digits.js";
import { patchOf } from "../mirror/looking.js";
import { FEATURES } from "./brain.js";
import { chosenOf, patchAt } from "./derived.js";
import { CLIMBS } from "./jobs.js";
import { machine } from "./machine.js";
import { inInk } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { climbText, excitedText, mapName } from "./words.js";

const NINE = 9;

export function looksTab(store, { keeper, brains, add, heading, signal }) {
  const options = FEATURES.flatMap((stage) =>
    Array.from({ length: stage.maps }, (_, k) => [`${stage.key} ${k}`, mapName(stage, k)]),
  );
  const menu = choice("Feature", options, (value) => {
    const [layer, feature] = value.split(" ");
    store.set({ layer, feature: Number(feature) }, { undoable: false });
  });
  sets({ "layer feature": menu });
  const tell = (text) => store.state.tab === "looks" && add(text);
  const picture = grown(store, { brains, tell, heading, signal });
  const patches = ninePatches(store, { keeper, brains, tell, heading, signal });
  const element = make("div", {}, [
    make("div", { class: "cl-controls" }, [menu.element]),
    make("div", { class: "cl-digits-looks" }, [patches.element, picture.element]),
  ]);
  const update = (state) => {
    const { stage, feature } = featureOf(state);
    menu.show(`${stage.key} ${feature}`);
    picture.update(state);
    patches.update(state);
  };
  return { element, update };
}

/** The feature that the state names; a pooled map is that of the feature before it. */
function featureOf(state) {
  const { layer } = state;
  return chosenOf({ ...state, layer: layer.replace("pool", "conv") });
}

/** What one number of a stage sees of a picture, at most all of it; beyond the edges lies paper. */
function seenBy(stage, at, picture) {
  const box = patchOf(stage.layer, Math.floor(at / stage.side), at % stage.side);
  return { values: patchAt(picture, SIDE, box).flat(), side: box.height };
}

/** @returns {{ element: HTMLElement, update: (state: any) => void }} */
function grown(store, { brains, tell, heading, signal }) {
  const map = smallMap();
  const words = make("p", { class: "cl-note" });
  const again = button("Grow it from other noise", () => store.set({ seed: (store.state.seed + 1) % 10_000 }));
  sets({ seed: again });
  const caption = heading("cl-caption", "A picture grown from noise");
  const element = make("div", { class: "cl-digits-grown" }, [caption, map.element, words, again]);
  let asked = [];
  const draw = ({ picture, number, steps }) => {
    const { stage } = featureOf(store.state);
    const middle = Math.floor(stage.side / 2);
    const { values, side } = seenBy(stage, middle * stage.side + middle, picture);
    map.draw(values, side, inInk);
    write(words, climbText(steps, number));
    if (steps === CLIMBS) tell(words.textContent);
  };
  const reports = collectedPerFrame((_, later) => later, draw);
  signal.addEventListener("abort", () => reports.drop());
  const growing = machine({}, (report) => report.picture && reports.add(report), signal);
  const update = (state) => {
    const { stage, feature } = featureOf(state);
    const next = [stage, feature, state.seed, brains.now];
    if (next.every((value, at) => value === asked[at])) return;
    asked = next;
    reports.drop();
    growing.start({ job: "grow", weights: brains.now.weights, stage: stage.key, feature, seed: state.seed });
  };
  return { element, update };
}

/** Found in one walk over the digits for all features of a net. */
function ninePatches(store, { keeper, brains, tell, heading, signal }) {
  const maps = Array.from({ length: NINE }, () => smallMap());
  const words = make("p", { class: "cl-note" });
  const behind = make("div", {}, [
    make(
      "div",
      { class: "cl-digits-nine" },
      maps.map((map) => map.element),
    ),
    words,
  ]);
  const caption = heading("cl-caption", "What excites it most among 4,000 digits");
  const element = make("div", { class: "cl-digits-patches" }, [
    caption,
    keeper.gate("They are looked through for the nine places that excite it most.", behind),
  ]);
  let [worker, asked] = [null, null];
  const found = { best: null, asked: 0, all: 0 };
  const hear = ({ best, asked: count, all }) => {
    if (!best) return;
    Object.assign(found, { best, asked: count, all });
    store.refresh();
    if (count === all) tell(words.textContent);
  };
  const follow = () => {
    if (asked === brains.now) return;
    asked = brains.now;
    Object.assign(found, { best: null, asked: 0 });
    worker ??= machine(keeper.data, hear, signal);
    worker.start({ job: "excite", weights: brains.now.weights });
  };
  const update = (state) => {
    if (keeper.data === null) return;
    follow();
    const { stage, feature } = featureOf(state);
    const nine = found.best?.[stage.key][feature] ?? [];
    maps.forEach((map, k) => {
      map.element.hidden = k >= nine.length;
      if (k >= nine.length) return;
      const { values, side } = seenBy(stage, nine[k].at, digitOf(keeper.data, nine[k].which));
      map.draw(values, side, inInk);
    });
    write(words, excitedText(found, nine, keeper.data));
  };
  return { element, update };
}
