// Chapter 11's lab: draw a digit, and see what each layer of a deeper net makes of it.

import { bring } from "../kit/bring.js";
import { lab } from "../kit/card.js";
import { make } from "../kit/dom.js";
import { dataKeeper } from "../kit/gate.js";
import { tabBar } from "../kit/tabs.js";
import { SIDE, unpackedDigits } from "../mirror/digits.js";
import { unpackedWeights } from "../mirror/training.js";
import { Brain } from "./brain.js";
import {
  bookSays,
  centredOf,
  changedPixels,
  current,
  isBlank,
  isHidden,
  isOtherByFew,
  SURE,
  taken,
} from "./derived.js";
import { Brains } from "./brains.js";
import { changeWords } from "./changes.js";
import { foolTab } from "./fool.js";
import { looksTab } from "./looks.js";
import { mistakesTab } from "./mistakes.js";
import { wholeNet } from "./net.js";
import { occlusionTab } from "./occlusion.js";
import { inInk } from "../kit/paint.js";
import { picture } from "./picture.js";
import { sheet, SHEET_KEYS } from "./sheet.js";
import { slopeTab } from "./slope.js";
import { trainTab } from "./train.js";
import { votes } from "./votes.js";
import { centredText, EMPTY, fewText, numberText, saysText, sure, TABS } from "./words.js";
import { zoom } from "./zoom.js";

export default lab({
  task: "Draw a digit: by mouse, finger or keys. All layers answer while you draw. Choose a map below to see what it is made from, down to one number and its sum.",
  keys: SHEET_KEYS,
  challenges: {
    sure: {},
    pixels: {
      solved: isOtherByFew,
      progress: (state, presets) => fewText(changedPixels(state, presets), bookSays(state, presets).said),
    },
    weak: { solved: isHidden },
  },
  build,
});

function build({ stage, store, model, say, sayAtRest, add, refuse, solve, count, heading, signal }) {
  stage.classList.add("cl-digits");
  const brains = new Brains(new Brain(unpackedWeights(store.presets.weights)), () => store.refresh());
  const brainOf = () => brains.now;
  const bringDigits = (tell) => bring(model, "digits", unpackedDigits, tell, signal);
  const keeper = dataKeeper("5,000 digits", bringDigits, { onready: () => store.refresh(), say, signal });
  const top = stage.appendChild(make("div", { class: "cl-digits-top" }));
  const hand = ownHand(store, { solve, count });
  const paper = sheet(top, store, { refuse, ...hand, signal });
  const large = picture(top, store, { signal });
  const bars = votes(top);
  const views = {
    net: netTab(store, brainOf, { heading, signal }),
    occlusion: occlusionTab(store, brainOf, { add, signal }),
    slope: slopeTab(store, brainOf),
    fool: foolTab(store, brainOf, { say }),
    looks: looksTab(store, { keeper, brains, add, heading, signal }),
    mistakes: mistakesTab(store, { keeper, brains, onload: () => hand.onload(false), say, add, signal }),
    train: trainTab(store, { keeper, brains, say, signal }),
  };
  const tabs = tabBar(stage, store, views, TABS);
  const update = (state, before) => {
    const answers = current(state, brainOf());
    const view = views[state.tab];
    paper.update(state);
    tabs.update(state);
    view.update(state, answers);
    const overlay = view.overlay?.(state, answers) ?? plainOverlay(state, answers);
    const says = isBlank(state.drawing) ? EMPTY : saysText(answers.now, brainOf().isOwn);
    bars.update(answers.now, says);
    large.update(overlay);
    hand.update();
    if (!before) return;
    const words = changeWords(before, state, says, view.told?.(state, answers) ?? overlay.words);
    if (words) sayAtRest(words);
    else if (before.tab !== state.tab) say(""); // what the last view said is no word on this one
  };
  const reset = () => {
    hand.onload(false);
    return views.train.reset();
  };
  return { update, reset };
}

/** Whether what stands on the sheet was drawn by hand from a clear one, and how sure the net is of it then. */
function ownHand(store, { solve, count }) {
  let isOwn = false;
  const ondraw = () => {
    const { state, presets } = store;
    if (isBlank(state.drawing)) isOwn = true;
    else if (isOwn && Math.max(...bookSays(state, presets).shares) >= SURE) solve("sure");
  };
  const onload = (/** @type {boolean} */ isClear) => {
    isOwn = isClear;
    update();
  };
  /** How sure it is counts for such a one alone. */
  const update = () => {
    const { state, presets } = store;
    count("sure", isOwn && !isBlank(state.drawing) ? `${sure(Math.max(...bookSays(state, presets).shares))} sure.` : "");
  };
  return { ondraw, onload, update };
}

/** The picture with nothing over it. @returns {import("./picture.js").Overlay} */
function plainOverlay(state, { plain }) {
  const words = isBlank(state.drawing) ? "The sheet is empty." : centredText(centredOf(state));
  return {
    values: plain.picture,
    painter: inInk,
    box: null,
    label: `What the net gets: your digit, centred. ${words}`,
    words,
  };
}

/** The whole net, one of its maps, one of its numbers. */
function netTab(store, brainOf, { heading, signal }) {
  const element = make("div");
  const whole = wholeNet(element, store);
  const near = zoom(element, store, { heading, signal });
  const update = (state, { now }) => {
    whole.update(state, now);
    near.update(state, now, taken(state, now, brainOf()));
  };
  /** @returns {import("./picture.js").Overlay} */
  const overlay = (state, answers) => {
    const plain = plainOverlay(state, answers);
    const words = `${plain.words} Framed: what the chosen number sees.`;
    return { ...plain, words, box: taken(state, answers.plain, brainOf()).box };
  };
  const told = (state, { now }) =>
    numberText(taken(state, now, brainOf()), state, now.picture[state.row * SIDE + state.column]);
  return { element, update, overlay, told };
}
