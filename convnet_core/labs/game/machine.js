// Who does the lab's long work.

import { engine } from "../kit/engine.js";
import { JOBS } from "./jobs.js";

const makeWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

/** @param {(report: any) => void} onreport @param {AbortSignal} signal */
export function machine(onreport, signal) {
  return engine({ data: {}, jobs: JOBS, makeWorker, onreport, signal });
}
