// Which clip follows which: the reader adds clips, takes them away, and puts them in another order.

import { button, make, setReady } from "../kit/dom.js";
import { rearranged, rowsOf, withCopy } from "./own.js";
import { hasRoom } from "./rules.js";

/** @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen */
export function clipButtons(store, kitchen) {
  const rule = store.rule("own");
  const rows = () => rowsOf(kitchen, store.state);
  const arrange = (/** @type {number[][]} */ own, /** @type {(number | null)[]} */ order, /** @type {number} */ clip) =>
    store.set({ ...rearranged(store.state, own, order), clip, step: 0 });
  const add = button("Add a copy", () => {
    const [all, { clip }] = [rows(), kitchen.inReach(store.state)];
    if (!hasRoom(rule, all)) return;
    const order = [...all.keys()];
    arrange(withCopy(all, clip), [...order.slice(0, clip + 1), null, ...order.slice(clip + 1)], clip + 1);
  });
  const remove = button("Remove it", () => {
    const [all, { clip }] = [rows(), kitchen.inReach(store.state)];
    if (all.length === 1) return;
    const order = [...all.keys()].filter((place) => place !== clip);
    arrange(order.map((place) => all[place]), order, Math.min(clip, order.length - 1));
  });
  const shift = (/** @type {number} */ by) => () => {
    const [all, { clip }] = [rows(), kitchen.inReach(store.state)];
    const to = clip + by;
    if (to < 0 || to >= all.length) return;
    const order = [...all.keys()];
    [order[clip], order[to]] = [order[to], order[clip]];
    arrange(order.map((place) => all[place]), order, to);
  };
  const [earlier, later] = [button("Earlier", shift(-1)), button("Later", shift(1))];
  const back = button("The cook’s recipe again", () => store.set({ own: [], corrections: [], hidden: [], clip: 0, step: 0 }));
  const element = make("div", { class: "cl-buttons", role: "group", "aria-label": "The clips of your recipe" }, [add, remove, earlier, later, back]);
  const update = (state) => {
    const count = kitchen.cook(state).length;
    setReady(add, hasRoom(rule, rows()) ? null : `A recipe has ${rule.most} clips at most.`);
    setReady(remove, count > 1 ? null : "It is the only one.");
    setReady(earlier, state.clip > 0 ? null : "It is the first one.");
    setReady(later, state.clip < count - 1 ? null : "It is the last one.");
    back.hidden = state.own.length === 0;
  };
  return { element, update };
}
