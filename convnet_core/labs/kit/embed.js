// A lab on a page of its own, made to stand in a frame of somebody else's page: what its address asks to leave out or to
// lock, and how high it is, told to the page around it.

import { make } from "./dom.js";
import { mountAll } from "./host.js";

const PARTS = ["title", "task", "tools", "status", "keys", "challenges", "credit"];
const ALL = "all";

/** Mounts the page's only lab, as the address wants it. @param {import("./host.js").Modules} modules */
export function mountEmbedded(modules) {
  const [lab] = mountAll(modules);
  if (lab.page.isForgetful) lab.page.lab?.startHere(); // what the link describes is where a reader begins
  const wishes = new URLSearchParams(location.search);
  const settings = Object.keys(JSON.parse(lab.holder.dataset.state)._rules);
  const hidden = namesIn(wishes.get("hide"));
  const locked = namesIn(wishes.get("lock"));
  const notes = [
    ...unknown("hide", hidden, PARTS),
    ...unknown("lock", locked, [...settings, ALL]),
    ...lock(lab.page, locked.includes(ALL) ? settings : locked, locked.includes(ALL)),
  ];
  document.documentElement.dataset.hide = hidden.join(" ");
  lab.holder.append(...notes.map((text) => make("p", { class: "cl-note", text })));
  tellHeight(lab.holder.dataset.lab);
}

/** @param {string | null} text  names with commas between them */
function namesIn(text) {
  return (text ?? "").split(/[\s,]+/).filter((name) => name !== "");
}

/** Who wrote the address sees a slip before their readers do. @param {string} wish @param {string[]} names @param {string[]} known */
function unknown(wish, names, known) {
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length === 0) return [];
  return [`This page's address says ${wish}=${strange.join(",").slice(0, 60)}; it knows ${known.join(", ")}.`];
}

/** @param {import("./host.js").LabPage} page @param {string[]} names @param {boolean} isAll */
function lock(page, names, isAll) {
  for (const name of names) page.locked.add(name);
  page.lab?.tellLocks();
  if (names.length === 0) return [];
  const what = isAll ? "All of this lab" : names.join(", ");
  return [`Locked here: ${what}. It is a courtesy of the page around it, and no guard.`];
}

/** Tells the page around this one how high it is, whenever that changes. @param {string} name */
function tellHeight(name) {
  if (parent === window) return;
  const page = document.documentElement;
  const tell = () => {
    // A lab that fills the frame takes its height from there.
    if (!page.classList.contains("has-big-lab")) parent.postMessage({ convnetLab: name, height: page.offsetHeight }, "*");
  };
  new ResizeObserver(tell).observe(page);
}
