// What the reader points at in the sequences lab: it is explained until something else is pointed at.

/** What is pointed at by hover, focus or tap stays explained until the next. @param {object} first */
export function pointing(first) {
  const shows = [];
  const pointer = { now: first };
  pointer.at = (point) => {
    pointer.now = point;
    pointer.update();
  };
  pointer.update = () => {
    for (const show of shows) show(pointer.now);
  };
  pointer.shows = (show) => shows.push(show);
  pointer.reset = () => {
    const isElsewhere = pointer.now !== first;
    pointer.now = first;
    return isElsewhere;
  };
  /** A grid of one row, of which each cell is a point. */
  pointer.attach = (grid, kind) => {
    grid.onPoint((_, at) => pointer.at({ kind, at }));
    shows.push((point) => grid.mark("chosen", point.kind === kind ? [[0, point.at]] : []));
  };
  return pointer;
}

/** Lets a control be pointed at. @param {AbortSignal} signal */
export function pointable(element, pointer, point, signal) {
  for (const type of ["pointerenter", "focus"]) element.addEventListener(type, () => pointer.at(point), { signal });
}
