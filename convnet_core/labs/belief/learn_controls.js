// What filters are learned from and how, and the buttons that start the learning, stop it and let it go on.

import { button, choice, make, setReady, write } from "../kit/dom.js";
import { progressBar } from "../kit/gate.js";
import { sets } from "../kit/locks.js";
import { hasOwn } from "./derived.js";
import { STEPS } from "./jobs.js";
import { beginText, SOURCES, targetText } from "./words.js";

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
    "Units that shall be on",
    texts(store.rule("target").options, targetText),
    (value) => store.set({ target: value }),
  );
  const sigma = choice("Sigma: how exact a drawing has to be", texts(store.rule("sigma").options, String), (value) =>
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

/**
 * @param {import("./run.js").Run} run @param {() => Material} materialOf
 * @param {{ say: (text: string) => void, refuse: (text: string) => void }} parts
 */
export function pressButtons(run, materialOf, { say, refuse }) {
  let [state, problem] = [null, null];
  const learn = button(
    "",
    () => {
      if (run.isOn) return run.stop();
      const { photographs, source } = materialOf();
      if (problem !== null) return refuse(problem);
      run.start(photographs, { source, target: state.target, sigma: state.sigma });
      say(beginText(run.now));
    },
    { class: "cl-button cl-primary" },
  );
  const more = button("Go on", () => {
    run.goOn();
    say(beginText(run.now));
    learn.focus(); // this button hides, and that one stops it
  });
  const bar = progressBar("How far the learning is");
  const note = make("p", { class: "cl-note cl-belief-notice" });
  /** @param {string | null} why  why nothing can be learned @param {string} kept  what the buttons keep to, if it needs saying */
  const update = (now, why, kept) => {
    [state, problem] = [now, why];
    write(note, [run.isOn ? "" : (problem ?? ""), kept].filter(Boolean).join(" "));
    write(learn, run.isOn ? "Stop" : run.now.settings === null ? "Learn" : "Learn anew");
    setReady(learn, run.isOn ? null : problem);
    more.hidden = !run.canGoOn;
    bar.hidden = !run.isOn && !run.canGoOn;
    bar.value = run.now.step / STEPS;
  };
  const buttons = make("div", { class: "cl-buttons cl-belief-press" }, [learn, more, bar]);
  return { element: make("div", {}, [buttons, note]), update };
}
