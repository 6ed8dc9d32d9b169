// Does long work a slice at a time, in a Worker or in the page, so that it hears "stop".

const IN_WORKER = 30; // milliseconds of a slice: nobody else waits there

/**
 * @typedef {Record<string, (data: any, task: any, memory: object) => Generator<object | null>>} Jobs
 *   by name; each hands out reports, or null where it has none, and often
 */

/**
 * Does one job at a time, a slice of at most about `budget` milliseconds after the other.
 * @param {(report: object) => void} post @param {Jobs} jobs @param {number} budget
 * @returns {(message: any) => void}
 */
export function inSlices(post, jobs, budget) {
  const memory = {};
  let data = null;
  let current = null;
  const work = (mine) => {
    if (current !== mine) return;
    try {
      workOn(mine);
    } catch (problem) {
      // It ends here, so that whoever waits for its end goes on.
      console.error(problem);
      post({ id: mine.task.id, done: true });
    }
  };
  const workOn = (mine) => {
    const start = performance.now();
    let rest = 0;
    let isDone = false;
    while (!isDone && rest === 0 && performance.now() - start < budget) {
      const { value, done } = mine.steps.next();
      isDone = done;
      if (value) post({ id: mine.task.id, busy: mine.busy + performance.now() - start, ...value });
      rest = (!mine.task.stopped && value?.rest) || 0;
    }
    mine.busy += performance.now() - start;
    if (isDone) post({ id: mine.task.id, done: true });
    else setTimeout(work, rest, mine);
  };
  return (message) => {
    if (message.data) data = message.data;
    else if (message.job === "stop") {
      if (current) current.task.stopped = true;
    } else if (message.job === "pace") {
      if (current && current.task.pace !== "step") current.task.pace = message.pace;
    } else {
      current = { task: message, steps: jobs[message.job](data, message, memory), busy: 0 };
      setTimeout(work, 0, current);
    }
  };
}

/** The same in a Worker: tells the page that it is ready, then does what it is sent. @param {Jobs} jobs */
export function serve(jobs) {
  const handle = inSlices((report) => postMessage(report), jobs, IN_WORKER);
  self.onmessage = ({ data }) => handle(data);
  postMessage({ ready: true });
}
