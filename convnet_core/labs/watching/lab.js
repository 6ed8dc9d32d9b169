// Chapter 15's lab: clips of a small kitchen are read as actions, and a robot carries out what was understood.

import { lab } from "../kit/card.js";
import { draggable } from "../kit/controls.js";
import { button, checkbox, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { tabBar } from "../kit/tabs.js";
import { tellSlider } from "../kit/tell_slider.js";
import { Kitchen } from "./derived.js";
import { challengesOf } from "./found.js";
import { readTab } from "./read.js";
import { recordTab } from "./record.js";
import { robotTab } from "./robot.js";
import { strip } from "./strip.js";
import { watchTab } from "./watch.js";
import { beyondText, changesText, levelText, mendText, TABS } from "./words.js";

export default lab({
  task: "A cook works in clips of 32 × 24 pixels. Watch, see what two nets say of each hand, let it be read as a sentence, and let a robot do it.",
  keys: [
    "Left and right arrows on the frame’s slider step through a clip.",
    "In the recipe’s row of clips, and in a list of pictures, arrow keys lead from one to the next, Space or Enter chooses.",
    "Under “Record”, arrow keys on a hand move it; Escape stops a recording.",
  ],
  grids: false,
  challenges: { mend: {}, beyond: {}, done: {} },
  build,
});

function build(context) {
  const { stage, store, say, sayAtRest, solve, count } = context;
  stage.classList.add("cl-watching");
  const kitchen = new Kitchen(store.presets, store.initial.seed);
  const challenges = challengesOf(kitchen);
  const knobs = knobsOf(store);
  const recipe = strip(store, kitchen, context.signal);
  stage.append(knobs.element, recipe.element);
  const views = {
    watch: watchTab(store, kitchen, context),
    read: readTab(store, kitchen),
    robot: robotTab(store, kitchen, context),
    record: recordTab(store, kitchen, context),
  };
  const tabs = tabBar(stage, store, views, TABS, (changes) => store.look(changes));
  /** What is heard of a change: of what is read, or of what is looked at. */
  const tell = (state, before) => {
    const words = changesText(before, state, kitchen);
    if (words) return sayAtRest(words);
    const news = views[state.tab].told(state, before);
    if (news === null) return;
    if (before.tab === state.tab && !views[state.tab].isPlaying()) sayAtRest(news);
    else say(news);
  };
  const update = (given, before) => {
    const state = kitchen.inReach(given);
    knobs.update(state);
    recipe.update(state);
    tabs.update(state);
    for (const [name, view] of Object.entries(views)) view.update(state, name === state.tab);
    if (before) tell(state, kitchen.inReach(before));
    count("mend", state.truth ? mendText(challenges.mend(state)) : "");
    count("beyond", beyondText(challenges.beyond(state)));
    if (!before) return;
    for (const [id, done] of Object.entries({ mend: challenges.isMended, beyond: challenges.isBeyond, done: challenges.isDone }))
      if (done(state) && !done(before)) solve(id);
  };
  return { update };
}

/** Which recipe, how hard it is to see, and whether the truth is shown. @param {import("../kit/store.js").Store} store */
function knobsOf(store) {
  const { min, max } = store.rule("seed");
  const another = button("Another recipe", () => {
    const seed = store.state.seed < max ? store.state.seed + 1 : min;
    store.set({ seed, own: [], corrections: [], hidden: [], clip: 0, step: 0 });
  });
  const level = draggable("", store.rule("level"), (value, group) => store.set({ level: value }, { group }));
  const truth = checkbox("Show the truth", (isShown) => store.set({ truth: isShown }));
  sets({ "seed own": another, level, truth });
  const element = make("div", { class: "cl-controls" }, [another, level.element, truth.element]);
  const update = (state) => {
    level.show(state.level);
    tellSlider(level, `Noise: ${levelText(state.level)}`, levelText(state.level));
    truth.show(state.truth);
  };
  return { element, update };
}
