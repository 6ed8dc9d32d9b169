// The list of challenges: their words come with the page, and the lab itself checks them.

import { button, make, setReady, write } from "./dom.js";

/**
 * @typedef {{ id: string, text: string, praise: string, hints: string[] }} Challenge
 *   what to do, what the reader has found out by it, and help: first a nudge, then more
 *
 * @typedef {object} Check  how a lab knows
 * @property {(state: import("./store.js").State, presets: any) => boolean} [solved]  none: the lab says so by itself
 * @property {(state: import("./store.js").State, presets: any) => string} [progress]
 *   how far the reader is, where several things must hold
 *
 * @param {Challenge[]} challenges @param {Record<string, Check>} checks  by id
 * @param {object} presets @param {import("./status.js").Status} status
 */
export function challengeList(challenges, checks, presets, status) {
  const items = new Map(challenges.map((challenge, at) => [challenge.id, challengeItem(challenge, at + 1)]));
  const solved = new Set();
  let isMerit = true;
  const forget = button(
    "Forget what is solved",
    () => {
      clear();
      title.focus();
      list.onforget();
      status.say("All challenges are to do again.");
    },
    { hidden: true },
  );
  const clear = () => {
    solved.clear();
    for (const item of items.values()) item.show(false);
    forget.hidden = true;
  };
  const title = make("p", { class: "cl-challenges-title", tabindex: -1, text: "Challenges" });
  const element = make("div", { class: "cl-challenges", hidden: challenges.length === 0 }, [
    make("div", { class: "cl-challenges-head" }, [title, forget]),
    make(
      "ul",
      {},
      [...items.values()].map((item) => item.element),
    ),
  ]);
  const show = (id) => {
    if (!items.has(id)) return;
    solved.add(id);
    items.get(id).show(true);
    forget.hidden = false;
  };
  const solve = (id) => {
    if (solved.has(id)) return;
    show(id);
    status.praise(`Challenge solved! ${challenges.find((challenge) => challenge.id === id).praise}`);
  };
  const tell = (id, text) => items.get(id)?.count(text);
  const count = (state) => {
    for (const { id } of challenges) if (checks[id].progress) tell(id, checks[id].progress(state, presets));
  };
  // What was so before the reader's edit, or what a link brought, is no merit.
  const check = (state, before) => {
    count(state);
    if (!isMerit) return;
    for (const { id } of challenges) {
      const done = checks[id].solved;
      if (!solved.has(id) && done?.(state, presets) && !done(before, presets)) solve(id);
    }
  };
  const withoutMerit = (action) => {
    isMerit = false;
    try {
      return action();
    } finally {
      isMerit = true;
    }
  };
  const list = { element, title, solve, show, clear, tell, count, check, withoutMerit, solved: () => [...solved], onforget() {} };
  return list;
}

/** @param {Challenge} challenge @param {number} number */
function challengeItem({ text, praise, hints }, number) {
  const badge = make("span", { class: "cl-badge" });
  const progress = make("span", { class: "cl-progress" });
  const help = hintGiver(hints, number);
  const answer = make("p", { class: "cl-praise", text: praise });
  const task = make("p", {}, [badge, ` ${text} `, progress, " ", help.button]);
  const element = make("li", { class: "cl-challenge" }, [task, help.given, answer]);
  const show = (isSolved) => {
    write(badge, isSolved ? "✓ solved" : "to do");
    element.classList.toggle("is-solved", isSolved);
    answer.hidden = !isSolved;
    progress.hidden = help.button.hidden = isSolved;
  };
  show(false);
  return { element, show, count: (so) => write(progress, so && `Now: ${so}`) };
}

/** A button that gives one hint after the other; they stay. @param {string[]} hints @param {number} number */
function hintGiver(hints, number) {
  const given = make("div", { "aria-live": "polite" });
  const more = button("", () => {
    const at = given.childElementCount;
    if (at < hints.length) given.append(make("p", { class: "cl-hint", text: `Hint ${at + 1}. ${hints[at]}` }));
    name();
  });
  const name = () => {
    const left = hints.length - given.childElementCount;
    write(more, left === 0 ? "No more hints" : left === hints.length ? "Hint" : "Another hint");
    more.setAttribute("aria-label", `${more.textContent} for challenge ${number}`);
    setReady(more, left === 0 ? "That was the last one." : null);
  };
  name();
  more.classList.add("cl-small");
  return { button: more, given };
}
