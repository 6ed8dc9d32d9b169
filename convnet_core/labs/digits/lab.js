// Chapter 11's lab: draw a digit, and see what each layer of a deeper net makes of it.

import { lab } from "../kit/card.js";
import { button, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { changeText, probability } from "../kit/words.js";
import { Brain, unpackedWeights } from "./brain.js";
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
import { digitsKeeper } from "./data.js";
import { foolTab } from "./fool.js";
import { looksTab } from "./looks.js";
import { mistakesTab } from "./mistakes.js";
import { wholeNet } from "./net.js";
import { occlusionTab } from "./occlusion.js";
import { inInk } from "./paint.js";
import { picture } from "./picture.js";
import { sheet, SHEET_KEYS } from "./sheet.js";
import { slopeTab } from "./slope.js";
import { trainTab } from "./train.js";
import { votes } from "./votes.js";
import { centredText, fewText, saysText } from "./words.js";
import { zoom } from "./zoom.js";

const TABS = [
  ["net", "The net"],
  ["occlusion", "Occlusion"],
  ["slope", "Slope"],
  ["fool", "Fool it"],
  ["looks", "What does it look for"],
  ["mistakes", "Its mistakes"],
  ["train", "Train it here"],
];

export default lab({
  task: "Draw a digit: by mouse, by finger or with the keys. All layers answer while you draw. Choose a map below to see what it is made from, down to one number and its sum.",
  keys: SHEET_KEYS,
  challenges: {
    sure: { progress: (state, presets) => `${probability(Math.max(...bookSays(state, presets).shares))} sure.` },
    pixels: {
      solved: isOtherByFew,
      progress: (state, presets) => fewText(changedPixels(state, presets), bookSays(state, presets).said),
    },
    weak: { solved: isHidden },
  },
  build,
});

function build({ stage, store, model, say, refuse, solve, signal }) {
  stage.classList.add("cl-digits");
  const brains = new Brains(new Brain(unpackedWeights(store.presets.weights)), () => store.refresh());
  const brainOf = () => brains.now;
  const keeper = digitsKeeper(model, { onready: () => store.refresh(), say, signal });
  const top = stage.appendChild(make("div", { class: "cl-digits-top" }));
  const hand = ownHand(store, solve);
  const paper = sheet(top, store, { refuse, ...hand, signal });
  const large = picture(top, store, { signal });
  const bars = votes(top);
  const views = {
    net: netTab(store, brainOf, { signal }),
    occlusion: occlusionTab(store, brainOf, { signal }),
    slope: slopeTab(store, brainOf),
    fool: foolTab(store, brainOf, { say }),
    looks: looksTab(store, { keeper, brains, signal }),
    mistakes: mistakesTab(store, { keeper, brains, onload: () => hand.onload(false), signal }),
    train: trainTab(store, { keeper, brains, say, signal }),
  };
  const tabs = tabBar(stage, store, views);
  const update = (state, before) => {
    const answers = current(state, brainOf());
    const view = views[state.tab];
    paper.update(state);
    tabs.update(state);
    view.update(state, answers);
    bars.update(answers.now, saysText(answers.now, brainOf().isOwn));
    large.update(view.overlay?.(state, answers) ?? plainOverlay(state, answers));
    const words = before ? whatChanged(before, state, answers) : "";
    if (words) say(words);
  };
  const reset = () => {
    hand.onload(false);
    return views.train.reset();
  };
  return { update, reset };
}

/** Whether what stands on the sheet was drawn by hand from a clear one, and how sure the net is of it then. */
function ownHand(store, solve) {
  let isOwn = false;
  const ondraw = () => {
    const { state, presets } = store;
    if (isBlank(state.drawing)) isOwn = true;
    else if (isOwn && Math.max(...bookSays(state, presets).shares) >= SURE) solve("sure");
  };
  const onload = (/** @type {boolean} */ isClear) => (isOwn = isClear);
  return { ondraw, onload };
}

/** The picture with nothing over it. @returns {import("./picture.js").Overlay} */
function plainOverlay(state, { plain }) {
  const words = centredText(centredOf(state));
  return {
    values: plain.picture,
    painter: inInk,
    box: null,
    label: `What the net gets: your digit, centred. ${words}`,
    words,
  };
}

/** The whole net, one of its maps, one of its numbers. */
function netTab(store, brainOf, { signal }) {
  const element = make("div");
  const whole = wholeNet(element, store);
  const near = zoom(element, store, { signal });
  const update = (state, { now }) => {
    whole.update(state, now);
    near.update(state, now, taken(state, now, brainOf()));
  };
  /** @returns {import("./picture.js").Overlay} */
  const overlay = (state, answers) => ({
    ...plainOverlay(state, answers),
    box: taken(state, answers.plain, brainOf()).box,
  });
  return { element, update, overlay };
}

/** A button for each view, and the view itself. */
function tabBar(parent, store, views) {
  const buttons = TABS.map(([name, text]) => ({
    name,
    element: button(text, () => store.set({ tab: name }, { undoable: false })),
  }));
  const bar = make(
    "div",
    { class: "cl-buttons cl-digits-tabs", role: "group", "aria-label": "Look at it by" },
    buttons.map((one) => one.element),
  );
  sets({ tab: bar });
  parent.append(bar, ...Object.values(views).map(({ element }) => element));
  const update = ({ tab }) => {
    for (const { name, element } of buttons) element.setAttribute("aria-pressed", String(name === tab));
    for (const [name, { element }] of Object.entries(views)) element.hidden = name !== tab;
  };
  return { update };
}

/** What an edit changed, and what the net says now. */
function whatChanged(before, state, { now }) {
  if (before.drawing !== state.drawing)
    return `${changeText("Your digit", before.drawing, state.drawing)} ${saysText(now, false)}`;
  return "";
}
