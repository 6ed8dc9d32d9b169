// What every lab has: the card, Undo, Redo, Reset, Copy link, kept state, challenges, the sentence
// that says what changed, and the theme. A lab's own module gives `build`, and nothing else.

import { button, make } from "./dom.js";
import { decode, encode, same, Store } from "./store.js";
import { watchTheme } from "./theme.js";

const KEPT_VERSION = 1;

/**
 * @typedef {object} Context
 * @property {HTMLElement} stage   where the lab draws
 * @property {Store} store
 * @property {boolean} hasKernel  whether Python sees the state, or the page alone
 * @property {(text: string) => void} say     tells the reader, and a screen reader, what happened
 * @property {(text: string) => void} refuse  the same for what could not be done
 * @property {(id: string) => void} solve     for a challenge that the state alone can't show
 * @property {AbortSignal} signal             ends every listener
 *
 * @typedef {object} Challenge
 * @property {string} id @property {string} text  what to do
 * @property {string} praise                      what the reader has found out by it
 * @property {(state: object, presets: object) => boolean} [solved]
 *
 * @typedef {object} Definition
 * @property {string} name @property {string} title @property {string} task
 * @property {Challenge[]} challenges
 * @property {(context: Context) => { update(state: object, before: object | null): void }} build
 */

/** Makes the module's export, as anywidget wants it. @param {Definition} definition */
export function lab(definition) {
  return {
    render({ model, el }) {
      const ended = new AbortController();
      mount(definition, model, el, ended.signal);
      return () => ended.abort();
    },
  };
}

function mount(definition, model, el, signal) {
  const store = new Store(model, signal);
  const stage = make("div", { class: "cl-stage" });
  const status = make("p", { class: "cl-status", role: "status" });
  const root = make("section", { class: "cl-lab", "aria-label": definition.title });
  const say = (text, refused = false) => {
    status.textContent = text;
    status.classList.toggle("is-refused", refused);
  };
  const refuse = (text) => say(text, true);
  const challenges = challengeList(definition.challenges, store.presets, say);
  const tools = toolbar(store, { say, said: () => status.textContent }, model.page ? linkMaker(model.page) : codeMaker(definition.name));
  root.append(header(definition, tools.element), stage, status, challenges.element);
  el.replaceChildren(root);
  watchTheme(root, signal);

  const context = { stage, store, hasKernel: !model.page, say, refuse, solve: challenges.solve, signal };
  const view = definition.build(context);
  const keeper = model.page ? keepState(model.page, store, challenges, signal) : null;
  store.listen((state, before) => {
    view.update(state, before);
    challenges.check(state, before);
    tools.update();
    keeper?.save();
  });
  root.addEventListener("keydown", (event) => undoByKey(event, tools), { signal });

  view.update(store.state, null);
  tools.update();
  model.page?.onceAllAreThere(() => keeper.restore(refuse), () => followLinks(model.page, store, { root, say, refuse, signal }));
}

function header({ title, task }, tools) {
  const [name, what] = [make("p", { class: "cl-title", text: title }), make("p", { class: "cl-task", text: task })];
  return make("header", { class: "cl-header" }, [name, tools, what]);
}

/** `copier` makes the text that hands this state on: a link in the book, Python beside a kernel. */
function toolbar(store, { say, said }, copier) {
  const travel = (step, words) => () => {
    step();
    say(`${words} ${said()}`);
  };
  const actions = {
    undo: travel(() => store.undo(), "Undone."),
    redo: travel(() => store.redo(), "Done again."),
    reset: travel(() => store.reset(), "Back to the start; Undo brings your work back."),
  };
  const undo = button("Undo", actions.undo, { title: "Undo (Ctrl+Z)" });
  const redo = button("Redo", actions.redo, { title: "Redo (Ctrl+Shift+Z)" });
  const element = make("div", { class: "cl-tools", role: "group", "aria-label": "Lab tools" }, [
    undo,
    redo,
    button("Reset", actions.reset),
    button(copier.title, () => copy(copier, store, element, say)),
  ]);
  const update = () => {
    // aria-disabled, not disabled: a button that vanishes from under the focus loses the reader's place.
    undo.setAttribute("aria-disabled", String(!store.canUndo));
    redo.setAttribute("aria-disabled", String(!store.canRedo));
  };
  return { element, update, ...actions };
}

function linkMaker(page) {
  return {
    title: "Copy link",
    text: (changes) => page.link(encode(changes)),
    done: "Link copied. Whoever opens it sees this lab as it is now.",
  };
}

function codeMaker(name) {
  const python = (value) => JSON.stringify(value).replaceAll(/\b(true|false)\b/g, (word) => word[0].toUpperCase() + word.slice(1));
  const call = (changes) => Object.entries(changes).map(([key, value]) => `${key}=${python(value)}`).join(", ");
  return {
    title: "Copy as Python",
    text: (changes) => `${name[0].toUpperCase()}${name.slice(1)}Lab(${call(changes)})`,
    done: "Copied. Paste it into a cell to have this lab again.",
  };
}

/** Copies, or shows the text to be copied by hand where the browser won't. */
async function copy(copier, store, tools, say) {
  const changes = store.differences({ linked: true });
  const text = copier.text(changes);
  const isWhole = same(changes, store.differences({ linked: false }));
  try {
    await navigator.clipboard.writeText(text);
    say(isWhole ? copier.done : `${copier.done} Only your photograph is left out.`);
  } catch {
    const field = tools.querySelector(".cl-link") ?? tools.appendChild(make("input", { class: "cl-link", readonly: true, "aria-label": copier.title }));
    field.value = text;
    field.select();
    say("Copy the text from the box: this browser does not let a page do it.");
  }
}

function undoByKey(event, tools) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.target.matches("input:not([type=range]):not([type=checkbox])")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) tools.redo();
  else tools.undo();
}

function challengeList(challenges, presets, say) {
  const solved = new Set();
  const items = new Map(challenges.map((challenge) => [challenge.id, challengeItem(challenge)]));
  const element = make("div", { class: "cl-challenges" }, [
    make("p", { class: "cl-challenges-title", text: challenges.length === 1 ? "Challenge" : "Challenges" }),
    make("ul", {}, [...items.values()].map((item) => item.element)),
  ]);
  const show = (id) => {
    solved.add(id);
    items.get(id)?.show();
  };
  const solve = (id) => {
    if (solved.has(id)) return;
    show(id);
    say(`Challenge solved! ${challenges.find((challenge) => challenge.id === id).praise}`);
  };
  // By an edit of the reader's: what was so before it is no merit.
  const check = (state, before) => {
    for (const { id, solved: done } of challenges) if (done?.(state, presets) && !done(before, presets)) solve(id);
  };
  return { element, solve, show, check, solved: () => [...solved] };
}

function challengeItem({ text, praise }) {
  const badge = make("span", { class: "cl-badge", text: "to do" });
  const answer = make("p", { class: "cl-praise", hidden: true, text: praise });
  const element = make("li", { class: "cl-challenge" }, [make("p", {}, [badge, ` ${text}`]), answer]);
  const show = () => {
    badge.textContent = "✓ solved";
    element.classList.add("is-solved");
    answer.hidden = false;
  };
  return { element, show };
}

/** The reader's state outlives a reload; storage that is full, forbidden or damaged costs nothing. */
function keepState(page, store, challenges, signal) {
  let timer = null;
  const write = () => {
    clearTimeout(timer);
    timer = null;
    const kept = { version: KEPT_VERSION, state: store.differences({ linked: false }), solved: challenges.solved() };
    page.keep(JSON.stringify(kept));
  };
  const save = () => {
    timer ??= setTimeout(write, 200);
  };
  addEventListener("pagehide", () => timer !== null && write(), { signal });
  const restore = (refuse) => {
    const kept = readKept(page.kept());
    if (kept === null) return;
    for (const id of kept.solved) challenges.show(id);
    const reason = store.set(kept.state, { undoable: false });
    if (reason !== null) refuse(`What you did here last time can't be shown: ${reason}.`);
  };
  return { save, restore };
}

function readKept(text) {
  try {
    const { version, state, solved } = JSON.parse(text ?? "null");
    if (version === KEPT_VERSION && state instanceof Object && Array.isArray(solved)) return { state, solved };
  } catch {
    // Not ours, or damaged: start afresh.
  }
  return null;
}

/** Shows the state of a link that was opened or pasted, and refuses one that is damaged. */
function followLinks(page, store, { root, say, refuse, signal }) {
  const follow = () => {
    const text = page.takeLink();
    if (text === null) return;
    root.scrollIntoView({ block: "start" });
    try {
      const reason = store.set({ ...store.initial, ...decode(text) });
      if (reason !== null) refuse(`This link can't be shown: ${reason}. The lab stays as it was.`);
      else say("This is the state that the link describes. Undo brings back what was here.");
    } catch (problem) {
      refuse(`This link can't be shown: ${problem.message}. The lab stays as it was.`);
    }
  };
  follow();
  addEventListener("hashchange", follow, { signal });
}
