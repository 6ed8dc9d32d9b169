// A lab's state: one source of truth (the model's traits), its history, and its way into a link.

import { refusal } from "./rules.js";
import { same } from "./state.js";

const HISTORY_LIMIT = 500;

/**
 * The model is anywidget's front-end contract (get, set, on, off, save_changes), from a kernel or
 * from the static page. `signal` ends all listening.
 */
export class Store {
  #model;
  #rules;
  #past = [];
  #future = [];
  #group = null;
  #state;
  #pending = false;
  #setting = false;
  #listeners = [];

  constructor(model, signal) {
    this.#model = model;
    this.#rules = model.get("_rules");
    /** Pictures and features for menus, by menu and name. */
    this.presets = model.get("_presets");
    this.#state = this.#read();
    this.initial = this.#state;
    for (const name of this.names) {
      const heard = () => this.#hear();
      model.on(`change:${name}`, heard);
      signal.addEventListener("abort", () => model.off(`change:${name}`, heard));
    }
  }

  get names() {
    return Object.keys(this.#rules);
  }

  /** A snapshot; treat it as frozen and hand changed copies to `set`. */
  get state() {
    return this.#state;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  rule(name) {
    return this.#rules[name];
  }

  /** `listener(state, before)` runs after every change, whoever made it. */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /**
   * Takes all of `changes` or none. Edits of one `group` (a stroke, a drag) are undone together.
   * @returns {string | null} why it was refused
   */
  set(changes, { group = null, undoable = true } = {}) {
    const reason = this.refusal(changes);
    if (reason !== null) return reason;
    const names = Object.keys(changes).filter((name) => !same(changes[name], this.#state[name]));
    if (names.length === 0) return null;
    if (undoable) this.#remember(group);
    this.#write(Object.fromEntries(names.map((name) => [name, changes[name]])));
    return null;
  }

  /** Why `changes` can't be taken; only the lab's own names pass, so no prototype key does. */
  refusal(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (!Object.hasOwn(this.#rules, name)) return `the lab knows no setting "${name.slice(0, 40)}"`;
      const reason = refusal(name, this.#rules[name], value);
      if (reason !== null) return reason;
    }
    return null;
  }

  /** @returns {boolean} whether there was anything to undo; likewise for the two below */
  undo() {
    return this.#travel(this.#past, this.#future);
  }

  redo() {
    return this.#travel(this.#future, this.#past);
  }

  reset() {
    if (same(this.#state, this.initial)) return false;
    return this.set(this.initial) === null;
  }

  /**
   * The whole state, so that it means the same when the lab's start is another one some day. A link
   * leaves photographs out, and the browser keeps only the reader's own.
   */
  told({ linked }) {
    const isTold = (name) =>
      this.#rules[name].kind !== "photograph" || (!linked && !same(this.#state[name], this.initial[name]));
    return Object.fromEntries(this.names.filter(isTold).map((name) => [name, this.#state[name]]));
  }

  /** What differs from the lab's defaults in Python. */
  differences() {
    const defaults = this.#model.get("_defaults");
    const differs = (name) => Object.hasOwn(defaults, name) && !same(this.#state[name], defaults[name]);
    return Object.fromEntries(this.names.filter(differs).map((name) => [name, this.#state[name]]));
  }

  /** Tells the listeners again, for a lab that has more to show though the state is the same. */
  refresh() {
    this.#tell();
  }

  #read() {
    return Object.fromEntries(this.names.map((name) => [name, this.#model.get(name)]));
  }

  #remember(group) {
    if (group === null || group !== this.#group) this.#past.push(this.#state);
    if (this.#past.length > HISTORY_LIMIT) this.#past.shift();
    this.#group = group;
    this.#future = [];
  }

  #travel(from, to) {
    if (from.length === 0) return false;
    to.push(this.#state);
    this.#group = null;
    this.#write(from.pop());
    return true;
  }

  #write(changes) {
    this.#setting = true;
    for (const [name, value] of Object.entries(changes)) this.#model.set(name, value);
    this.#setting = false;
    this.#model.save_changes();
    this.#tell();
  }

  /** A change from outside (Python, another view) comes a trait at a time: tell once for all. */
  #hear() {
    if (this.#setting || this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      if (this.names.every((name) => same(this.#state[name], this.#model.get(name)))) return;
      this.#remember(null);
      this.#tell();
    });
  }

  #tell() {
    const before = this.#state;
    this.#state = this.#read();
    for (const listener of this.#listeners) listener(this.#state, before);
  }
}
