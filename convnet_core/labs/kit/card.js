// What every lab has: the card with its heading, tools, stage, status, keys and challenges. A lab's own
// module gives `build`, and nothing else.

import { challengeList } from "./challenges.js";
import { button, make } from "./dom.js";
import { fingerSwitch } from "./finger.js";
import { showLocks } from "./locks.js";
import { keepState, linkFollower } from "./memory.js";
import { same } from "./state.js";
import { Status } from "./status.js";
import { Store } from "./store.js";
import { watchTheme } from "./theme.js";
import { codeMaker, frameMaker, linkMaker, toolbar, undoByKey } from "./toolbar.js";
import { hearTyping } from "./typing.js";

/**
 * @typedef {import("./host.js").Model} Model
 * @typedef {import("./store.js").State} State
 * @typedef {import("./store.js").Bring} Bring
 *
 * @typedef {object} Context
 * @property {HTMLElement} stage   where the lab draws
 * @property {Store} store
 * @property {boolean} hasKernel   whether Python sees the state, or the page alone
 * @property {(text: string) => void} say     tells the reader, and a screen reader, what happened
 * @property {(text: string) => void} sayAtRest  the same, of what may come many times a second
 * @property {(text: string) => void} join    behind what may not have been spoken yet, in one announcement with it
 * @property {() => boolean} isNew  whether what was said last may not have been spoken yet
 * @property {(text: string) => void} add     behind what was said of the last change
 * @property {(text: string) => void} refuse  the same as say for what could not be done
 * @property {(isPlaying: boolean) => void} hush  shows and does not speak, while a walk plays
 * @property {(id: string) => void} solve     for a challenge that the state alone can't show
 * @property {(id: string, text: string) => void} count  how far the reader is in such a one
 * @property {(kind: string, text?: string) => HTMLElement} heading  of that class, one below the lab's own
 * @property {Model} model                    for kit/bring.js
 * @property {AbortSignal} signal             ends every listener
 *
 * @typedef {object} Definition
 * @property {string} task  what to do, in a sentence or two
 * @property {string[]} [keys]  what keys do in this lab, beside those that every grid knows
 * @property {string} [unkept]  what no reload and no link brings back
 * @property {boolean} [grids]  false for a lab that has none
 * @property {Record<string, import("./challenges.js").Check>} challenges  by id; their words are the Python half's
 * @property {(context: Context) => View} build
 * @property {(state: object, version: number) => object} [migrate]  tells a state of an earlier version in this one
 *
 * @typedef {object} View
 * @property {(state: State, before: State | null) => void} update  shows any state; null where none was before, or the
 *   same: there is no change to tell
 * @property {() => boolean | Bring} [reset]  forgets what is not in the state; true if there was anything, or what brings
 *   it back
 */

const GRID_KEYS = [
  "Arrow keys, Home and End move between the numbers of a grid; with Ctrl, Home and End lead to its corners.",
  "Space or Enter flips a pixel, or turns a number's sign. Page Up and Page Down step it.",
  "Digits type a number: 5, -5, 0.5 or 1/9. Backspace takes one back, Escape all of them.",
];
const UNDO_KEYS = "Ctrl+Z undoes, Ctrl+Shift+Z does again.";
const UNKEPT = "What you do here is gone with the page: this browser lets the page keep nothing.";
const OPEN_AIR = 3; // the level of a lab's heading where no heading stands before it

/** Makes the module's export, as anywidget wants it. @param {Definition} definition */
export function lab(definition) {
  return {
    /** @param {{ model: Model, el: HTMLElement }} given */
    render({ model, el }) {
      const ended = new AbortController();
      mount(definition, model, el, ended.signal);
      return () => ended.abort();
    },
  };
}

/** @param {Definition} definition @param {Model} model @param {HTMLElement} el @param {AbortSignal} signal */
function mount(definition, model, el, signal) {
  const store = new Store(model, signal);
  const status = new Status();
  const stage = make("div", { class: "cl-stage" });
  const about = model.get("_about");
  const challenges = challengeList(about.challenges, definition.challenges, store.presets, status);
  const { title, version } = about;
  const copiers = copiersOf(model, store, about, () => root, definition.unkept);
  const finger = definition.grids === false ? [] : [fingerSwitch()];
  const tools = toolbar(store, status, copiers, () => view.reset?.() ?? false, finger);
  const unkept = make("p", { class: "cl-note", hidden: true, text: UNKEPT });
  const level = headingLevel(el);
  const root = card(definition, title, level, { tools, unkept, stage, status, challenges });
  el.replaceChildren(root);
  watchTheme(root, signal);

  const view = definition.build({
    stage,
    store,
    hasKernel: !model.page,
    say: (text) => status.say(text),
    sayAtRest: (text) => status.sayAtRest(text),
    join: (text) => status.join(text),
    isNew: () => status.isNew,
    add: (text) => status.add(text),
    refuse: (text) => status.refuse(text),
    hush: (isPlaying) => status.hush(isPlaying),
    solve: challenges.solve,
    count: challenges.tell,
    heading: (kind, text) => heading(make("p", { class: kind, text }), level + 1),
    model,
    signal,
  });
  const edition = { version, migrate: definition.migrate, unkept: definition.unkept };
  const tellKept = (/** @type {boolean} */ isKept) => (unkept.hidden = isKept);
  store.onLocked((reason) => status.refuse(reason));
  const keeper = model.page ? keepState(model.page, store, { status, challenges, edition, tellKept, signal }) : null;
  challenges.onforget = () => keeper?.save();
  const tellLocks = () => model.page && showLocks(root, model.page.locked);
  const typing = hearTyping(root, { store, status, signal });
  store.listen((state, before, isEdit) => {
    const isChange = !same(state, before);
    if (isChange) status.turn();
    const hadFocus = root.contains(document.activeElement);
    view.update(state, isChange ? typing.since(before, state, isEdit) : null);
    if (isChange && isEdit) status.settle();
    if (hadFocus) requestAnimationFrame(() => setTimeout(keepFocus, 0, tools)); // behind the frame, which knows what is seen
    challenges.check(state, before);
    tools.update();
    tellLocks();
    keeper?.save();
  });
  listenToReader(root, { store, tools, signal });

  view.update(store.state, null);
  challenges.count(store.state);
  tools.update();
  if (keeper)
    model.page.lab = {
      restore: keeper.restore,
      startHere: () => store.startHere(),
      tellLocks,
      ...linkFollower(store, { root, status, challenges, edition, isEmbedded: model.page.isEmbedded }),
    };
}

/** What hands the lab's state on. @param {Model} model @param {Store} store @param {() => HTMLElement} root */
function copiersOf(model, store, about, root, unkept) {
  const { page } = model;
  if (!page) return [codeMaker(store, model.get("_class"))];
  const link = linkMaker(store, page, about.version, unkept);
  return page.embedded("") === null ? [link] : [link, frameMaker(store, page, about, root)];
}

/**
 * @param {HTMLElement} root
 * @param {{ store: Store, tools: ReturnType<typeof toolbar>, signal: AbortSignal }} parts
 */
function listenToReader(root, { store, tools, signal }) {
  root.addEventListener("keydown", (event) => undoByKey(event, tools), { signal });
  // Wherever one thing that the reader does ends and another begins, so does a step of Undo.
  for (const border of ["change", "focusout", "pointerdown"])
    root.addEventListener(border, () => store.endStep(), { signal, capture: border === "pointerdown" });
}

/** What had the focus may be gone or hidden with a change; then it goes to Undo, which brings it back. */
function keepFocus(tools) {
  const focused = document.activeElement;
  const isThere = focused !== null && focused !== document.body && focused.getClientRects().length > 0;
  if (!isThere) tools.focus();
}

/** @param {HTMLElement} element @param {number} level */
function heading(element, level) {
  element.setAttribute("role", "heading");
  element.setAttribute("aria-level", String(level));
  return element;
}

function card({ task, keys = [], grids = true }, title, level, { tools, unkept, stage, status, challenges }) {
  const name = heading(make("p", { class: "cl-title", text: title }), level);
  heading(challenges.title, level + 1);
  const end = make("span", { class: "cl-end", tabindex: "-1", text: `End of the ${title.toLowerCase()}.` });
  const skip = button(`Skip the ${title.toLowerCase()}`, () => end.focus(), { class: "cl-button cl-skip" });
  const header = make("header", { class: "cl-header" }, [
    name,
    tools.element,
    make("p", { class: "cl-task", text: task }),
    unkept,
  ]);
  const keyList = make(
    "ul",
    {},
    [...keys, ...(grids ? GRID_KEYS : []), UNDO_KEYS].map((text) => make("li", { text })),
  );
  const help = make("details", { class: "cl-keys" }, [make("summary", { text: "Keys" }), keyList]);
  const parts = [skip, header, stage, status.element, help, challenges.element, end];
  return make("section", { class: "cl-lab", "aria-label": title }, parts);
}

/** One below the heading that the lab stands under. @param {HTMLElement} el */
function headingLevel(el) {
  const before = (heading) => heading.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING;
  const last = Array.from(document.querySelectorAll("h1, h2, h3, h4")).filter(before).pop();
  return last ? Number(last.localName[1]) + 1 : OPEN_AIR;
}
