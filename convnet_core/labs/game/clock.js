// A game that runs: a step so many times a second, until it is paused. It never starts by itself.

import { button, write } from "../kit/dom.js";
import { draggable } from "../kit/controls.js";
import { sets } from "../kit/locks.js";
import { tellSlider } from "../kit/tell_slider.js";

/**
 * @param {import("../kit/store.js").Store} store  whose state has the speed
 * @param {{ names: [start: string, pause: string], tick: () => void, onturn: (isOn: boolean) => void, onpause: () => void,
 *           signal: AbortSignal }} options  onpause: the reader has paused it; onturn: whoever started it or stopped it
 */
export function clock(store, { names: [start, pause], tick, onturn, onpause, signal }) {
  let timer = null;
  const turn = (/** @type {boolean} */ isOn) => {
    if (isOn === (timer !== null)) return;
    clearTimeout(timer);
    timer = isOn ? setTimeout(step, wait()) : null;
    write(press, isOn ? pause : start);
    onturn(isOn);
  };
  const wait = () => 1000 / store.state.speed;
  const step = () => {
    timer = setTimeout(step, wait());
    tick();
  };
  const toggle = () => {
    turn(timer === null);
    if (timer === null) onpause();
  };
  const press = button(start, toggle, { class: "cl-button cl-primary" });
  const { min, max } = store.rule("speed");
  const speed = draggable("", { min, max }, (value, group) => store.set({ speed: value }, { group }));
  sets({ speed });
  signal.addEventListener("abort", () => clearTimeout(timer));
  const update = ({ speed: value }) => {
    const text = `${value} ${value === 1 ? "step" : "steps"} a second`;
    tellSlider(speed, `Speed: ${text}`, text);
    speed.show(value);
  };
  return { press, speed: speed.element, update, toggle, stop: () => turn(false), isOn: () => timer !== null };
}
