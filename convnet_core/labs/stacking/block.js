// One block of the stack as a card: its name, its knobs, the maps that it puts out, and its weights.

import { button, make } from "../kit/dom.js";
import { withMaps } from "./derived.js";
import { convKnobs, poolKnobs } from "./knobs.js";
import { mapsView } from "./maps.js";
import { weightsView } from "./weights.js";
import { NAMES, seesText, sizeText, sumText } from "./words.js";

/**
 * @typedef {object} Desk  what a card works with
 * @property {object} store
 * @property {(place: number, kind: string, changed: (block: any) => import("./derived.js").Block, group?: string) => string | null} edit
 *   changes a block; nothing where by now another kind stands there: a key, or a press, may come after an Undo
 * @property {(stage: number, changes: object) => void} point  moves what the reader looks at
 * @property {(from: number, to: number) => void} move
 * @property {(place: number) => void} remove
 * @property {(reason: string) => void} refuse
 * @property {HTMLElement} miniature  the picture, small, for where the picture itself is out of sight
 * @property {AbortSignal} signal
 *
 * @param {HTMLElement} parent @param {number} place  from 0, for ever: blocks move, cards stay
 * @param {Desk} desk
 */
export function blockCard(parent, place, desk) {
  const number = place + 1;
  const head = cardHead(place, desk);
  const size = make("p", { class: "cl-note cl-stacking-size" });
  const problem = problemNote(place, desk);
  const element = make("div", { class: "cl-stacking-card", role: "group" }, [head.element]);
  const knobs = [convKnobs(element, place, desk), poolKnobs(element, place, desk)];
  element.append(size, problem.element);
  const body = element.appendChild(make("div", { class: "cl-stacking-body" }));
  const account = make("p", { class: "cl-sum cl-stacking-account" });
  const parts = [mapsView(body, place, desk), weightsView(body, place, desk)];
  body.append(account);
  parent.append(element);

  const update = (state, now) => {
    const block = now.blocks[place];
    const isThere = block !== undefined;
    element.hidden = !isThere;
    if (!isThere) return;
    element.setAttribute("aria-label", `Block ${number}, ${NAMES[block.kind]}`);
    head.update(block, now);
    for (const knob of knobs) knob.update(block);
    const works = now.stages.length > number;
    problem.update(now, block);
    size.textContent = sizeText(now, place);
    body.hidden = !works && block.kind !== "conv";
    body.classList.toggle("is-narrow", block.kind !== "conv");
    account.hidden = !works;
    for (const part of parts) part.update(now, block, works);
    const isChosen = works && now.chosen.stage === number;
    element.classList.toggle("is-chosen", isChosen);
    const words = isChosen ? `${sumText(now, place)} ${seesText(now)}` : "Point at a number: where does it come from?";
    account.replaceChildren(...(isChosen ? [desk.miniature] : []), words);
  };
  return { element, handle: head.handle, update, focus: head.focus };
}

function cardHead(place, { move, remove }) {
  const number = place + 1;
  const title = make("p", { class: "cl-stacking-name" });
  const handle = make("span", { class: "cl-stacking-handle", "aria-hidden": "true", title: "Drag to move", text: "⠿" });
  const buttons = {
    up: button("Up", () => move(place, place - 1), { "aria-label": `Up: move block ${number}` }),
    down: button("Down", () => move(place, place + 1), { "aria-label": `Down: move block ${number}` }),
    remove: button("Remove", () => remove(place), { "aria-label": `Remove block ${number}` }),
  };
  const tools = make("div", { class: "cl-buttons" }, Object.values(buttons));
  const element = make("div", { class: "cl-stacking-head" }, [handle, title, tools]);
  const update = ({ kind }, { blocks }) => {
    title.textContent = `${number} ${NAMES[kind]}`;
    // aria-disabled, not disabled: the focus stays where it is.
    buttons.up.setAttribute("aria-disabled", String(place === 0));
    buttons.down.setAttribute("aria-disabled", String(place === blocks.length - 1));
  };
  return { element, handle, update, focus: (name) => buttons[name].focus() };
}

/** Why the block can't work, and, where its filters have too few or too many kernels, the way out. */
function problemNote(place, { edit }) {
  const text = make("span");
  const fit = button("", () => edit(place, "conv", (block) => withMaps(block, maps)));
  const element = make("p", { class: "cl-stacking-problem" }, [text, " ", fit]);
  let maps = 0;
  const update = ({ problem, stages }, block) => {
    element.hidden = problem === null || problem.place > place;
    if (element.hidden) return;
    const isHere = problem.place === place;
    text.textContent = isHere ? `⚠ ${problem.reason}` : `⚠ It waits for block ${problem.place + 1}.`;
    maps = stages.at(-1).length;
    fit.hidden = !(isHere && block.kind === "conv" && block.weights[0].length !== maps);
    fit.textContent = `Give each filter ${maps} ${maps === 1 ? "kernel" : "kernels"}`;
  };
  return { element, update };
}
