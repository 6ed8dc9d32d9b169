// Where the training runs: in a Worker made of this page's own text, which also works on a page opened from disk;
// where a page may not make one, in the page itself, a few milliseconds at a time.

import { SOURCE } from "./network.js";
import { trainer, WORK } from "./training_worker.js";

const SLICE = 6; // milliseconds: a page that draws 60 times a second has 16

/** The Worker's whole text; `jobs` are functions that need no more than training_worker.js has. */
function textOf(jobs) {
  const own = jobs ? `, { ${Object.values(jobs).map((job) => job.name)} }` : "";
  return `"use strict";
${SOURCE}
${WORK}
${Object.values(jobs ?? {}).join("\n")}
const handle = trainer((report) => postMessage(report), 30${own});
onmessage = ({ data }) => handle(data);
postMessage({ ready: true });`;
}

/**
 * @param {object} data  what the jobs work on: for those of training_worker.js its Data
 * @param {(report: object) => void} onreport @param {AbortSignal} signal
 * @param {Record<string, GeneratorFunction>} [jobs]
 * @returns {{ start(task: object): void, stop(): void, pace(value: string): void, abandon(): void, place(): "worker" | "page" | null }}
 *   jobs: others than those of training_worker.js, by the names of their functions. stop: it reports where it stands,
 *   and that it is done. abandon, and another start: no report comes any more
 */
export function engine(data, onreport, signal, jobs) {
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
    send = trainer(hear, SLICE, jobs);
    send({ data });
    if (task) send(task);
  };
  const begin = () => {
    const worker = workerOr(textOf(jobs), inPage, hear, signal);
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
function workerOr(text, otherwise, hear, signal) {
  try {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
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
