// The pixels lab's mixer: a colour is three numbers.

import { captionedGrid, choosing, draggable } from "../kit/controls.js";
import { make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { plain } from "../mirror/printing.js";

export const COLOURS = ["Red", "Green", "Blue"];

/** Much red and much green, about as much of both, and little blue. */
export function isYellow({ mix: [[red, green, blue]] }) {
  return red >= 200 && green >= 180 && blue <= 80 && Math.abs(red - green) <= 60;
}

/** Old value to new of the number in `column`, and the whole colour. */
export function mixText({ mix: [old] }, { mix: [now] }, column) {
  const [red, green, blue] = now.map(plain);
  return `${COLOURS[column]}: ${plain(old[column])} → ${plain(now[column])}. Your colour: red ${red}, green ${green}, blue ${blue}.`;
}

/** Three numbers to type or to drag, and the colour that they make. */
export function colourMixer(parent, store, { refuse, signal }) {
  const { min, max } = store.rule("mix");
  const swatch = make("div", { class: "cl-pixels-swatch", "aria-hidden": "true" });
  const numbers = make("div");
  const sliders = COLOURS.map((name, column) => {
    const put = (value, group) => grid.edit(0, column, value, group);
    const slider = draggable(name, { min, max }, put);
    slider.input.setAttribute("aria-label", `${name} of your colour`);
    return slider;
  });
  const title = make("p", { class: "cl-caption", text: "Mix a colour of your own: three numbers make it." });
  const drags = make(
    "div",
    { class: "cl-pixels-sliders" },
    sliders.map(({ element }) => element),
  );
  parent.append(make("div", { class: "cl-pixels-mixer" }, [title, swatch, numbers, drags]));
  const grid = captionedGrid(numbers, "Red, green, blue", {
    editable: true,
    range: [min, max],
    onPress: choosing, // there is no ink and no paper here to flip
    place: (_, column) => COLOURS[column].toLowerCase(),
    signal,
  });
  sets({ mix: [grid, ...sliders] });
  grid.onEdit(({ values, group }) => store.set({ mix: values }, { group }));
  grid.onRefuse(refuse);
  const update = ({ mix }) => {
    grid.show(mix, { full: max });
    mix[0].forEach((value, column) => sliders[column].show(value));
    swatch.style.backgroundColor = `rgb(${mix[0].join(" ")})`;
  };
  return { update };
}
