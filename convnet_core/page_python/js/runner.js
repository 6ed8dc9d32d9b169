// Runs the page's cells, one at a time, in the one engine of the page.

import { getPython } from "./files.js";

/**
 * @typedef {import("./engine.js").Ended} Ended
 * @typedef {{ id: string, code: string, shows: boolean, lab: any }} Asked
 * @typedef {(python: import("./files.js").Python) => void} Loaded
 * @typedef {ReturnType<typeof runner>} Runner
 */

/** @param {[string, number][]} files */
export function runner(files) {
  let engine = null;
  let latest = 0;

  /**
   * @param {Asked} asked
   * @param {{ ongetting: (bytes: number, all: number) => void, onprint: (text: string) => void }} on
   * @returns {Promise<Ended & { python?: import("./files.js").Python }>}
   */
  const run = async ({ id, ...cell }, { ongetting, onprint }) => {
    const own = (latest += 1);
    const python = await getPython(files, ongetting);
    if (own !== latest) return { how: "stopped" };
    engine ??= python.start(python);
    const ended = await engine.run({ ...cell, prelude: python.preludes[id] ?? "" }, onprint);
    return { ...ended, python };
  };

  const stop = () => {
    latest += 1;
    engine?.stop();
  };
  return { run, stop };
}
