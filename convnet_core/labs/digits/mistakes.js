// The held-out digits that the net gets wrong. A press puts one on the sheet.

import { make, write } from "../kit/dom.js";
import { same } from "../kit/state.js";
import { SIDE, digitOf } from "../mirror/digits.js";
import { machine } from "./machine.js";
import { inInk } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { mistakeText, mistakesText } from "./words.js";

const SHOWN = 40;
const DECIMALS = 1e4;

export function mistakesTab(store, { keeper, brains, onload, say, add, signal }) {
  const ondone = () => store.state.tab === "mistakes" && add(mistakesText(found, SHOWN));
  const found = judged(store, { keeper, brains, ondone, signal });
  const words = make("p", { class: "cl-note" });
  let loaded = null;
  const load = (one) => {
    const pixels = Array.from(digitOf(keeper.data, one.which), (value) => Math.round(value * DECIMALS) / DECIMALS);
    onload();
    const drawing = Array.from({ length: SIDE }, (_, row) => pixels.slice(row * SIDE, (row + 1) * SIDE));
    loaded = { one, drawing };
    store.set({ drawing, about: "answer" });
    say(`${mistakeText(one)}. It is on the sheet.`);
  };
  const list = make("div", {
    class: "cl-digits-mistakes",
    role: "group",
    "aria-label": "Its mistakes: put one on the sheet",
  });
  const element = keeper.gate(
    "Of these, 1,000 were held out: the net has never learned from them. Which does it get wrong?",
    make("div", {}, [words, list]),
  );
  let shown = null;
  let buttons = [];
  const update = ({ drawing }) => {
    if (keeper.data === null) return;
    found.follow();
    write(words, mistakesText(found, SHOWN));
    if (shown !== found.wrong) {
      shown = found.wrong;
      buttons = shown.slice(0, SHOWN).map((one) => mistake(one, keeper.data, load));
      list.replaceChildren(...buttons);
    }
    const isThere = loaded !== null && same(loaded.drawing, drawing);
    buttons.forEach((press, at) => press.setAttribute("aria-pressed", String(isThere && shown[at] === loaded.one)));
  };
  return { element, update };
}

/** What the net gets wrong, asked anew when another net answers. */
function judged(store, { keeper, brains, ondone, signal }) {
  const found = { wrong: [], asked: 0, all: 0, follow };
  let [worker, judgedBrain] = [null, null];
  const hear = ({ wrong, asked, all }) => {
    if (!wrong) return;
    Object.assign(found, { wrong, asked, all });
    store.refresh();
    if (asked === all) ondone();
  };
  function follow() {
    if (judgedBrain === brains.now) return;
    judgedBrain = brains.now;
    Object.assign(found, { wrong: [], asked: 0 });
    worker ??= machine(keeper.data, hear, signal);
    worker.start({ job: "judge", weights: brains.now.weights });
  }
  return found;
}

function mistake(one, digits, load) {
  const picture = smallMap();
  picture.draw(digitOf(digits, one.which), SIDE, inInk);
  const about = { type: "button", class: "cl-digits-mistake", onclick: () => load(one) };
  return make("button", about, [picture.element, make("span", { text: mistakeText(one) })]);
}
