// The half that is known, to draw on: in black and white, as the machines have learned digits.

import { dabbed, NAMES } from "../kit/brush.js";
import { captionedGrid } from "../kit/controls.js";
import { choice } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { nextStroke } from "../kit/strokes.js";
import { isKnown } from "./imagines.js";

const HIDDEN = "This half is hidden: the machine imagines it.";

/**
 * @param {HTMLElement} parent @param {import("../kit/store.js").Store} store
 * @param {{ ask: (changes: object, options?: { group?: string }) => void, refuse: (reason: string) => void,
 *           signal: AbortSignal }} parts
 */
export function knownSheet(parent, store, { ask, refuse, signal }) {
  /** @type {import("../kit/brush.js").Pen} */
  let pen = "thick";
  const locked = (row, column) => (isKnown(store.state.half, row, column) ? null : HIDDEN);
  const dab = (row, column, group) => ask({ picture: inked(store.state, pen, { row, column }) }, { group });
  /** A stroke of a pointer, unless it begins where nothing may be drawn. */
  const onPress = (row, column) => {
    if (locked(row, column) !== null) return null;
    const [group, before] = [nextStroke(), store.state.picture];
    dab(row, column, group);
    const cancel = () => {
      ask({ picture: before }, { group });
      refuse("The page was scrolled. To draw with a finger, press “Draw by finger” above.");
    };
    return { move: (r, c) => dab(r, c, group), end: () => true, cancel };
  };
  const grid = captionedGrid(parent, "The known half", {
    kind: "ink",
    editable: true,
    range: [0, 1],
    paper: 0,
    print: () => "",
    locked,
    onPress,
    signal,
  });
  grid.onEdit(({ values, group }) => {
    const { picture } = store.state;
    ask({ picture: values.map((line, r) => line.map((value, c) => value ?? picture[r][c])) }, { group });
  });
  grid.onRefuse(refuse);
  const pens = choice("Pen", NAMES, (value) => (pen = /** @type {typeof pen} */ (value)));
  grid.block.append(pens.element);
  sets({ picture: grid });
  let drawn = [];
  const update = ({ picture, half }) => {
    if (picture === drawn[0] && half === drawn[1]) return;
    grid.show(picture.map((line, r) => line.map((value, c) => (isKnown(half, r, c) ? value : null))));
    drawn = [picture, half];
  };
  return { update };
}

/** The picture after the pen was put down: the hidden half stays as it is. */
function inked({ picture, half }, pen, place) {
  const drawn = dabbed(picture, pen, place);
  return picture.map((line, r) => line.map((old, c) => (isKnown(half, r, c) ? Math.round(drawn[r][c]) : old)));
}
