// What every lab has: the card with its heading, tools, stage, status, keys and challenges. A lab's own
// module gives `build`, and nothing else.

import { challengeList } from "./challenges.js";
import { button, make } from "./dom.js";
import { followLinks, keepState } from "./memory.js";
import { same } from "./state.js";
import { Status } from "./status.js";
import { Store } from "./store.js";
import { watchTheme } from "./theme.js";
import { codeMaker, linkMaker, toolbar, undoByKey } from "./toolbar.js";

/**
 * @typedef {object} Context
 * @property {HTMLElement} stage   where the lab draws
 * @property {Store} store
 * @property {boolean} hasKernel   whether Python sees the state, or the page alone
 * @property {(text: string) => void} say     tells the reader, and a screen reader, what happened
 * @property {(text: string) => void} refuse  the same for what could not be done
 * @property {(isPlaying: boolean) => void} hush  shows and does not speak, while a walk plays
 * @property {(id: string) => void} solve     for a challenge that the state alone can't show
 * @property {AbortSignal} signal             ends every listener
 *
 * @typedef {object} Definition
 * @property {string} task  what to do, in a sentence or two
 * @property {string[]} [keys]  what keys do in this lab, beside those that every grid knows
 * @property {import("./challenges.js").Challenge[]} challenges
 * @property {(context: Context) => View} build
 *
 * @typedef {object} View
 * @property {(state: object, before: object | null) => void} update  shows any state
 * @property {() => boolean} [reset]  forgets what is not in the state; true if there was anything
 */

const GRID_KEYS = [
  "Arrow keys, Home and End move between the numbers of a grid; with Ctrl, Home and End lead to its corners.",
  "Space or Enter flips a pixel, or turns a number's sign. + and - step it. Digits type one: 5, -5 or 0.5. Escape takes it back.",
  "Ctrl+Z undoes, Ctrl+Shift+Z does again.",
];
const OPEN_AIR = 3; // the level of a lab's heading where no heading stands before it

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
  const status = new Status();
  const stage = make("div", { class: "cl-stage" });
  const challenges = challengeList(definition.challenges, store.presets, status);
  const copier = model.page ? linkMaker(store, model.page) : codeMaker(store, model.get("_class"));
  const tools = toolbar(store, status, copier, () => view.reset?.() ?? false);
  const root = card(definition, model.get("_about").title, headingLevel(el), { tools, stage, status, challenges });
  el.replaceChildren(root);
  watchTheme(root, signal);

  const view = definition.build({
    stage,
    store,
    hasKernel: !model.page,
    say: (text) => status.say(text),
    refuse: (text) => status.refuse(text),
    hush: (isPlaying) => status.hush(isPlaying),
    solve: challenges.solve,
    signal,
  });
  const keeper = model.page ? keepState(model.page, store, challenges, signal) : null;
  challenges.onforget = () => keeper?.save();
  store.listen((state, before) => {
    const isChange = !same(state, before);
    if (isChange) status.turn();
    const hadFocus = root.contains(document.activeElement);
    view.update(state, before);
    if (isChange) status.settle();
    if (hadFocus) requestAnimationFrame(() => keepFocus(tools));
    challenges.check(state, before);
    tools.update();
    keeper?.save();
  });
  root.addEventListener("cl-typing", ({ detail }) => status.hush(detail), { signal });
  root.addEventListener("keydown", (event) => undoByKey(event, tools), { signal });

  view.update(store.state, null);
  tools.update();
  const follow = () => followLinks(model.page, store, { root, status, challenges, signal });
  model.page?.onceAllAreThere(() => keeper.restore(status), follow);
}

/** What had the focus may be gone or hidden with a change; then it goes to Undo, which brings it back. */
function keepFocus(tools) {
  const focused = document.activeElement;
  const isThere = focused !== null && focused !== document.body && focused.getClientRects().length > 0;
  if (!isThere) tools.focus();
}

function card({ task, keys = [] }, title, level, { tools, stage, status, challenges }) {
  const heading = (element, at) => {
    element.setAttribute("role", "heading");
    element.setAttribute("aria-level", at);
    return element;
  };
  const name = heading(make("p", { class: "cl-title", text: title }), level);
  heading(challenges.title, level + 1);
  const end = make("span", { class: "cl-end", tabindex: "-1", text: `End of the ${title.toLowerCase()}.` });
  const skip = button(`Skip the ${title.toLowerCase()}`, () => end.focus(), { class: "cl-button cl-skip" });
  const header = make("header", { class: "cl-header" }, [
    name,
    tools.element,
    make("p", { class: "cl-task", text: task }),
  ]);
  const keyList = make(
    "ul",
    {},
    [...keys, ...GRID_KEYS].map((text) => make("li", { text })),
  );
  const help = make("details", { class: "cl-keys" }, [make("summary", { text: "Keys" }), keyList]);
  const parts = [skip, header, stage, status.element, help, challenges.element, end];
  return make("section", { class: "cl-lab", "aria-label": title }, parts);
}

/** One below the heading that the lab stands under. */
function headingLevel(el) {
  const before = (heading) => heading.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING;
  const last = Array.from(document.querySelectorAll("h1, h2, h3, h4")).findLast(before);
  return last ? Number(last.localName[1]) + 1 : OPEN_AIR;
}
