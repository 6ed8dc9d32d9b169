// Chapter 13's lab: features that nobody labelled. One block of hidden units, edges out of photographs, and halves
// of digits.

import { lab } from "../kit/card.js";
import { photographKeeper } from "../kit/ownphoto.js";
import { same } from "../kit/state.js";
import { tabBar } from "../kit/tabs.js";
import { blockTab } from "./block.js";
import { machinesKeeper, photographsKeeper } from "./data.js";
import { fourOf, hasOwn, isSure, sourceOf } from "./derived.js";
import { fillTab } from "./fill.js";
import { fillChange, fourText } from "./fill_words.js";
import { fadedOf, STEPS } from "./jobs.js";
import { learnTab } from "./learn.js";
import { blockChange, fadedText, learnChange, sureText, TABS } from "./words.js";

const KEYS = [
  "Tab leads to the features, and to the digits, as to one thing: arrow keys, Home and End move inside, Space or Enter chooses.",
  "While it learns, Space or Enter on the same button stops it.",
];

export default lab({
  keys: KEYS,
  task: "Hidden units that share a block, features that nobody labelled, and what a machine believes it sees.",
  challenges: { sure: { solved: isSure, progress: sureText }, faded: {}, four: {} },
  build,
});

function build(context) {
  const { stage, store, model, join, count, solve, signal } = context;
  stage.classList.add("cl-belief");
  const coming = { onready: () => store.refresh(), say: join, signal };
  const keeper = photographsKeeper(model, store.presets.photographs, coming);
  const machines = machinesKeeper(model, store.presets.machines, coming);
  const shown = () => {
    store.refresh();
    views.edges.onown();
  };
  const photographs = photographKeeper(store, { ...context, shown });
  const own = () => (hasOwn(store.state, store.initial) ? photographs.photograph : null);
  const onlearned = () => {
    const { settings, step, weights } = views.edges.run.now;
    if (settings.source === "all" && step === STEPS && fadedOf(weights).every(Boolean)) solve("faded");
  };
  const room = /** @type {HTMLElement} */ (stage.closest(".cl-lab"));
  const views = {
    block: blockTab(store),
    edges: learnTab(context, { keeper, room, own, onlearned }),
    fill: fillTab(context, { keeper: machines }),
  };
  const tabs = tabBar(stage, store, views, TABS, (changes) => store.look(changes));
  const update = (state, before) => {
    photographs.update(state);
    tabs.update(state);
    views[state.tab].update(state);
    if (before && before.tab !== state.tab) views.fill.stop();
    count("faded", fadedText(views.edges.run.now));
    const found = state.tab === "fill" ? views.fill.now(state) : null;
    if (before) tell(before, state, found);
    const four = fourOf(found, state, store.presets.digits);
    count("four", fourText(four));
    if (before && four.isDone && isSameQuestion(before, state)) solve("four");
  };
  const tell = (before, state, found) => {
    const words = [
      blockChange(before, state),
      learnChange(before, state, sourceOf(state, store.initial), views.edges.kept(state)),
      fillChange(before, state, found, store.presets.digits),
    ];
    const text = words.filter(Boolean).join(" ");
    if (text) context.sayAtRest(text);
    else if (before.tab !== state.tab && !context.isNew()) context.say("");
  };
  return { update, reset: () => views.edges.reset() };
}

/** Whether what is imagined answers what was asked before: another question, as of a link, is no merit. */
function isSameQuestion(before, state) {
  return before.half === state.half && same(before.picture, state.picture);
}
