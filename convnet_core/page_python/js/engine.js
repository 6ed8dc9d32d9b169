// The engine behind a small interface: `load`, `run`, `stop`. What it is, only worker.js beside it knows.

const TIME = 20; // seconds that a cell may run
const TYPE = { type: "text/javascript" };

/**
 * @typedef {object} Cell
 * @property {string} code
 * @property {string} prelude  what runs before it, unseen
 * @property {boolean} shows  whether the value of its last line is wanted
 * @property {{ name: string, state: object, rules: object } | null} lab  the one above it
 *
 * @typedef {object} Ended  how a run has ended
 * @property {"done" | "stopped" | "another" | "late" | "failed"} how  another: cell was run
 * @property {string} [reason]  of a failure
 * @property {boolean} [isCut]  too much was printed
 * @property {boolean} [isFull]  no memory was left
 * @property {{ value?: Value, problem?: Problem, given?: Record<string, unknown> }} [answer]
 *
 * @typedef {{ shape?: number[], cells?: any[], text?: string }} Value
 * @typedef {{ kind: string, words: string, line: number }} Problem  line: from 1; 0 where it is unknown
 */

/** @param {import("./files.js").Python} python */
export function engine(python) {
  /** @type {Worker | null} */
  let worker = null;
  /** @type {Promise<void> | null} */
  let ready = null;
  /** Ends what runs. @type {((ended: Ended) => void) | null} */
  let end = null;

  const load = () => (ready ??= start());

  const start = async () => {
    const code = await unpacked(python.code);
    const text = new Blob([python.engine, python.worker], TYPE);
    const address = URL.createObjectURL(text);
    const made = (worker = new Worker(address));
    await new Promise((resolve, reject) => {
      made.onmessage = ({ data }) => (data.isReady ? resolve() : reject(new Error(data.failed)));
      made.onerror = ({ message }) => reject(new Error(message || "Content Security Policy"));
      made.postMessage({ code, modules: { ...python.library, ...python.own } });
    });
    URL.revokeObjectURL(address);
  };

  /** Throws the Worker away, whatever it is at. @param {Ended} ended */
  const abandon = (ended) => {
    worker?.terminate();
    worker = ready = null; // the next run makes a new one
    end?.(ended);
  };

  /** One cell at a time: who runs another stops it. @param {Cell} cell @param {(text: string) => void} onprint @returns {Promise<Ended>} */
  const run = (cell, onprint) =>
    new Promise((resolve) => {
      if (end) abandon({ how: "another" });
      let clock = 0;
      const own = (end = (ended) => {
        clearTimeout(clock);
        end = null;
        resolve(ended);
      });
      const begin = () => {
        if (end !== own) return;
        clock = setTimeout(() => abandon({ how: "late" }), TIME * 1000);
        worker.onmessage = ({ data }) => {
          if (data.printed) onprint(data.printed);
          if (data.failed) abandon({ how: "failed", reason: data.failed });
          const ended = /** @type {Ended} */ ({ how: "done", ...data });
          if (data.isFull) abandon(ended);
          else if (data.answer) own(ended);
        };
        worker.postMessage(cell);
      };
      load().then(begin, ({ message }) => end === own && abandon({ how: "failed", reason: message }));
    });

  return { load, run, stop: () => abandon({ how: "stopped" }), seconds: TIME };
}

/** The bytes of a packed file. @param {string} text  base64 of gzip */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
