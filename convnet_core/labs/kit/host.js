// Brings a static page's labs to life: each leaves its state and its tables in the page, and gets a
// model here that needs no kernel.

import { button, make } from "./dom.js";
import { refusal } from "./rules.js";

const SHARED = new Map();

/** anywidget's front-end contract over a plain object. */
export class PageModel {
  #state;
  #listeners = new Map();

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

  save_changes() {}
}

/** What a page offers a lab: a link to a state, and a place to keep one. @param {string} id */
function pageOf(id) {
  const key = `convnet-lab ${location.pathname} ${id}`;
  return {
    id,
    /** Has `restore`, then `follow`, called once every lab of the page is there: linked ones must hear of it. */
    onceAllAreThere(restore, follow) {
      Object.assign(this, { restore, follow });
    },
    link: (text) => `${location.href.split("#")[0]}#${id}=${text}`,
    /** The state a link brought, once: after a reload the reader's own edits count. */
    takeLink() {
      const start = `#${id}=`;
      if (!location.hash.startsWith(start)) return null;
      const text = location.hash.slice(start.length);
      history.replaceState(history.state, "", `#${id}`);
      return text;
    },
    keep(text) {
      try {
        localStorage.setItem(key, text);
      } catch {
        // Storage is full or forbidden: the lab works, it only forgets.
      }
    },
    kept() {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
  };
}

/** Labs with the same `data-link` share those traits: a pixel painted in one is painted in all. */
function link(model, names) {
  const peers = SHARED.get(names.join(" ")) ?? [];
  for (const name of names) {
    for (const peer of peers) {
      model.on(`change:${name}`, () => hand(name, model, peer));
      peer.on(`change:${name}`, () => hand(name, peer, model));
    }
  }
  SHARED.set(names.join(" "), [...peers, model]);
}

/** Gives `to` what `from` holds, unless its rule forbids: a lab of 9x9 pictures has no use for one of 7x7. */
function hand(name, from, to) {
  const value = from.get(name);
  if (refusal(name, to.get("_rules")[name], value) === null) to.set(name, value);
}

/** Mounts every lab of the page. @param {Record<string, { default: { render: Function } }>} modules  by name */
export function mountAll(modules) {
  const counts = new Map();
  const labs = Array.from(document.querySelectorAll(".convnet-lab[data-lab]"), (holder) => {
    const name = holder.dataset.lab;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const id = counts.get(name) === 1 ? `lab-${name}` : `lab-${name}-${counts.get(name)}`;
    return placeFor(holder, modules, id);
  });
  for (const lab of labs) attempt(lab, mount);
  // Kept state first, then a link: who follows a link wants what it shows.
  for (const lab of labs) attempt(lab, ({ page }) => page.restore?.());
  for (const lab of labs) attempt(lab, ({ page }) => page.follow?.());
}

/** Photographs stand in the page once, as pictures. */
function photographsOf(fallback) {
  return Object.fromEntries(
    Array.from(fallback.querySelectorAll("img[data-trait]"), (picture) => [
      picture.dataset.trait,
      picture.getAttribute("src"),
    ]),
  );
}

function placeFor(holder, modules, id) {
  const fallback = holder.querySelector(".convnet-lab-tables");
  const place = make("div", { class: "convnet-lab-live" });
  holder.id = id;
  holder.prepend(place);
  return { holder, fallback, place, modules, page: pageOf(id) };
}

function mount({ holder, fallback, place, modules, page }) {
  const model = new PageModel({ ...JSON.parse(holder.dataset.state), ...photographsOf(fallback) }, page);
  if (holder.dataset.link) link(model, holder.dataset.link.split(" "));
  modules[`${holder.dataset.lab}/lab`].default.render({ model, el: place });
  fallback.hidden = true;
  holder.dataset.live = "true";
}

/** Whatever goes wrong with one lab stays with it: the page's other labs start, and its numbers are there. */
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
