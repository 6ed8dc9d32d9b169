// Walks through a sequence: From the start, Back, Step, Play and Pause, a slider and a speed. What a step means is
// the lab's affair.

import { button, choice, make, slider } from "./dom.js";
import { sets } from "./locks.js";

const PAUSE = { slow: 1200, normal: 500, fast: 120 }; // milliseconds a step

/**
 * @param {HTMLElement} parent
 * @param {{ label: string, last: () => number, at: () => number, go: (step: number) => void,
 *           speed: () => string, setSpeed: (speed: string) => void,
 *           onplay?: (isPlaying: boolean) => void, signal: AbortSignal }} options
 *   steps run from 0 (nothing done) to `last()` (all done)
 */
export function player(parent, { label, last, at, go, speed, setSpeed, onplay, signal }) {
  let timer = null;
  const stop = () => {
    if (timer !== null) onplay?.(false);
    clearTimeout(timer);
    timer = null;
    play.textContent = "Play";
  };
  const tick = () => {
    go(at() + 1);
    if (at() >= last()) stop();
    else timer = setTimeout(tick, PAUSE[speed()]);
  };
  const begin = () => {
    onplay?.(true);
    play.textContent = "Pause";
    timer = setTimeout(tick, PAUSE[speed()] / 2);
    if (at() >= last()) go(0);
  };
  const toggle = () => (timer === null ? begin() : stop());
  const byHand = (step) => {
    stop();
    go(Math.max(0, Math.min(last(), step)));
  };
  const back = button("Back", () => byHand(at() - 1), { "data-step": "back" });
  const start = button("From the start", () => byHand(0), { "data-step": "start" });
  const step = button("Step", () => byHand(at() + 1), { class: "cl-button cl-primary", "data-step": "next" });
  const play = button("Play", toggle);
  const scrubber = slider(label, { min: 0, max: last() }, byHand);
  const pace = choice(
    "Speed",
    Object.keys(PAUSE).map((name) => [name, name]),
    setSpeed,
  );
  const buttons = make("div", { class: "cl-buttons", role: "group", "aria-label": label }, [start, back, step, play]);
  parent.append(make("div", { class: "cl-player" }, [buttons, scrubber.element, pace.element]));
  sets({ speed: pace, step: scrubber });
  signal.addEventListener("abort", stop);

  /** Asks the lab anew; may be called like the updates of its other parts. @param {...unknown} _states */
  const update = (..._states) => {
    scrubber.input.max = String(last());
    scrubber.show(at());
    scrubber.input.setAttribute("aria-valuetext", at() === 0 ? "nothing yet" : `step ${at()} of ${last()}`);
    for (const earlier of [start, back]) earlier.setAttribute("aria-disabled", String(at() === 0));
    step.setAttribute("aria-disabled", String(at() >= last()));
    pace.show(speed());
  };
  return { update, stop, play: begin, isPlaying: () => timer !== null };
}
