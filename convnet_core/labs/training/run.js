// What a reader runs the training with: the buttons, where it stands, and the way back when it goes wrong.

import { button, choice, make, write } from "../kit/dom.js";
import { MOST } from "./derived.js";
import { account, explosionText, speedText } from "./words.js";

/** @type {[value: string, label: string][]} */
const PACES = [
  ["slow", "slow: a batch at a time"],
  ["normal", "an epoch at a time"],
  ["fast", "as fast as it can"],
];
const CAREFUL = 0.1; // after an explosion: this share of the learning rate

/** @param {import("./session.js").Session} session */
export function runView(session) {
  const parts = [runBar(session), accountOf(), explosionBox(session, () => parts[0].focus())];
  const element = make(
    "div",
    { class: "cl-training-run" },
    parts.map((part) => part.element),
  );
  const update = (state, now) => {
    for (const part of parts) part.update(state, now);
  };
  return { element, update };
}

/** Train, Step, Fresh weights, and how fast. */
function runBar(session) {
  const train = button("Train", () => session.pressTrain(), { class: "cl-button cl-primary" });
  const step = button("Step", () => session.pressStep(), { title: "One batch", "data-step": "next" });
  const fresh = button("Fresh weights", () => session.freshen());
  const speed = choice("Speed", PACES, (pace) => session.setPace(pace));
  speed.show(session.pace);
  const fast = make("p", { class: "cl-note" });
  const about = { class: "cl-buttons", role: "group", "aria-label": "Training" };
  const element = make("div", { class: "cl-player" }, [make("div", about, [train, step, fresh]), speed.element, fast]);
  const disable = (control, isDisabled) => {
    if (control.getAttribute("aria-disabled") !== String(isDisabled))
      control.setAttribute("aria-disabled", String(isDisabled));
  };
  const update = (state) => {
    write(train, session.job ? "Pause" : state.epoch > 0 ? "Train on" : "Train");
    const isAtEnd = state.epoch >= MOST;
    disable(train, session.job === null && isAtEnd);
    disable(step, session.job !== null || isAtEnd);
    const atEnd = `${MOST} epochs are the most. “Fresh weights” starts anew.`;
    write(fast, session.job === null && isAtEnd ? atEnd : speedText(session.speed, session.isInWorker));
  };
  return { element, update, focus: () => train.focus() };
}

function accountOf() {
  const element = make("p", { class: "cl-training-account" });
  return { element, update: (state, now) => write(element, account(state, now)) };
}

/** Why the loss exploded, and two ways back. @param {() => void} focus  where the focus goes when the box is gone */
function explosionBox(session, focus) {
  const why = make("p");
  const goBack = (share) => () => {
    session.goBack(share);
    focus();
  };
  const careful = button("Back, with a tenth of the learning rate", goBack(CAREFUL), { class: "cl-button cl-primary" });
  const ways = make("div", { class: "cl-buttons" }, [careful, button("Back to before", goBack(1))]);
  const element = make("div", { class: "cl-training-blown", hidden: true }, [why, ways]);
  const update = () => {
    const { explosion } = session;
    if (element.hidden !== (explosion === null)) element.hidden = explosion === null;
    if (explosion) write(why, explosionText(explosion));
  };
  return { element, update };
}
