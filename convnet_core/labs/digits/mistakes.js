// The held-out digits that the net gets wrong. A press puts one on the sheet.

import { make, write } from "../kit/dom.js";
import { SIDE, digitOf } from "../mirror/digits.js";
import { machine } from "./machine.js";
import { inInk } from "./paint.js";
import { smallMap } from "./small.js";
import { mistakeText, mistakesText } from "./words.js";

const SHOWN = 40;
const DECIMALS = 1e4;

export function mistakesTab(store, { keeper, brains, onload, signal }) {
  const found = judged(store, { keeper, brains, signal });
  const words = make("p", { class: "cl-note" });
  const load = (which) => {
    const pixels = Array.from(digitOf(keeper.digits, which), (value) => Math.round(value * DECIMALS) / DECIMALS);
    onload();
    store.set({ drawing: Array.from({ length: SIDE }, (_, row) => pixels.slice(row * SIDE, (row + 1) * SIDE)) });
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
  const update = () => {
    if (keeper.digits === null) return;
    found.follow();
    write(words, mistakesText(found, SHOWN));
    if (shown === found.wrong) return;
    shown = found.wrong;
    list.replaceChildren(...found.wrong.slice(0, SHOWN).map((one) => mistake(one, keeper.digits, load)));
  };
  return { element, update };
}

/** What the net gets wrong, asked anew when another net answers. */
function judged(store, { keeper, brains, signal }) {
  const found = { wrong: [], asked: 0, all: 0, follow };
  let [worker, judgedBrain] = [null, null];
  const hear = ({ wrong, asked, all }) => {
    if (!wrong) return;
    Object.assign(found, { wrong, asked, all });
    store.refresh();
  };
  function follow() {
    if (judgedBrain === brains.now) return;
    judgedBrain = brains.now;
    Object.assign(found, { wrong: [], asked: 0 });
    worker ??= machine(keeper.digits, hear, signal);
    worker.start({ job: "judge", weights: brains.now.weights });
  }
  return found;
}

function mistake({ which, label, said, share }, digits, load) {
  const picture = smallMap();
  picture.draw(digitOf(digits, which), SIDE, inInk);
  const about = { type: "button", class: "cl-digits-mistake", onclick: () => load(which) };
  return make("button", about, [picture.element, make("span", { text: mistakeText(label, said, share) })]);
}
