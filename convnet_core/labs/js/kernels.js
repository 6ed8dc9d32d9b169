// The lab of photographs: one kernel over every pixel, redrawn while a number is dragged.

import { button, choice, make, numberBox, slider } from "./dom.js";
import { lab } from "./lab.js";
import { copiedNeighbour, divisorOf, meaningOf, seesUprightEdgesOnly } from "./meaning.js";
import { filterPhotograph, pad, paint, patchAround, patchAt, plain, products, total } from "./ops.js";
import { captionedGrid, changeText, presetMenu, sign, writtenSum } from "./parts.js";
import { photographOf, readPhotograph } from "./photo.js";
import { same } from "./store.js";

const KERNEL_NAMES = {
  smoothing: "smooth (all 1)",
  weighted_smoothing: "smooth, weighted (Gaussian blur)",
  sharpen: "sharpen",
  intensified_sharpen: "sharpen, intensified",
  edges: "edges",
  emboss: "emboss",
  lower_right_triangle: "lecture's gallery: lower right triangle",
  upper_left_triangle: "lecture's gallery: upper left triangle",
  anti_diagonal_15: "lecture's gallery: diagonal of 15",
  plus_10: "lecture's gallery: plus of 10",
  smoothing_5: "smooth, 5 x 5",
  weighted_smoothing_5: "Gaussian blur, 5 x 5",
  zeros: "all zeros, to begin afresh",
};
const SLIDER_ENDS = 20; // beyond that a number can be typed
const TERMS_WRITTEN = 9;
const FAR = 10; // pixels that an arrow key moves with Shift
const ACCEPTED = "image/png,image/jpeg,image/gif,image/webp";

export default lab({
  name: "kernels",
  title: "Kernels lab",
  task: "Choose a kernel, or select one of its numbers and drag the slider: the photograph on the right follows. Point at a pixel to see where it comes from.",
  challenges: [
    {
      id: "identity",
      text: "Give back the photograph exactly as it is.",
      praise: "All weight is on the middle: each pixel is copied, and its neighbours are ignored.",
      solved: (state) => same(copiedNeighbour(state), { down: 0, right: 0 }),
    },
    {
      id: "shift",
      text: "Move the whole photograph one pixel to the left.",
      praise: "Each pixel copies its neighbour on the right, so everything moves to the left.",
      solved: (state) => same(copiedNeighbour(state), { down: 0, right: 1 }),
    },
    {
      id: "upright",
      text: "See upright edges, and be blind to level ones: where the picture changes only from top to bottom, the kernel must give 0. (All zeros does not count.)",
      praise: "Each row of numbers adds up to 0, so what is alike from left to right cancels out. First layers of networks often learn such kernels by themselves.",
      solved: seesUprightEdgesOnly,
    },
  ],
  build,
});

function build({ stage, store, say, refuse, signal }) {
  const controls = settings(stage);
  const pictures = picturePair(stage, store, { say, signal });
  const source = photographSource(pictures.tools, store, { room: stage.closest(".cl-lab"), say, refuse, signal });
  const account = pixelAccount(stage, store, { refuse, signal });

  function settings(parent) {
    const menu = presetMenu("Kernel", store.presets.kernel, (kernel) => store.set({ kernel }), KERNEL_NAMES);
    const size = choice("Size", [["3", "3 x 3"], ["5", "5 x 5"]], (side) => store.set({ kernel: resized(store.state.kernel, Number(side)) }));
    const divide = choice("Divide by", [["sum", "the kernel's sum"], ["nothing", "nothing"]], (value) => store.set({ divide: value }));
    const { min, max } = store.rule("offset");
    const offset = slider("", { min, max }, (value) => store.set({ offset: value }, { group: "offset" }));
    parent.append(make("div", { class: "cl-controls" }, [menu.element, size.element, divide.element, offset.element]));
    const update = (state) => {
      menu.show(state.kernel);
      size.show(String(state.kernel.length));
      divide.show(state.divide);
      offset.caption.textContent = `Add to every result: ${plain(state.offset)}`;
      offset.show(state.offset);
    };
    return { update };
  }
}
