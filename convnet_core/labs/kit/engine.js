// Where long work runs: in a Worker, or, where a page may not make one, in the page itself, a few milliseconds at a
// time.

import { inSlices } from "./slices.js";

const SLICE = 6; // milliseconds: a page that draws 60 times a second has 16

/**
 * @typedef {object} Work
 * @property {object} data  what the jobs work on
 * @property {import("./slices.js").Jobs} jobs  the same that the Worker serves
 * @property {() => Worker} makeWorker  throws, or the Worker reports an error, where the page may not have one
 * @property {(report: any) => void} onreport
 * @property {AbortSignal} signal
 *
 * @typedef {object} Engine
 * @property {(task: object) => void} start  a job of `jobs`; no report of an earlier one comes any more
 * @property {() => void} stop  it reports where it stands, and that it is done
 * @property {(value: string) => void} pace
 * @property {() => void} abandon  no report comes any more
 * @property {() => "worker" | "page" | null} place  null before the first start
 */

/** @param {Work} work @returns {Engine} */
export function engine({ data, jobs, makeWorker, onreport, signal }) {
  let send = null;
  let place = null;
  let current = 0;
  let task = null;
  const hear = (report) => {
    if (report.id !== current || signal.aborted) return;
    if (report.done) task = null;
    onreport(report);
  };
  const inPage = () => {
    place = "page";
    send = inSlices(hear, jobs, SLICE);
    send({ data });
    if (task) send(task);
  };
  const begin = () => {
    const worker = workerOr(makeWorker, inPage, hear, signal);
    if (worker === null) return inPage();
    place = "worker";
    send = (message) => worker.postMessage(message);
    send({ data });
  };
  const start = (wanted) => {
    if (send === null) begin();
    current += 1;
    task = { ...wanted, id: current };
    send(task);
  };
  const stop = () => task && send({ job: "stop" });
  const pace = (value) => task && send({ job: "pace", pace: value });
  const abandon = () => {
    stop();
    current += 1;
    task = null;
  };
  signal.addEventListener("abort", abandon);
  return { start, stop, pace, abandon, place: () => place };
}

/** A Worker; null, or later a call of `otherwise`, where the page may not make one. */
function workerOr(makeWorker, otherwise, hear, signal) {
  try {
    const worker = makeWorker();
    let isReady = false;
    worker.onmessage = ({ data }) => {
      if (!data.ready) return hear(data);
      isReady = true;
    };
    worker.onerror = (event) => {
      if (isReady) return;
      event.preventDefault();
      otherwise();
    };
    signal.addEventListener("abort", () => worker.terminate());
    return worker;
  } catch {
    return null;
  }
}
