// Chapter 1's lab: a picture and its numbers, the tricks that make it hard to recognise, and two ways to compare.

import { lab } from "../kit/card.js";
import { captionedGrid, presetMenu, valueBox } from "../kit/controls.js";
import { choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { Thumbnail } from "../kit/thumbnail.js";
import { plain } from "../mirror/printing.js";
import {
  bestFit,
  brokenSoFar,
  comparison,
  current,
  farSoFar,
  isBrokenByFew,
  isFarAndStillX,
  isNearAndNoX,
  nearSoFar,
  NO_TRICKS,
} from "./derived.js";
import { trickPanel } from "./tricks.js";
import { fitText, pairText, PIECE_NAMES, piecesText, verdict, whatChanged } from "./words.js";

const DIFFERENT = -2; // no pixel: where the comparison prints an X
const PICTURE_NAMES = { X: "the X", O: "the O" };

export default lab({
  task: "Paint on the picture, or type its numbers: they are the same thing. Play tricks on it with the sliders. Then compare it with the standard letter: pixel by pixel, or piece by piece.",
  challenges: {
    litter: { solved: isFarAndStillX, progress: farSoFar },
    "no-x": { solved: isNearAndNoX, progress: nearSoFar },
    "four-flips": { solved: isBrokenByFew, progress: brokenSoFar },
  },
  build,
});

function build({ stage, store, say, refuse, signal }) {
  const controls = settings(stage, store);
  const rows = make("div", { class: "cl-pictures" });
  stage.append(rows);
  const view = grids(rows, store, { refuse, signal });
  const tricks = trickPanel(rows, store);
  const judgement = comparisonOf(rows, store, signal);
  const pieces = piecePanel(stage, store);
  linkPixels([...view.all, ...judgement.all]);

  const update = (state, before) => {
    const { picture } = current(state);
    const standard = store.presets.image[state.standard];
    controls.update(state);
    tricks.update(state);
    view.update(state, picture);
    judgement.update(state, picture, standard);
    pieces.update(state, picture, standard);
    const text = before ? whatChanged(before, state, store.presets) : "";
    if (text) say(text);
  };
  return { update };
}

function settings(stage, store) {
  const menu = presetMenu("Choose a picture", store.presets.image, (image) => store.set({ image }), PICTURE_NAMES);
  const standard = choice(
    "Compare it with",
    [
      ["X", "the standard X"],
      ["O", "the standard O"],
    ],
    (letter) => store.set({ standard: letter }),
  );
  sets({ image: menu, standard });
  stage.append(make("div", { class: "cl-controls" }, [menu.element, standard.element]));
  const update = (state) => {
    menu.show(state.image);
    standard.show(state.standard);
  };
  return { update };
}

/** The picture as we see it, and the same as numbers. */
function grids(parent, store, { refuse, signal }) {
  const options = { editable: true, range: [-1, 1], signal };
  const seen = captionedGrid(parent, "What we see", { ...options, kind: "ink", print: () => "" });
  const numbers = captionedGrid(parent, "What the computer gets", options);
  sets({ image: [numbers, seen] });
  const box = valueBox([numbers, seen], refuse);
  seen.block.classList.add("cl-pictures-seen");
  numbers.block.classList.add("cl-pictures-numbers");
  numbers.block.append(box.element);
  for (const grid of [seen, numbers]) {
    // Painted on, the picture is the reader's own: the tricks have done their work, and go.
    grid.onEdit(({ values, group }) => store.set({ image: values, ...NO_TRICKS }, { group }));
    grid.onRefuse(refuse);
  }
  const frame = framesOn(seen, store.presets.piece);

  const update = (state, picture) => {
    seen.show(picture);
    numbers.show(picture);
    frame(state.piece, picture);
    box.update();
  };
  return { all: [seen, numbers], update };
}

/** Frames around every place where a piece fits best: whole lines where all its pixels agree, else dashed ones. */
function framesOn(grid, pieces) {
  const frames = [];
  return (name, picture) => {
    const piece = pieces[name];
    const { agreeing, places } = piece ? bestFit(picture, piece) : { places: [] };
    while (frames.length > places.length) frames.pop().remove();
    while (frames.length < places.length)
      frames.push(grid.holder.appendChild(make("div", { class: "cl-frame", "aria-hidden": "true" })));
    places.forEach(([row, column], index) => {
      const { style, classList, dataset } = frames[index];
      dataset.piece = name;
      classList.toggle("cl-pictures-nearly", agreeing < piece.flat().length);
      for (const [side, value] of Object.entries({ row, column, height: piece.length, width: piece[0].length }))
        style.setProperty(`--${side}`, value);
    });
  };
}

/** The standard letter; and pixel by pixel, the number that both have, or an X where they differ, as on the slides. */
function comparisonOf(parent, store, signal) {
  let shown = { picture: [], standard: [] };
  const letter = captionedGrid(parent, "The standard letter", { kind: "ink", signal });
  const frame = framesOn(letter, store.presets.piece);
  const grid = captionedGrid(parent, "Pixel by pixel", {
    print: (value) => (value === DIFFERENT ? "X" : plain(value)),
    more: (row, column) => pairText(shown.picture, shown.standard, row, column),
    signal,
  });
  grid.block.classList.add("cl-pictures-comparison");
  const lines = {
    differ: make("p", { class: "cl-pictures-count" }),
    agree: make("p"),
    same: make("p", { class: "cl-pictures-same" }),
    score: make("p", { class: "cl-note" }),
  };
  parent.append(make("div", { class: "cl-pictures-verdict" }, Object.values(lines)));

  const update = (state, picture, standard) => {
    shown = { picture, standard };
    letter.show(standard);
    letter.caption.textContent = `The standard ${state.standard}`;
    frame(state.piece, standard);
    const found = comparison(picture, standard);
    const values = picture.map((line) => [...line]);
    for (const [row, column] of found.cells) values[row][column] = DIFFERENT;
    grid.show(values);
    grid.mark("different", found.cells);
    for (const [name, text] of Object.entries(verdict(found))) lines[name].textContent = text;
  };
  return { all: [letter, grid], update };
}

/** Piece by piece: how often each fits, here and in the standard letter. The chosen one is framed in both. */
function piecePanel(parent, store) {
  const title = make("p", { class: "cl-caption", text: "Piece by piece. Choose one to see where it fits." });
  const row = make("div", { class: "cl-thumbnails", role: "group", "aria-label": "Pieces" });
  const summary = make("p");
  parent.append(make("div", { class: "cl-pictures-pieces" }, [title, row, summary]));
  const cards = Object.entries(store.presets.piece).map(([name, piece]) => {
    const choose = () => store.set({ piece: store.state.piece === name ? "none" : name }, { undoable: false });
    const [here, there] = [make("span"), make("span")];
    const card = new Thumbnail(row, choose);
    card.element.append(here, there);
    const update = (state, picture, standard) => {
      here.textContent = `yours: ${fitText(bestFit(picture, piece))}`;
      there.textContent = `standard ${state.standard}: ${fitText(bestFit(standard, piece))}`;
      const caption = PIECE_NAMES[name];
      card.show(piece, { caption, summary: "", full: 1, chosen: state.piece === name });
    };
    return { update };
  });
  const update = (state, picture, standard) => {
    for (const card of cards) card.update(state, picture, standard);
    summary.textContent = piecesText(picture, standard, state.standard, store.presets.piece);
  };
  return { update };
}

/** Where one pixel is pointed at, the same pixel lights up everywhere. */
function linkPixels(all) {
  for (const grid of all) {
    grid.onPoint((row, column) => all.forEach((other) => other.mark("twin", [[row, column]])));
    grid.onLeave(() => all.forEach((other) => other.mark("twin", [])));
  }
}
