// A lab's state: one source of truth (the model's traits), its history, and its way into a link.

import { refusal } from "./rules.js";
import { same } from "./state.js";

const HISTORY_LIMIT = 500;

/**
 * @typedef {import("./host.js").Model} Model
 * @typedef {import("./rules.js").Rule} Rule
 * @typedef {any} State  an object with what the lab's rules name, which is another one in each lab
 * @typedef {() => Bring} Bring  for what is not in the state: brings it back with a step, and gives what undoes that
 * @typedef {{ state: State, bring: Bring | null }} Step
 * @typedef {(state: State, before: State, isEdit: boolean) => void} Listener
 *   isEdit: not for what the reader only looks at, such as a cell that is pointed at
 */

/** `signal` ends all listening. */
export class Store {
  /** @type {Model} */
  #model;
  /** @type {Record<string, Rule>} */
  #rules;
  /** @type {Step[]} */
  #past = [];
  /** @type {Step[]} */
  #future = [];
  /** @type {string | null} */
  #group = null;
  /** @type {State} */
  #state;
  #willHear = false;
  #isWriting = false;
  /** @type {Listener[]} */
  #listeners = [];
  /** @type {((reason: string) => void)[]} */
  #lockedListeners = [];

  /** @param {Model} model @param {AbortSignal} signal */
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

  /** @param {string} name @returns {any} of the kind that the lab has given it */
  rule(name) {
    return this.#rules[name];
  }

  /** The listener hears of every change, whoever made it. @param {Listener} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /**
   * Takes all of `changes` or none. Edits of one `group` (a stroke, a drag) are undone together, until `endStep`.
   * @param {State} changes @param {{ group?: string | null, undoable?: boolean, bring?: Bring | null }} [options]
   * @returns {string | null} why it was refused
   */
  set(changes, { group = null, undoable = true, bring = null } = {}) {
    const reason = this.refusal(changes);
    if (reason !== null) return reason;
    const names = Object.keys(changes).filter((name) => !same(changes[name], this.#state[name]));
    if (names.length === 0 && bring === null) return null;
    const locked = names.find((name) => this.#model.page?.locked.has(name));
    if (locked !== undefined) return this.#tellLocked(`Locked by the page that shows this lab: ${locked}.`);
    if (undoable) this.#remember(group, bring);
    this.#write(Object.fromEntries(names.map((name) => [name, changes[name]])), { isEdit: undoable });
    if (undoable && group !== null) this.#dropEmptyStep();
    return null;
  }

  /** Which view is shown is no step: Undo and Redo leave it as it is. @param {State} changes */
  look(changes) {
    if (this.set(changes, { undoable: false }) !== null) return;
    for (const step of [...this.#past, ...this.#future]) step.state = { ...step.state, ...changes };
  }

  /** What is here now is the start: Reset leads to it, and Undo not past it. */
  startHere() {
    this.initial = this.#state;
    this.#past = [];
    this.#future = [];
    this.#tell({ isEdit: false });
  }

  /** The listener hears why a locked setting stays. @param {(reason: string) => void} listener */
  onLocked(listener) {
    this.#lockedListeners.push(listener);
  }

  /** Controls that show what was wanted show again what is. @param {string} reason */
  #tellLocked(reason) {
    this.#tell({ isEdit: false });
    for (const listener of this.#lockedListeners) listener(reason);
    return reason;
  }

  /** What comes next is a step of its own for Undo: a number is typed to its end, a slider let go. */
  endStep() {
    this.#group = null;
  }

  /** Why `changes` can't be taken; only the lab's own names pass, so no prototype key does. @param {State} changes */
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

  /** @param {Bring | null} [bring]  what was forgotten beside the state */
  reset(bring = null) {
    const start = { ...this.initial, ...this.own };
    if (same(this.#state, start) && bring === null) return false;
    return this.set(start, { bring }) === null;
  }

  /** What stays the reader's, whatever link they follow. @returns {State} */
  get own() {
    return this.#only((name) => this.#rules[name].personal);
  }

  /** @param {(name: string) => boolean | undefined} isWanted */
  #only(isWanted) {
    return Object.fromEntries(this.names.filter(isWanted).map((name) => [name, this.#state[name]]));
  }

  /**
   * The whole state, so that it means the same when the lab's start is another one some day. A link
   * leaves out photographs and what is the reader's own; the browser keeps of photographs only theirs.
   * @param {{ linked: boolean }} options
   */
  told({ linked }) {
    return this.#only((name) => {
      const { kind, personal } = this.#rules[name];
      if (linked) return kind !== "photograph" && !personal;
      return kind !== "photograph" || !same(this.#state[name], this.initial[name]);
    });
  }

  /** What differs from the lab's defaults in Python. */
  differences() {
    const defaults = this.#model.get("_defaults");
    return this.#only((name) => Object.hasOwn(defaults, name) && !same(this.#state[name], defaults[name]));
  }

  /** Tells the listeners again, for a lab that has more to show though the state is the same. */
  refresh() {
    this.#tell({ isEdit: false });
  }

  #read() {
    return Object.fromEntries(this.names.map((name) => [name, this.#model.get(name)]));
  }

  /** @param {string | null} group @param {Bring | null} [bring] */
  #remember(group, bring = null) {
    if (group === null || group !== this.#group) this.#past.push({ state: this.#state, bring });
    if (this.#past.length > HISTORY_LIMIT) this.#past.shift();
    this.#group = group;
    this.#future = [];
  }

  /** Edits that were taken back as they were made, by Escape, leave nothing to undo. */
  #dropEmptyStep() {
    const before = this.#past.at(-1)?.state; // none where the edit has led back to the start
    if (!this.names.every((name) => same(before?.[name], this.#state[name]))) return;
    this.#past.pop();
    this.#group = null;
    this.#tell({ isEdit: true }); // Undo may have nothing to do any more
  }

  /** @param {Step[]} from @param {Step[]} to */
  #travel(from, to) {
    if (from.length === 0) return false;
    const { state, bring } = from.pop();
    to.push({ state: this.#state, bring: bring?.() ?? null });
    this.#group = null;
    this.#write(state, { isEdit: true });
    return true;
  }

  /** @param {State} changes @param {{ isEdit: boolean }} kind */
  #write(changes, kind) {
    this.#isWriting = true;
    for (const [name, value] of Object.entries(changes)) this.#model.set(name, value);
    this.#isWriting = false;
    this.#model.save_changes();
    this.#tell(kind);
  }

  /** A change from outside (Python, another view) comes a trait at a time: tell once for all. */
  #hear() {
    if (this.#isWriting || this.#willHear) return;
    this.#willHear = true;
    queueMicrotask(() => {
      this.#willHear = false;
      if (this.names.every((name) => same(this.#state[name], this.#model.get(name)))) return;
      this.#remember(null);
      this.#tell({ isEdit: true });
    });
  }

  /** @param {{ isEdit: boolean }} kind */
  #tell({ isEdit }) {
    const before = this.#state;
    this.#state = this.#read();
    for (const listener of this.#listeners) listener(this.#state, before, isEdit);
  }
}
