// Play, pause and step through the frames of a clip. It plays once, and never by itself; a step
// on from the last frame leads to the first.

import { button, make, setReady, slider, write } from "../kit/dom.js";
import { tellSlider } from "../kit/tell_slider.js";

const PAUSE = 260; // milliseconds a frame

/**
 * @param {{ at: () => number, count: () => number, go: (frame: number) => void, onplay?: (isPlaying: boolean) => void,
 *           signal: AbortSignal }} options  frames are counted from 0
 */
export function film({ at, count, go, onplay, signal }) {
  let timer = null;
  const stop = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    write(play, "Play");
    onplay?.(false);
  };
  const tick = () => {
    if (at() >= count() - 1) return stop();
    timer = setTimeout(tick, PAUSE);
    go(at() + 1);
  };
  const begin = () => {
    onplay?.(true);
    write(play, "Pause");
    timer = setTimeout(tick, PAUSE);
    go(at() >= count() - 1 ? 0 : at());
  };
  const byHand = (/** @type {number} */ frame) => {
    stop();
    go(Math.max(0, Math.min(count() - 1, frame)));
  };
  const play = button("Play", () => (timer === null ? begin() : stop()), { class: "cl-button cl-primary" });
  const back = button("Back", () => byHand(at() - 1), { "aria-label": "One frame back", "data-step": "back" });
  const step = button("Step", () => byHand((at() + 1) % count()), { "aria-label": "Step: one frame on", "data-step": "next" });
  const scrubber = slider("", { min: 1, max: 8 }, (frame) => byHand(frame - 1));
  const buttons = make("div", { class: "cl-buttons" }, [play, back, step]);
  const element = make("div", { class: "cl-watching-film" }, [buttons, scrubber.element]);
  signal.addEventListener("abort", stop);
  const update = () => {
    scrubber.input.max = String(count());
    scrubber.show(at() + 1);
    const text = `${at() + 1} of ${count()}`;
    tellSlider(scrubber, `Frame: ${text}`, text);
    setReady(back, at() === 0 ? "It is the first frame." : null);
  };
  return { element, update, stop, isPlaying: () => timer !== null };
}
