// Chapter 6's lab: blocks are stacked, and every map in between is in sight.

import { lab } from "../kit/card.js";
import { captionedGrid, presetMenu, valueBox } from "../kit/controls.js";
import { button, choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { miniature } from "../kit/miniature.js";
import { presetOf, replaced } from "../kit/state.js";
import { blockCard } from "./block.js";
import { current, endsInOne, moved, newBlock, seenSoFar, seesAll, sizeSoFar, tellsApart, toldSoFar } from "./derived.js";
import { byDragging } from "./drag.js";
import { showSeen } from "./maps.js";
import { ownNet } from "./own_net.js";
import { STACKS, stackText, whatChanged } from "./words.js";

export default lab({
  task: "Point at a number of any map: frames show which piece of the picture, and of each map on the way, it comes from. Add blocks, turn their knobs, move them.",
  keys: [
    "Up and Down move a block; with the mouse or a finger, drag it by its dots. Space turns the sign of a weight.",
  ],
  challenges: {
    "sees-all": { solved: seesAll, progress: seenSoFar },
    "ends-in-one": { solved: endsInOne, progress: sizeSoFar },
    "tells-apart": { solved: tellsApart, progress: toldSoFar },
  },
  build,
});

function build({ stage, store, say, refuse, signal }) {
  const set = (changes, options) => {
    const reason = store.set(changes, options);
    if (reason !== null) {
      refuse(`${reason}. The stack stays as it was.`);
      store.refresh(); // menus show again what is
    }
    return reason;
  };
  const choices = menus(stage, store, set);
  const room = stage.appendChild(make("div", { class: "cl-stacking" }));
  const parts = [choices, pictureSide(room, store, { refuse, signal }), stack(room, store, { set, refuse, signal })];
  const net = ownNet(stage, { store, say, refuse, signal, take: (blocks) => store.set({ blocks }) });
  dropped(stage, net, { refuse, signal });
  onlyByMoving(stage, signal);

  const update = (state, before) => {
    const now = current(state);
    for (const part of parts) part.update(state, now);
    const text = before ? whatChanged(before, state, store.presets) : "";
    if (text) say(text);
  };
  return { update };
}

function menus(parent, store, set) {
  const picture = presetMenu("Choose a picture", store.presets.image, (image) => set({ image }));
  const names = Object.entries(STACKS);
  const blocks = choice("Choose a stack", [...names, ["own", "your own"]], (name) =>
    set({ blocks: store.presets.blocks[name] }),
  );
  blocks.disable("own");
  sets({ image: picture, blocks });
  parent.append(make("div", { class: "cl-controls" }, [picture.element, blocks.element]));
  const update = (state) => {
    picture.show(state.image);
    blocks.show(presetOf(store.presets.blocks, state.blocks) ?? "own");
  };
  return { update };
}

/** The picture, in sight beside the stack, however tall that is. */
function pictureSide(parent, store, { refuse, signal }) {
  const side = parent.appendChild(make("div", { class: "cl-side cl-stacking-picture" }));
  const grid = captionedGrid(side, "Picture", { kind: "ink", editable: true, signal });
  grid.caption.textContent = "Picture, 1 x 9 x 9";
  sets({ image: grid });
  const box = valueBox([grid], refuse);
  const note = make("p", { class: "cl-note" });
  side.append(box.element, note);
  grid.onRefuse(refuse);
  grid.onEdit(({ values, group }) => store.set({ image: values }, { group }));
  const update = (state, now) => {
    grid.show(state.image);
    showSeen(grid, now, 0);
    box.update();
    note.textContent = stackText(now);
  };
  return { update };
}

/** The blocks as cards, from the picture down the page, and what adds one. */
function stack(parent, store, { set, refuse, signal }) {
  const side = parent.appendChild(make("div", { class: "cl-stacking-side" }));
  const list = side.appendChild(make("div", { class: "cl-stacking-cards" }));
  const cards = [];
  const small = miniature();
  const { move, remove } = movesOf(store, set, cards, () => adders.focus());
  const desk = { store, ...editsOf(store, set), move, remove, refuse, miniature: small.element, signal };
  const adders = adderButtons(store, set, refuse);
  side.append(adders.element);
  const update = (state, now) => {
    while (cards.length < now.blocks.length) {
      const card = blockCard(list, cards.length, desk);
      byDragging(card.handle, cards.length, { list, cards, move, signal });
      cards.push(card);
    }
    for (const card of cards) card.update(state, now);
    small.update(state.image, now.boxes[0]);
    adders.update(now);
  };
  return { update };
}

/** What a card changes of the state. */
function editsOf(store, set) {
  const edit = (place, kind, changed, group = null) => {
    const { blocks } = store.state;
    if (blocks[place]?.kind !== kind) return null;
    return set({ blocks: replaced(blocks, place, changed(blocks[place])) }, { group });
  };
  const point = (stage, { map = null, ...cell }) => {
    const { levels } = current(store.state);
    if (stage >= levels.length) return;
    const level = levels[stage] - 1;
    const shown = map === null || level < 0 ? {} : { shown: replaced(store.state.shown, level, map) };
    store.set({ stage, ...cell, ...shown }, { undoable: false });
  };
  return { edit, point };
}

/** Blocks change places and go; the focus stays with the block, or goes to its neighbour. @param {() => void} focusAdders */
function movesOf(store, set, cards, focusAdders) {
  const move = (from, to) => {
    const { blocks } = store.state;
    if (from >= blocks.length || to < 0 || to >= blocks.length) return;
    set({ blocks: moved(blocks, from, to) });
    if (to !== from) cards[to].focus(to < from ? "up" : "down");
  };
  const remove = (place) => {
    set({ blocks: store.state.blocks.filter((_, at) => at !== place) });
    const left = store.state.blocks.length;
    if (left > 0) cards[Math.min(place, left - 1)].focus("remove");
    else focusAdders();
  };
  return { move, remove };
}

function adderButtons(store, set, refuse) {
  const { most } = store.rule("blocks");
  const add = (kind) => {
    const { blocks } = store.state;
    if (blocks.length >= most) return refuse(`A stack has at most ${most} blocks.`);
    const maps = current(store.state).stages.at(-1);
    set({ blocks: [...blocks, newBlock(kind, maps, store.presets.filter)] });
    document.activeElement?.scrollIntoView({ block: "nearest" }); // the new block has pushed the button down
  };
  const buttons = [
    ["Add convolution", "conv"],
    ["Add ReLU", "relu"],
    ["Add pooling", "pool"],
  ].map(([text, kind]) => button(text, () => add(kind)));
  sets({ blocks: buttons });
  const update = ({ blocks }) => {
    for (const adder of buttons) adder.setAttribute("aria-disabled", String(blocks.length >= most));
  };
  return { element: make("div", { class: "cl-buttons" }, buttons), update, focus: () => buttons[0].focus() };
}

/**
 * Nothing is pointed at by what slides under a mouse that rests: blocks come and go, and push others away.
 * Heard before the grids hear of it.
 */
function onlyByMoving(stage, signal) {
  let rests = null;
  const at = ({ screenX, screenY }) => `${screenX} ${screenY}`;
  const note = (event) => (rests = at(event));
  for (const type of ["pointermove", "pointerdown", "pointerup"])
    stage.addEventListener(type, note, { capture: true, signal });
  const hear = (event) => event.pointerType === "mouse" && at(event) === rests && event.stopPropagation();
  stage.addEventListener("pointerover", hear, { capture: true, signal });
}

/** A file that is dropped on the lab is read as a net. */
function dropped(stage, net, { refuse, signal }) {
  const light = (lit) => stage.closest(".cl-lab")?.classList.toggle("is-drop", lit);
  const on = (type, handler) => stage.addEventListener(type, handler, { signal });
  const carries = ({ dataTransfer }) => dataTransfer.types.includes("Files");
  on("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    light(true);
  });
  on("dragleave", (event) => {
    if (!stage.contains(event.relatedTarget)) light(false);
  });
  on("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    light(false);
    const [file] = event.dataTransfer.files;
    file?.text().then(net.read, () => refuse("This file can't be read."));
  });
}
