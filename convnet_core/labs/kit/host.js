// Brings a static page's labs to life: each leaves its state and its tables in the page, and gets a
// model here that needs no kernel.

import { button, make } from "./dom.js";
import { linkIn } from "./address.js";
import { besidePage, offerFullScreen } from "./full_screen.js";
import { refusal } from "./rules.js";

const PROBE = "convnet-probe"; // a key that holds nothing
/** @type {Map<string, PageModel[]>} */
const SHARED = new Map();

/**
 * What a lab is handed: anywidget's front-end contract, from a kernel, or over a plain object here.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 * @property {() => void} save_changes
 * @property {(message: object) => void} [send]  to the kernel, if there is one
 * @property {LabPage} [page]  only here
 *
 * @typedef {{ holder: HTMLElement, fallback: HTMLElement, place: HTMLElement, modules: Modules,
 *             page: LabPage }} MountedLab
 * @typedef {Record<string, any>} Modules  what the page's scripts have made, by name
 * @typedef {Record<string, [address: string, bytes: number][]>} Files  where data lie that a lab may ask for, by name
 */

/** @implements {Model} */
export class PageModel {
  /** @type {Record<string, any>} */
  #state;
  /** @type {Map<string, Set<() => void>>} */
  #listeners = new Map();

  /** @param {Record<string, any>} state @param {LabPage} [page] */
  constructor(state, page) {
    this.#state = { ...state };
    this.page = page;
  }

  get(name) {
    return this.#state[name];
  }

  set(name, value) {
    if (Object.is(this.#state[name], value)) return;
    this.#state[name] = value;
    for (const listener of this.#listeners.get(`change:${name}`) ?? []) listener();
  }

  on(event, listener) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(listener);
  }

  off(event, listener) {
    this.#listeners.get(event)?.delete(listener);
  }

  /** Sets what comes from elsewhere, unless the rule forbids. @param {string} name @returns {string | null} why not */
  take(name, value) {
    const reason = refusal(name, this.#state._rules[name], value);
    if (reason === null) this.set(name, value);
    return reason;
  }

  save_changes() {}
}

/** What a page says of the book that it belongs to, if it does. @param {Document} page */
function bookOf(page) {
  const { content_root: contentRoot, embedded } = page.documentElement.dataset;
  return { contentRoot, embedded: embedded !== undefined };
}

/** What a page offers a lab: a link to a state, and a place to keep one. */
export class LabPage {
  #key;
  #root;

  /** @param {string} id @param {Files} [files] */
  constructor(id, files = {}) {
    this.id = id;
    this.files = files;
    const { contentRoot, embedded } = bookOf(document);
    this.#root = contentRoot;
    this.isEmbedded = embedded;
    /** A frame whose address brings a state starts from it each time: it keeps nothing, and finds nothing. */
    this.isForgetful = embedded && location.hash.includes("=");
    this.#key = `convnet-lab ${location.pathname}${embedded ? location.search : ""} ${id}`;
    /** Settings that the page around this one does not want changed. @type {Set<string>} */
    this.locked = new Set();
    /**
     * What the page calls once every lab is there: linked ones must hear of it.
     * @type {{ restore: () => void, startHere: () => void, tellLocks: () => void, follow: (text: string) => void,
     *          refuse: (reason: string) => void } | null}
     */
    this.lab = null;
  }

  /** @param {string} text */
  link(text) {
    return `${location.href.split("#")[0]}#${this.id}=${text}`;
  }

  /** The address of the lab's own page in that state; null where this page is of no book. @param {string} text */
  embedded(text) {
    const [, name] = this.id.split("-");
    if (this.#root === undefined) return null;
    return `${new URL(`${this.#root}labs/${name}.html`, location.href)}#lab-${name}=${text}`;
  }

  /**
   * @param {string} text
   * @returns {boolean} false where storage is full or forbidden: the lab works, it only forgets
   */
  keep(text) {
    if (this.isForgetful) return true;
    try {
      localStorage.setItem(this.#key, text);
      return true;
    } catch {
      return false;
    }
  }

  /** Asked with a key of its own: what was kept may not have come from the page before yet, and must not be written over. */
  canKeep() {
    if (this.isForgetful) return true;
    try {
      localStorage.setItem(PROBE, "");
      localStorage.removeItem(PROBE);
      return true;
    } catch {
      return false;
    }
  }

  /** @returns {string | null} */
  kept() {
    if (this.isForgetful) return null;
    try {
      return localStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }
}

/**
 * Labs with the same `data-link` share those traits: a pixel painted in one is painted in all.
 * @param {PageModel} model @param {string[]} names
 */
function link(model, names) {
  const peers = SHARED.get(names.join(" ")) ?? [];
  for (const name of names) {
    for (const peer of peers) {
      // A lab of 9x9 pictures has no use for one of 7x7.
      model.on(`change:${name}`, () => peer.take(name, model.get(name)));
      peer.on(`change:${name}`, () => model.take(name, peer.get(name)));
    }
  }
  SHARED.set(names.join(" "), [...peers, model]);
}

/**
 * Mounts every lab of the page.
 * @param {Modules} modules @param {Files} [files]  where none are told, those that the tag of this script names
 * @returns {MountedLab[]}
 */
export function mountAll(modules, files = filesOf(document.currentScript)) {
  const counts = new Map();
  /** @type {NodeListOf<HTMLElement>} */
  const holders = document.querySelectorAll(".convnet-lab[data-lab]");
  const labs = Array.from(holders, (holder) => {
    const name = holder.dataset.lab;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const id = counts.get(name) === 1 ? `lab-${name}` : `lab-${name}-${counts.get(name)}`;
    return placeFor(holder, modules, new LabPage(id, files));
  });
  for (const lab of labs) attempt(lab, mount);
  // Kept state first, then a link: who follows a link wants what it shows.
  for (const lab of labs) attempt(lab, ({ page }) => page.lab?.restore());
  followLink(labs);
  addEventListener("hashchange", () => followLink(labs));
  return labs;
}

/**
 * Shows the state that the address brings, once: after a reload the reader's own edits count.
 * @param {MountedLab[]} labs
 */
function followLink(labs) {
  const link = linkIn(
    location.hash,
    labs.map(({ page }) => page.id),
  );
  if (link === null) return;
  const lab = labs.find(({ page }) => page.id === link.id);
  if (lab) {
    spend(link.id);
    attempt(lab, ({ page }) => page.lab?.follow(link.text));
    return;
  }
  const [, name] = link.id.split("-");
  const twin = labs.find(({ page }) => page.id === `lab-${name}`);
  const reason = twin
    ? "it is for a second lab of this kind, and this page has one"
    : "it is for a lab of another page";
  attempt(twin ?? labs[0], ({ page }) => page.lab?.refuse(reason));
}

/** @param {string} id */
function spend(id) {
  try {
    history.replaceState(history.state, "", `#${id}`);
  } catch {
    // In a sandboxed frame: the state comes back with a reload.
  }
}

/** Photographs stand in the page once, as pictures. @param {HTMLElement} fallback */
function photographsOf(fallback) {
  /** @type {NodeListOf<HTMLImageElement>} */
  const pictures = fallback.querySelectorAll("img[data-trait]");
  return Object.fromEntries(Array.from(pictures, (picture) => [picture.dataset.trait, picture.getAttribute("src")]));
}

/** @param {HTMLOrSVGScriptElement | null} script @returns {Files} */
function filesOf(script) {
  return script?.dataset.files ? JSON.parse(script.dataset.files) : {};
}

/** @param {HTMLElement} holder @param {Modules} modules @param {LabPage} page @returns {MountedLab} */
function placeFor(holder, modules, page) {
  /** @type {HTMLElement} */
  const fallback = holder.querySelector(".convnet-lab-tables");
  const place = make("div", { class: "convnet-lab-live" });
  holder.id = page.id;
  holder.prepend(place);
  return { holder, fallback, place, modules, page };
}

/** @param {MountedLab} lab */
function mount({ holder, fallback, place, modules, page }) {
  const model = new PageModel({ ...JSON.parse(holder.dataset.state), ...photographsOf(fallback) }, page);
  if (holder.dataset.link) link(model, holder.dataset.link.split(" "));
  modules[`${holder.dataset.lab}/lab`].default.render({ model, el: place });
  offerFullScreen(place, besidePage(modules, page.files.big ?? []));
  fallback.hidden = true;
  Object.assign(holder, { model }).dataset.live = "true"; // other scripts of the page may read and set its state
}

/**
 * Whatever goes wrong with one lab stays with it: the page's other labs start, and its numbers are there.
 * @param {MountedLab} lab @param {(lab: MountedLab) => void} action
 */
function attempt(lab, action) {
  try {
    action(lab);
  } catch (problem) {
    console.error(problem);
    lab.fallback.hidden = false;
    lab.place.replaceChildren(
      make("p", { text: "This lab could not start. Its numbers are below. " }),
      button("Forget my edits and try again", () => {
        lab.page.keep("null");
        location.reload();
      }),
    );
  }
}
