// One hand: what the networks see of it, what each of them says, and what the reader says.

import { checkbox, choice, make, setVariable, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { inGreys } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { CROP, HANDS } from "../mirror/kitchen.js";
import { likeliestOf, summed } from "../mirror/watching.js";
import { correctionOf, hiddenIn } from "./derived.js";
import { cropOf } from "./picture.js";
import { holdText, likeliestText, percentText, SIDES, upToText } from "./words.js";

const NOBODY = ""; // the reader says nothing

/**
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen @param {number} side
 */
export function handView(store, kitchen, side) {
  const { grasps, things, holds } = kitchen.material.words;
  const crop = smallMap({ class: "cl-small-map cl-watching-crop" });
  const [now, together, truth] = ["", "cl-watching-answer", "cl-watching-truth"].map((name) => make("p", { class: name }));
  const bars = { grasp: barsOf("Grasp", grasps), thing: barsOf("Thing", things) };
  const hand = () => HANDS * kitchen.inReach(store.state).clip + side;
  const say = choice("You say", [[NOBODY, "as the nets"], ...holds.map((hold, at) => [String(at), holdText(hold)])], (hold) => {
    const others = ofOthers(store.state.corrections, hand());
    store.set({ corrections: hold === NOBODY ? others : [...others, [hand(), Number(hold)]] });
  });
  const hide = checkbox("Hide it", (isHidden) => {
    const others = ofOthers(store.state.hidden, hand());
    store.set({ hidden: isHidden ? [...others, [hand()]] : others });
  });
  sets({ corrections: say, hidden: hide });
  say.select.setAttribute("aria-label", `${SIDES[side]}: you say`);
  const element = make("section", { class: "cl-watching-hand", "aria-label": SIDES[side] }, [
    make("p", { class: "cl-caption cl-watching-side", text: SIDES[side] }),
    make("div", { class: "cl-watching-look" }, [crop.element, make("div", {}, [now, together, truth])]),
    bars.grasp.element,
    bars.thing.element,
    make("div", { class: "cl-watching-told" }, [say.element, hide.element]),
  ]);
  /** @param {any} state @param {import("./derived.js").Shown} shown @param {number} frame */
  const show = (state, shown, frame) => {
    const [seen, sum] = [shown.frames[frame], summed(shown.frames.slice(0, frame + 1), state.trust)];
    const believed = kitchen.believed(state, shown, state.clip, frame + 1);
    const correction = correctionOf(state, HANDS * state.clip + side);
    crop.draw(cropOf(shown.crops, frame, side), CROP, inGreys);
    for (const kind of /** @type {const} */ (["grasp", "thing"])) bars[kind].show(believed[kind][side], seen[kind][side]);
    const said = (/** @type {import("../mirror/watching.js").Seen} */ { grasp, thing }) =>
      `${likeliestText(things, thing[side])}, ${likeliestText(grasps, grasp[side])}`;
    write(now, `This frame: ${said(seen)}`);
    write(together, correction === null ? `${frame === 0 ? "So far" : `F${upToText(frame).slice(1)}`}: ${said(sum)}` : `You say: ${holdText(holds[correction])}`);
    const { left, right } = kitchen.cook(state)[state.clip];
    write(truth, state.truth ? `In truth: ${holdText([left, right][side])}` : "");
    say.show(correction === null ? NOBODY : String(correction));
    hide.show(hiddenIn(state, state.clip).includes(side));
  };
  return { element, show };
}

/** What is told of other hands, the last word of each: a link may tell one twice. @param {number[][]} told @param {number} hand */
function ofOthers(told, hand) {
  return [...new Map(told.map((row) => [row[0], row])).values()].filter(([which]) => which !== hand);
}

/** A bar for each word: of the frames so far, and a mark where this frame alone stands. @param {string[]} words */
function barsOf(title, words) {
  const rows = words.map((word) => {
    const [bar, mark] = [make("span", { class: "cl-watching-bar" }), make("span", { class: "cl-watching-mark" })];
    const number = make("span", { class: "cl-watching-number" });
    const track = make("span", { class: "cl-watching-track", "aria-hidden": "true" }, [bar, mark]);
    return { element: make("li", {}, [make("span", { text: word }), track, number]), bar, mark, number };
  });
  const list = make("ul", { class: "cl-watching-bars", "aria-label": title }, rows.map((row) => row.element));
  /** @param {number[]} sum @param {number[]} now */
  const show = (sum, now) => {
    const best = likeliestOf(sum);
    rows.forEach(({ element, bar, mark, number }, k) => {
      element.classList.toggle("is-best", k === best);
      setVariable(bar, "--share", Math.exp(sum[k]));
      setVariable(mark, "--share", Math.exp(now[k]));
      write(number, percentText(sum[k]));
    });
  };
  return { element: list, show };
}
