// What is drawn while long work goes on: at most once a frame, only what has changed, and not all in one frame.

/**
 * Hands on at most one report a frame. What comes in between is put together with what waits, so nothing is lost, and
 * nothing is told twice.
 * @template Report
 * @param {(earlier: Report, later: Report) => Report} together
 * @param {(report: Report) => void} use
 */
export function collectedPerFrame(together, use) {
  /** @type {Report | null} */
  let waiting = null;
  let frame = 0;
  const drop = () => {
    cancelAnimationFrame(frame);
    [waiting, frame] = [null, 0];
  };
  /** Now: a page in the background has no frames. */
  const flush = () => {
    const report = waiting;
    drop();
    if (report !== null) use(report);
  };
  /** @param {Report} report */
  const add = (report) => {
    waiting = waiting === null ? report : together(waiting, report);
    frame ||= requestAnimationFrame(flush);
  };
  return { add, flush, drop };
}

/** Runs `action` in the next frame, once, however often it is asked for. @param {AbortSignal} signal */
export function oncePerFrame(action, signal) {
  const { add, drop } = collectedPerFrame(() => true, action);
  signal.addEventListener("abort", drop);
  return () => add(true);
}

/**
 * Draws parts in turn, one a frame, so that none of the frames is long. Where something newer comes before all had
 * their turn, those that wait draw the newer one.
 * @template {unknown[]} Shown
 * @param {((...shown: Shown) => void)[]} parts
 */
export function inTurns(parts) {
  let waiting = [];
  /** @type {Shown} */
  let newest;
  let frame = 0;
  const next = () => {
    frame = 0;
    waiting.shift()?.(...newest);
    if (waiting.length > 0) frame = requestAnimationFrame(next);
  };
  return {
    /** @param {Shown} shown */
    later(...shown) {
      newest = shown;
      waiting = [...waiting, ...parts.filter((part) => !waiting.includes(part))];
      frame ||= requestAnimationFrame(next);
    },
    /** @param {Shown} shown */
    atOnce(...shown) {
      cancelAnimationFrame(frame);
      [waiting, frame] = [[], 0];
      for (const part of parts) part(...shown);
    },
  };
}

/**
 * `draw`, but for where all that it shows is what it showed the last time.
 * @template {unknown[]} Given
 * @param {(...given: Given) => unknown[]} shownOf  what is drawn of what it is given
 * @param {(...given: Given) => void} draw
 */
export function ifChanged(shownOf, draw) {
  /** @type {unknown[] | null} */
  let last = null;
  return (/** @type {Given} */ ...given) => {
    const shown = shownOf(...given);
    if (last !== null && shown.every((value, at) => value === last[at])) return;
    last = shown;
    draw(...given);
  };
}
