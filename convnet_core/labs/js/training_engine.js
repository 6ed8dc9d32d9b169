// Where the training runs: in a Worker made of this page's own text, which also works on a page opened from disk;
// where a page may not make one, in the page itself, a few milliseconds at a time.

import { SOURCE } from "./network.js";
import { trainer, WORK } from "./training_worker.js";

const TEXT = `"use strict";
${SOURCE}
${WORK}
const handle = trainer((report) => postMessage(report), 30);
onmessage = ({ data }) => handle(data);
postMessage({ ready: true });`;
const SLICE = 6; // milliseconds: a page that draws 60 times a second has 16

/**
 * @param {import("./training_worker.js").Data} data @param {(report: object) => void} onreport @param {AbortSignal} signal
 * @returns {{ start(task: object): void, stop(): void, pace(value: string): void, abandon(): void, place(): "worker" | "page" | null }}
 *   stop: it reports where it stands, and that it is done. abandon, and another start: no report comes any more
 */
export function engine(data, onreport, signal) {
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
    send = trainer(hear, SLICE);
    send({ data });
    if (task) send(task);
  };
  const begin = () => {
    const worker = workerOr(inPage, hear, signal);
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
function workerOr(otherwise, hear, signal) {
  try {
    const url = URL.createObjectURL(new Blob([TEXT], { type: "text/javascript" }));
    const worker = new Worker(url);
    let isReady = false;
    worker.onmessage = ({ data }) => {
      if (!data.ready) return hear(data);
      isReady = true;
      URL.revokeObjectURL(url);
    };
    worker.onerror = (event) => {
      if (isReady) return;
      event.preventDefault();
      URL.revokeObjectURL(url);
      otherwise();
    };
    signal.addEventListener("abort", () => worker.terminate());
    return worker;
  } catch {
    return null;
  }
}
