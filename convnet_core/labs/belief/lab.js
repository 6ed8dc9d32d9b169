// Chapter 13's lab: features that nobody labelled. One block of hidden units, and edges out of photographs.

import { lab } from "../kit/card.js";
import { photographKeeper } from "../kit/ownphoto.js";
import { tabBar } from "../kit/tabs.js";
import { blockTab } from "./block.js";
import { photographsKeeper } from "./data.js";
import { hasOwn, isSure, sourceOf } from "./derived.js";
import { STEPS } from "./jobs.js";
import { learnTab } from "./learn.js";
import { blockChange, edgeCount, fadedText, learnChange, sureText, TABS } from "./words.js";

export default lab({
  task: "Hidden units that share a block, filters that nobody taught, and what a machine believes it sees.",
  grids: false,
  challenges: { sure: { solved: isSure, progress: sureText }, faded: {} },
  build,
});

function build(context) {
  const { stage, store, model, join, count, solve, signal } = context;
  stage.classList.add("cl-belief");
  const keeper = photographsKeeper(model, store.presets.photographs, { onready: () => store.refresh(), say: join, signal });
  const photographs = photographKeeper(store, { ...context, shown: () => store.refresh() });
  const own = () => (hasOwn(store.state, store.initial) ? photographs.photograph : null);
  const onlearned = () => {
    const { step, edges } = views.edges.run.now;
    if (step === STEPS && edgeCount(edges) === 0) solve("faded");
  };
  const room = /** @type {HTMLElement} */ (stage.closest(".cl-lab"));
  const views = {
    block: blockTab(store),
    edges: learnTab(context, { keeper, room, own, onlearned }),
  };
  const tabs = tabBar(stage, store, views, TABS, (changes) => store.look(changes));
  const update = (state, before) => {
    photographs.update(state);
    tabs.update(state);
    stage.dataset.tab = state.tab;
    views[state.tab].update(state);
    count("faded", fadedText(views.edges.run.now));
    if (before) tell(before, state);
  };
  const tell = (before, state) => {
    const words = [blockChange(before, state), learnChange(before, state, sourceOf(state, store.initial))];
    const text = words.filter(Boolean).join(" ");
    if (text) context.sayAtRest(text);
  };
  return { update, reset: () => views.edges.reset() };
}
