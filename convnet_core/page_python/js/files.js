// Gets what runs Python when it is first wanted: scripts that hold data, and a style sheet, from beside the page.

import { make } from "./make.js";

/**
 * @typedef {object} Python  what the scripts make
 * @property {string} code  the engine's, packed
 * @property {string} engine  the text of its script
 * @property {string} worker  ours behind it
 * @property {Record<string, string>} library  the source of each module by its name: what every page has
 * @property {Record<string, string>} own  and what this page has beside it
 * @property {Record<string, string>} preludes  by the cells' ids
 * @property {typeof import("./engine.js").engine} start
 * @property {typeof import("./lab.js").stateAbove} stateAbove
 * @property {typeof import("./ending.js").ending} ending
 */

/** @type {Promise<Python> | null} */
let wanted = null;

/**
 * @param {[string, number][]} files  the address and the bytes of each
 * @param {(bytes: number, all: number) => void} tell
 */
export function getPython(files, tell) {
  wanted ??= getAll(files, tell).catch((problem) => {
    wanted = null; // the next press tries again
    throw problem;
  });
  return wanted;
}

/** @param {[string, number][]} files @param {(bytes: number, all: number) => void} tell @returns {Promise<Python>} */
async function getAll(files, tell) {
  const all = files.reduce((sum, [, bytes]) => sum + bytes, 0);
  let got = 0;
  tell(got, all);
  const getOne = async ([address, bytes]) => {
    await load(address);
    tell((got += bytes), all);
  };
  // One that comes after another has failed must not write over what was said of that.
  await Promise.all(files.map(getOne)).finally(() => (tell = () => {}));
  return /** @type {any} */ (window).convnetPython;
}

/** @param {string} address @returns {Promise<void>} */
function load(address) {
  return new Promise((resolve, reject) => {
    const isStyle = /\.css\b/.test(address);
    const element = isStyle ? make("link", { rel: "stylesheet", href: address }) : make("script", { src: address });
    element.onload = () => resolve();
    element.onerror = () => {
      element.remove();
      reject(new Error(address));
    };
    document.head.append(element);
  });
}
