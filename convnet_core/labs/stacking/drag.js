// Blocks of a stack are put in another order by dragging one by its handle.

/**
 * While a block is dragged, the cards show their heads alone, so that a tall stack is in reach.
 * @param {HTMLElement} handle @param {number} place
 * @param {{ list: HTMLElement, cards: { element: HTMLElement }[], move: (from: number, to: number) => void, signal: AbortSignal }} stack
 */
export function byDragging(handle, place, { list, cards, move, signal }) {
  const on = (type, handler) => handle.addEventListener(type, handler, { signal });
  let target = null;

  const folded = (isFolded) => {
    const before = handle.getBoundingClientRect().top;
    list.classList.toggle("is-dragged", isFolded);
    cards[place].element.classList.toggle("is-held", isFolded);
    scrollBy(0, handle.getBoundingClientRect().top - before); // the head stays under the finger
  };
  const mark = (at) => {
    target = at;
    cards.forEach(({ element }, which) => element.classList.toggle("is-target", which === at));
  };
  const end = () => {
    if (target === null) return;
    mark(null);
    folded(false);
  };
  on("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    folded(true);
    mark(place);
  });
  on("pointermove", ({ clientY }) => {
    if (target !== null) mark(nearest(cards, clientY));
  });
  on("pointerup", () => {
    const to = target;
    end();
    if (to !== null && to !== place) move(place, to);
  });
  on("pointercancel", end);
}

/** The place of the shown card whose middle is nearest to a height on the screen. */
function nearest(cards, height) {
  const distances = cards.map(({ element }) => {
    if (element.hidden) return Infinity;
    const { top, bottom } = element.getBoundingClientRect();
    return Math.abs((top + bottom) / 2 - height);
  });
  return distances.indexOf(Math.min(...distances));
}
