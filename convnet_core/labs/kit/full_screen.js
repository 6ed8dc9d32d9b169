// The button that shows a lab alone and large, for a projector. What does so comes when it is first wanted.

import { button, make } from "./dom.js";

/** @typedef {{ turnBig: (root: HTMLElement, options?: { onturn?: (isBig: boolean) => void, isSlide?: boolean }) => void }} Big  kit/big.js */

/**
 * Puts the button among a lab's tools. A script of the page may ask for the same: the holder takes a "cl-big" event,
 * whose detail is what kit/big.js takes as options.
 * @param {HTMLElement} place  holds the lab @param {() => Promise<Big>} load
 */
export function offerFullScreen(place, load) {
  /** @type {HTMLElement} */
  const root = place.querySelector(".cl-lab");
  const onturn = (/** @type {boolean} */ isBig) => toggle.setAttribute("aria-pressed", String(isBig));
  /** @type {Big | null} */
  let big = null;
  const turn = (/** @type {object} */ options) => {
    if (big) return big.turnBig(root, { onturn, ...options });
    load().then(
      (loaded) => {
        big = loaded;
        turn(options);
      },
      () => (toggle.title = "What this needs lies beside the page, and can't be loaded now. Press again."),
    );
  };
  const toggle = button("Full screen", () => turn({}), { class: "cl-button cl-full", "aria-pressed": "false", title: "This lab alone, large" });
  root.querySelector(".cl-tools").append(toggle);
  place.addEventListener("cl-big", (event) => turn(/** @type {CustomEvent} */ (event).detail));
}

/** @type {Promise<any> | null} */
let loading = null; // once, however often and by how many labs it is asked for meanwhile

/**
 * Loads it as a script and a style sheet, from disk too.
 * @param {import("./host.js").Modules} modules @param {[address: string, bytes: number][]} files
 * @returns {() => Promise<Big>}
 */
export function besidePage(modules, files) {
  const one = (/** @type {[address: string, bytes: number]} */ [address]) =>
    new Promise((resolve, reject) => {
      const isSheet = address.split("?")[0].endsWith(".css");
      const tag = isSheet ? make("link", { rel: "stylesheet", href: address }) : make("script", { src: address });
      tag.onload = resolve;
      tag.onerror = () => {
        tag.remove();
        reject(new Error(address));
      };
      document.head.append(tag);
    });
  return async () => {
    loading ??= modules["kit/big"] ? Promise.resolve() : Promise.all(files.map(one));
    try {
      await loading;
    } catch (problem) {
      loading = null;
      throw problem;
    }
    return modules["kit/big"];
  };
}

/**
 * A lab beside a kernel: its front end gets one text, which holds all of it.
 * @param {{ render: (given: any) => () => void }} lab @param {Big} big
 */
export function besideKernel(lab, big) {
  return {
    /** @param {{ model: import("./host.js").Model, el: HTMLElement }} given */
    render(given) {
      const end = lab.render(given);
      offerFullScreen(given.el, async () => big);
      return end;
    },
  };
}
