// The film strip: a picture of each clip, and what the chosen reader takes it for. It is the sentence, too.

import { make, setVariable, write } from "../kit/dom.js";
import { inGreys } from "../kit/paint.js";
import { roving } from "../kit/roving.js";
import { smallMap } from "../kit/small_map.js";
import { WIDTH } from "../mirror/kitchen.js";
import { frameOf } from "./picture.js";
import { actionText, clipText, MARKS, stripText, worthOf } from "./words.js";

const MIDDLE = 4; // the frame that stands for a clip
const FEW = 4; // clips that stand beside each other on a small screen, too

/**
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen @param {AbortSignal} signal
 */
export function strip(store, kitchen, signal) {
  const most = store.rule("clip").max + 1;
  const clips = Array.from({ length: most }, (_, place) => clipButton(place, () => store.look({ clip: place })));
  const caption = make("p", { class: "cl-caption" });
  const row = make("div", { class: "cl-watching-strip", "data-step": "choice", role: "group", "aria-label": "The recipe, clip by clip" }, clips.map((clip) => clip.element));
  const element = make("div", {}, [caption, row]);
  const keys = roving(row, clips.map((clip) => clip.element), { signal });
  const update = (state) => {
    const [shown, steps, cook] = [kitchen.clips(state), kitchen.reading(state).steps, kitchen.cook(state)];
    write(caption, stripText(state));
    setVariable(row, "--clips", Math.max(FEW, cook.length));
    setVariable(row, "--narrow", cook.length > FEW ? 3 : cook.length);
    keys.stopAt(state.clip);
    clips.forEach((clip, place) => {
      clip.element.hidden = place >= cook.length;
      if (place >= cook.length) return;
      const worth = state.truth ? worthOf(steps[place], cook[place]) : null;
      clip.show(frameOf(shown[place].pictures, MIDDLE), steps[place], worth, place === state.clip);
    });
  };
  return { element, update };
}

/** @param {number} place @param {() => void} onchoose */
function clipButton(place, onchoose) {
  const map = smallMap({ class: "cl-small-map cl-watching-pixels" });
  const words = make("span", { class: "cl-watching-words" });
  const mark = make("span", { class: "cl-watching-verdict", "aria-hidden": "true" });
  const element = make("button", { type: "button", class: "cl-watching-clip", onclick: onchoose }, [map.element, words, mark]);
  /** @param {import("./words.js").Worth | null} worth */
  const show = (pixels, step, worth, isChosen) => {
    map.draw(pixels, WIDTH, inGreys);
    write(words, `${place + 1}. ${actionText(step.action)}`);
    write(mark, worth === null ? "" : MARKS[worth]);
    mark.classList.toggle("is-word", worth === "word");
    element.classList.toggle("is-wrong", worth === "wrong");
    element.setAttribute("aria-label", clipText(place, step, worth));
    element.setAttribute("aria-pressed", String(isChosen));
  };
  return { element, show };
}
