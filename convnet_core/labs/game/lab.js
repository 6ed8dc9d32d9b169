// Chapter 14's lab: play three games of 10 x 10 pixels, and let a net learn them from pixels and points alone.

import { lab } from "../kit/card.js";
import { make } from "../kit/dom.js";
import { tabBar } from "../kit/tabs.js";
import { gameMenu } from "./knobs.js";
import { learnTab } from "./learn.js";
import { playTab } from "./play.js";
import { Session } from "./session.js";
import { watchTab } from "./watch.js";
import { changesText, driftText, learnedWithText, momentText, TABS } from "./words.js";

export default lab({
  task: "Play a game of 10 × 10 pixels. Then let a net learn it, from these pixels and its points alone; watch what it thinks, and break it.",
  keys: [
    "With the picture of a game in focus, the left and right arrows move the paddle, the up or down arrow lets it stay, and Space starts and pauses.",
    "To play by ear, leave it paused: each press is a step, and you are told where the ball and the paddle are. While a game runs, only its end is told.",
  ],
  grids: false,
  unkept: "what a net has learned",
  challenges: { catch: {}, never: {}, drift: {} },
  build,
});

function build(context) {
  const { stage, store, say, solve, count, signal } = context;
  stage.classList.add("cl-game");
  const session = new Session(store, { say, solve, count, signal });
  const menu = gameMenu(store);
  stage.append(make("div", { class: "cl-controls" }, [menu.element]));
  const rival = () => session.judgeAt(store.state, Infinity);
  const views = {
    play: playTab(store, { ...context, rival: null }),
    learn: learnTab(store, session),
    watch: watchTab(store, session, context),
    race: playTab(store, { ...context, rival, rivalText: () => rivalText(session, store.state) }),
  };
  const tabs = tabBar(stage, store, views, TABS, (changes) => store.look(changes));
  count("drift", driftText(false));
  const update = (state, before) => {
    const stopped = session.follow(state) ? " It learns no more: the settings are others." : "";
    menu.show(state.game);
    tabs.update(state);
    for (const [name, view] of Object.entries(views)) view.update(state, name === state.tab);
    const words = before ? changesText(before, state) : "";
    if (words) say(`${words}${stopped}`);
    else if (before && before.tab !== state.tab) say("");
  };
  const reset = () => {
    const hadMore = ["play", "watch", "race"].map((name) => views[name].reset()).includes(true);
    return session.reset() || hadMore;
  };
  return { update, reset };
}

/** Against whom the reader plays. */
function rivalText(session, state) {
  const last = session.of(state)?.snapshots.at(-1) ?? null;
  const other = session.isOfOther(state) ? ` ${learnedWithText(session.run.settings)}` : "";
  return last ? `Your rival: the net ${momentText(state.game, last)}.${other}` : "Your rival has learned nothing yet: let it learn first.";
}
