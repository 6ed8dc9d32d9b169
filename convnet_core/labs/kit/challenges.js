// The list of challenges, which the lab itself checks.

import { button, make } from "./dom.js";

/**
 * @typedef {object} Challenge
 * @property {string} id @property {string} text  what to do
 * @property {string} praise                      what the reader has found out by it
 * @property {(state: import("./store.js").State, presets: any) => boolean} [solved]
 *
 * @param {Challenge[]} challenges @param {object} presets @param {import("./status.js").Status} status
 */
export function challengeList(challenges, presets, status) {
  const items = new Map(challenges.map((challenge) => [challenge.id, challengeItem(challenge)]));
  const solved = new Set();
  let isMerit = true;
  const forget = button(
    "Forget what is solved",
    () => {
      solved.clear();
      for (const item of items.values()) item.show(false);
      forget.hidden = true;
      list.onforget();
      status.say("All challenges are to do again.");
    },
    { hidden: true },
  );
  const title = make("p", { class: "cl-challenges-title", text: "Challenges" });
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
    status.begin(`Challenge solved! ${challenges.find((challenge) => challenge.id === id).praise}`);
  };
  // What was so before the reader's edit, or what a link brought, is no merit.
  const check = (state, before) => {
    if (!isMerit) return;
    for (const { id, solved: done } of challenges)
      if (!solved.has(id) && done?.(state, presets) && !done(before, presets)) solve(id);
  };
  const withoutMerit = (action) => {
    isMerit = false;
    try {
      return action();
    } finally {
      isMerit = true;
    }
  };
  const list = { element, title, solve, show, check, withoutMerit, solved: () => [...solved], onforget: () => {} };
  return list;
}

function challengeItem({ text, praise }) {
  const badge = make("span", { class: "cl-badge" });
  const answer = make("p", { class: "cl-praise", text: praise });
  const element = make("li", { class: "cl-challenge" }, [make("p", {}, [badge, ` ${text}`]), answer]);
  const show = (isSolved) => {
    badge.textContent = isSolved ? "✓ solved" : "to do";
    element.classList.toggle("is-solved", isSolved);
    answer.hidden = !isSolved;
  };
  show(false);
  return { element, show };
}
