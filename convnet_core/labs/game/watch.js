// Watch: the net plays as it did at any moment of its training, with what it thinks and what it looks at.

import { button, make, slider, write } from "../kit/dom.js";
import { inColours, inGreys, reachOf } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { bestAction, Player } from "../mirror/game.js";
import { CELLS, GAMES, SIDE } from "../mirror/pixel_games.js";
import { capital } from "../kit/words.js";
import { clock } from "./clock.js";
import { mostOf } from "./derived.js";
import { screen } from "./screen.js";
import { tellSlider } from "../kit/tell_slider.js";
import { choiceText, GAME_NAMES, lookText, momentText, seenText } from "./words.js";
import { worthBars } from "./worths.js";

const FRESH = "Nothing is learned yet: this is a net with its first, random weights. Open “Learn”, and let it learn.";

/**
 * @param {import("../kit/store.js").Store} store @param {import("./session.js").Session} session
 * @param {{ say: (text: string) => void, sayAtRest: (text: string) => void, hush: (isPlaying: boolean) => void, signal: AbortSignal }} parts
 */
export function watchTab(store, session, { sayAtRest, hush, signal }) {
  const watched = watching(session);
  const picture = screen("", { role: "img" });
  const before = smallMap({ class: "cl-small-map cl-game-before" });
  const earlier = make("div", { class: "cl-game-earlier" }, [make("p", { class: "cl-caption", text: "The picture before" }), before.element]);
  const heat = smallMap({ "aria-hidden": null, role: "img" });
  const looks = make("div", { class: "cl-game-picture" }, [
    make("p", { class: "cl-caption", text: "What it looks at" }),
    make("div", { class: "cl-game-screen cl-game-heat" }, [heat.element]),
  ]);
  const bars = worthBars();
  const [look, note, fresh] = ["cl-note", "cl-note", "cl-game-account"].map((name) => make("p", { class: name }));
  write(note, "Orange: put to black, that pixel would make the chosen action worth less; blue: worth more.");
  write(fresh, FRESH);
  const moment = slider("", { min: 0, max: 0 }, (at) => {
    watched.go(at);
    show(store.state);
    sayAtRest(`${momentText(store.state.game, watched.snapshot(store.state))}. ${watched.text(store.state)}`);
  });
  const step = () => {
    const words = watched.step(store.state);
    show(store.state);
    sayAtRest(words);
  };
  const ticking = clock(store, { names: ["Let it play", "Pause"], tick: step, onturn: hush, signal });
  const one = button("One step", () => {
    ticking.stop();
    step();
  });
  const side = make("div", { class: "cl-side cl-grow" }, [
    make("p", { class: "cl-caption", text: "What each action is worth, as the net sees it" }),
    bars.element,
    make("div", { class: "cl-buttons" }, [ticking.press, one, ticking.speed]),
    moment.element,
    fresh,
    look,
    note,
  ]);
  const screens = make("div", { class: "cl-game-screens" }, [picture.element, looks, earlier]);
  const element = make("div", { class: "cl-game-watch" }, [screens, side]);
  function show(state) {
    const { player, worths, falls, seen } = watched.now(state);
    const best = bestAction(worths);
    picture.show(player.situation, `${GAME_NAMES[state.game]}: ${seenText(player.game)}`);
    write(picture.title, GAME_NAMES[state.game]);
    earlier.hidden = seen === 1;
    if (seen > 1) before.draw(player.situation.subarray(0, CELLS), SIDE, inGreys);
    bars.update(worths, best);
    const changes = falls.map((fall) => -fall);
    heat.draw(changes, SIDE, inColours(Math.max(0.05, reachOf(changes))));
    const words = player.game.hasEnded ? "The game is over; the next step begins another." : lookText(mostOf(falls));
    write(look, words);
    heat.element.setAttribute("aria-label", `What it looks at. ${words}`);
    showMoment(state);
  }
  function showMoment(state) {
    const snapshot = watched.snapshot(state);
    const text = momentText(state.game, snapshot);
    moment.input.max = String(watched.last(state));
    moment.show(watched.at(state));
    tellSlider(moment, `Moment: ${text}`, text);
    moment.element.hidden = snapshot === null;
    fresh.hidden = snapshot !== null;
  }
  const update = (state, isShown) => {
    if (!isShown) return ticking.stop();
    ticking.update(state);
    show(state);
  };
  const reset = () => {
    ticking.stop();
    return watched.reset();
  };
  return { element, update, reset };
}

/** Which moment, which net, and where its game stands. @param {import("./session.js").Session} session */
function watching(session) {
  /** @type {number | null} */
  let chosen = null; // null: the last one, also when there are more
  /** @type {Player | null} */
  let player = null;
  let begun = "";
  let hasMoved = false;
  const last = (state) => (session.of(state)?.snapshots.length ?? 1) - 1;
  const at = (state) => Math.min(chosen ?? Infinity, last(state));
  const snapshot = (state) => session.of(state)?.snapshots[at(state)] ?? null;
  const judge = (state) => session.judgeAt(state, at(state));
  const now = (state) => {
    const net = judge(state);
    if (begun !== `${state.game} ${net.seen}`) {
      begun = `${state.game} ${net.seen}`;
      player = new Player(new GAMES[state.game](), net.seen, state.seed);
    }
    return { player, seen: net.seen, worths: net.worths(player.situation), falls: net.falls(player.situation) };
  };
  const text = (state) => {
    const { worths } = now(state);
    return choiceText(worths, bestAction(worths));
  };
  /** Lets it do what it holds for the best; behind the end, another game begins. */
  const step = (state) => {
    const { worths } = now(state);
    hasMoved = true;
    if (player.game.hasEnded) player.begin();
    else player.step(bestAction(worths));
    if (player.game.hasEnded) return `The game is over: ${player.score > 0 ? `${player.score} ${player.score === 1 ? "point" : "points"}` : "missed"}.`;
    return `${capital(seenText(player.game))}. ${text(state)}`;
  };
  const go = (/** @type {number} */ wanted) => (chosen = wanted);
  const reset = () => {
    const hadMore = hasMoved || chosen !== null;
    [chosen, player, begun, hasMoved] = [null, null, "", false];
    return hadMore;
  };
  return { last, at, snapshot, now, text, step, go, reset };
}
