// Watch: a clip, frame by frame, and what the two networks say of each hand.

import { draggable } from "../kit/controls.js";
import { make, write } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { tellSlider } from "../kit/tell_slider.js";
import { hiddenIn } from "./derived.js";
import { film } from "./film.js";
import { handView } from "./hand.js";
import { boxesOf, frameOf, picture } from "./picture.js";
import { framesText, pictureText, seenText, trustText, witnessText } from "./words.js";

const TWO = "Two nets look at the square around each hand: one names the grasp, the other the thing.";

/**
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen
 * @param {{ hush: (isPlaying: boolean) => void, signal: AbortSignal }} parts
 */
export function watchTab(store, kitchen, { hush, signal }) {
  const view = picture();
  const hands = [0, 1].map((side) => handView(store, kitchen, side));
  const frame = () => Math.min(store.state.frame, store.state.frames - 1);
  const player = film({ at: frame, count: () => store.state.frames, go: (at) => store.look({ frame: at }), onplay: hush, signal });
  const knobs = knobsOf(store);
  const key = make("p", { class: "cl-note cl-watching-key" }, [
    make("span", { class: "cl-watching-key-bar", text: "all frames so far" }),
    make("span", { class: "cl-watching-key-mark", text: "this frame alone" }),
  ]);
  const side = make("div", { class: "cl-watching-hands" }, hands.map((hand) => hand.element));
  const element = make("div", { class: "cl-watching-watch" }, [
    make("div", { class: "cl-watching-left" }, [view.element, player.element, make("p", { class: "cl-note", text: TWO }), knobs.element]),
    make("div", { class: "cl-side cl-grow" }, [key, side]),
  ]);
  const update = (state, isShown) => {
    if (!isShown) return player.stop();
    const shown = kitchen.clips(state)[state.clip];
    const [at, hidden] = [frame(), hiddenIn(state, state.clip)];
    const { left, right } = kitchen.cook(state)[state.clip];
    const words = pictureText({ place: state.clip, frame: at, level: state.level, hidden }, [left, right], state.truth);
    view.show(frameOf(shown.pictures, at), boxesOf(shown.clip, at), hidden, words);
    for (const hand of hands) hand.show(state, shown, at);
    player.update();
    knobs.update(state);
  };
  const told = (state, before) =>
    before.tab !== state.tab || before.clip !== state.clip || before.frame !== state.frame ? seenText(kitchen, state, frame()) : null;
  return { element, update, told, isPlaying: player.isPlaying };
}

/** How many frames count, and how much each of them. @param {import("../kit/store.js").Store} store */
function knobsOf(store) {
  const frames = draggable("", store.rule("frames"), (value, group) => store.set({ frames: value, frame: value - 1 }, { group }));
  const trust = draggable("", { ...store.rule("trust"), step: 0.1 }, (value, group) => store.set({ trust: value }, { group }));
  sets({ frames, trust });
  const note = make("p", { class: "cl-note" });
  const element = make("details", { class: "cl-keys" }, [
    make("summary", { text: "How frames count" }),
    make("div", { class: "cl-watching-knobs" }, [frames.element, trust.element, note]),
  ]);
  const update = (state) => {
    frames.show(state.frames);
    trust.show(state.trust);
    tellSlider(frames, `Frames that count: ${framesText(state.frames)}`, framesText(state.frames));
    tellSlider(trust, `A frame counts as: ${trustText(state.trust)}`, trustText(state.trust));
    write(note, witnessText(state.trust));
  };
  return { element, update };
}
