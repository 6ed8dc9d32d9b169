// Watch: the net plays as it did at any moment of its learning, with what it thinks and what it looks at.

import { button, make, slider, write } from "../kit/dom.js";
import { inColours, inGreys, reachOf } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { tellSlider } from "../kit/tell_slider.js";
import { capital } from "../kit/words.js";
import { CELLS, SIDE } from "../mirror/pixel_games.js";
import { clock } from "./clock.js";
import { mostOf } from "./derived.js";
import { screen } from "./screen.js";
import { Watching } from "./watching.js";
import { GAME_NAMES, learnedWithText, lookText, momentText, NOTHING_COMES, seenText } from "./words.js";
import { worthBars } from "./worths.js";

const FRESH = "Nothing is learned yet: this is a net with its first, random weights. Open “Learn”, and let it learn.";
const COLOURS = "Blue: this pixel makes the chosen action worth more; orange: worth less.";
const LEAST = 0.05; // of a worth: smaller changes are pale
const NONE = new Float64Array(CELLS);

/**
 * @param {import("../kit/store.js").Store} store @param {import("./session.js").Session} session
 * @param {{ say: (text: string) => void, sayAtRest: (text: string) => void, signal: AbortSignal }} parts
 */
export function watchTab(store, session, { say, sayAtRest, signal }) {
  const watching = new Watching(session);
  const pictures = picturesOf();
  const bars = worthBars();
  const moment = momentOf(watching, () => {
    show(store.state);
    sayAtRest(`${capital(momentText(store.state.game, watching.snapshot(store.state)))}. ${watching.text(store.state)}`);
  });
  /** While it plays by itself, only ends are told. */
  const step = () => {
    const words = watching.step(store.state);
    show(store.state);
    if (words) say(words);
  };
  const onturn = (/** @type {boolean} */ isOn) => isOn && say("");
  const onpause = () => say(`Paused. ${watching.place(store.state)}`);
  const ticking = clock(store, { names: ["Let it play", "Pause"], tick: step, onturn, onpause, signal });
  const one = button("One step", () => {
    ticking.stop();
    watching.step(store.state);
    show(store.state);
    sayAtRest(watching.place(store.state));
  });
  const caption = make("p", { class: "cl-caption" });
  const look = make("p", { class: "cl-note" });
  const other = make("p", { class: "cl-note" });
  const side = make("div", { class: "cl-side cl-grow" }, [
    caption,
    ...bars.elements,
    make("div", { class: "cl-buttons" }, [ticking.press, one, ticking.speed]),
    ...moment.elements,
    other,
    look,
  ]);
  const element = make("div", { class: "cl-game-watch" }, [pictures.element, side]);
  function show(state) {
    const now = watching.now(state);
    const words = now.isOver ? NOTHING_COMES : lookText(mostOf(now.falls));
    pictures.show(state, now, words);
    bars.update(state.game, now);
    write(caption, now.isOver ? "No move is worth anything now" : "What each action is worth, as the net sees it");
    write(look, words);
    write(other, session.isOfOther(state) ? learnedWithText(session.run.settings) : "");
    moment.update(state);
  }
  const update = (state, isShown) => {
    if (!isShown) return ticking.stop();
    ticking.update(state);
    show(state);
  };
  const reset = () => {
    ticking.stop();
    return watching.reset();
  };
  return { element, update, reset };
}

/** The slider through its history, or that there is none. @param {Watching} watching @param {() => void} ongo */
function momentOf(watching, ongo) {
  const moment = slider("", { min: 0, max: 0 }, (at) => {
    watching.go(at);
    ongo();
  });
  const fresh = make("p", { class: "cl-game-account", text: FRESH });
  const update = (state) => {
    const snapshot = watching.snapshot(state);
    moment.element.hidden = snapshot === null;
    fresh.hidden = snapshot !== null;
    if (snapshot === null) return;
    const text = momentText(state.game, snapshot);
    moment.input.max = String(watching.last(state));
    moment.show(watching.at(state));
    tellSlider(moment, `Moment: ${text}`, text);
  };
  return { elements: [moment.element, fresh], update };
}

/** What there is to see, what the net looks at, and the picture before, where it sees two. */
function picturesOf() {
  const picture = screen("");
  const heat = smallMap({ "aria-hidden": null, role: "img" });
  const before = smallMap({ class: "cl-small-map cl-game-before" });
  const caption = (text) => make("p", { class: "cl-caption", text });
  const frame = make("div", { class: "cl-game-screen" }, [heat.element]);
  const key = make("p", { class: "cl-note", text: COLOURS });
  const earlier = make("div", { class: "cl-game-earlier" }, [caption("The picture before"), before.element]);
  const looks = make("div", { class: "cl-game-picture" }, [caption("What it looks at"), frame, key]);
  const element = make("div", { class: "cl-game-screens" }, [picture.element, looks, earlier]);
  const show = ({ game }, { player, falls, seen, isOver }, words) => {
    picture.show(player.situation, `${GAME_NAMES[game]}: ${seenText(player.game)}`);
    write(picture.title, GAME_NAMES[game]);
    earlier.hidden = seen === 1;
    if (seen > 1) before.draw(player.situation.subarray(0, CELLS), SIDE, inGreys);
    heat.draw(isOver ? NONE : falls, SIDE, inColours(Math.max(LEAST, reachOf(falls))));
    heat.element.setAttribute("aria-label", `What it looks at. ${words}`);
  };
  return { element, show };
}
