// What filters are learned from and how, and the buttons that start the learning, stop it and let it go on.

import { button, choice, make, setReady, write } from "../kit/dom.js";
import { progressBar } from "../kit/gate.js";
import { sets } from "../kit/locks.js";
import { percent } from "../kit/words.js";
import { hasOwn } from "./derived.js";
import { STEPS } from "./jobs.js";
import { SOURCES } from "./words.js";

/**
 * @typedef {object} Material  what is learned from
 * @property {import("./data.js").Photograph[]} photographs @property {string} source
 * @property {string | null} problem  why nothing can be learned from it
 */

/** Which photographs, and the two settings that decide. */
export function learnSettings(store) {
  const names = store.rule("source").options;
  const texts = (/** @type {string[]} */ values, tell) => values.map((value) => [value, tell(value)]);
  const source = choice(
    "Photographs",
    texts(names, (name) => SOURCES[name] ?? `${name} alone`),
    (value) => store.set({ source: value }),
  );
  const target = choice(
    "Target: units that are on",
    texts(store.rule("target").options, (value) => percent(Number(value))),
    (value) => store.set({ target: value }),
  );
  const sigma = choice("Deviation of a pixel", texts(store.rule("sigma").options, String), (value) =>
    store.set({ sigma: value }),
  );
  sets({ "source photo": source, target, sigma });
  const own = source.select.options[names.indexOf("own")];
  const update = (/** @type {import("../kit/store.js").State} */ state, shown) => {
    own.disabled = !hasOwn(state, store.initial);
    source.show(shown);
    target.show(state.target);
    sigma.show(state.sigma);
  };
  return {
    element: make(
      "div",
      { class: "cl-controls" },
      [source, target, sigma].map(({ element }) => element),
    ),
    update,
  };
}

/** @param {import("./run.js").Run} run @param {() => Material} materialOf */
export function pressButtons(run, materialOf) {
  let [state, problem] = [null, null];
  const learn = button(
    "",
    () => {
      if (run.isOn) return run.stop();
      const { photographs, source } = materialOf();
      if (problem === null) run.start(photographs.map(plainOf), { source, target: state.target, sigma: state.sigma });
    },
    { class: "cl-button cl-primary" },
  );
  const more = button("Go on", () => {
    run.goOn();
    learn.focus(); // this button hides, and that one stops it
  });
  const bar = progressBar("How far the learning is");
  const update = (now, why) => {
    [state, problem] = [now, why];
    write(learn, run.isOn ? "Stop" : run.now.settings === null ? "Learn" : "Learn anew");
    setReady(learn, run.isOn ? null : problem);
    more.hidden = !run.canGoOn;
    bar.hidden = !run.isOn && !run.canGoOn;
    bar.value = run.now.step / STEPS;
  };
  return { element: make("div", { class: "cl-buttons cl-belief-press" }, [learn, more, bar]), update };
}

/** What the Worker is handed. */
const plainOf = ({ height, width, pixels }) => ({ height, width, pixels });
