// Runs the page's cells, one at a time, in the one engine of the page.

import { getPython } from "./files.js";

/** @typedef {ReturnType<typeof runner>} Runner */

/** @param {[string, number][]} files */
export function runner(files) {
  let engine = null;
  let latest = 0;

  /**
   * @param {Element} element  the cell
   * @param {string} code @param {boolean} shows  whether the value of its last line is wanted
   * @param {{ ongetting: (got: number, all: number) => void, onprint: (text: string) => void }} on
   * @returns {Promise<import("./engine.js").Ended & { python: import("./files.js").Python }>}
   */
  const run = async (element, code, shows, { ongetting, onprint }) => {
    const own = (latest += 1);
    const python = await getPython(files, ongetting);
    if (own !== latest) return { how: "stopped", python };
    engine ??= python.start(python);
    const prelude = python.preludes[element.id] ?? "";
    const ended = await engine.run({ code, prelude, shows, lab: python.stateAbove(element, code) }, onprint);
    return { ...ended, python };
  };

  const stop = () => {
    latest += 1;
    engine?.stop();
  };
  return { run, stop };
}
