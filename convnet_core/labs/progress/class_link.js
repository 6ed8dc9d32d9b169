// The class link: the address of the progress page, with the class word behind it.

import { button, make } from "../kit/dom.js";
import { COMPLETED, DISK_LINK, linkMade, NO_ADDRESS, OTHER_PAGE } from "./class_words.js";
import { field, say } from "./fields.js";
import { copyFrom } from "./parts.js";

/** @typedef {import("./class_page.js").TheWord} TheWord */

const PAGE = "progress.html";

/**
 * The progress page that an address leads to: that of the same book where the address is of another of its pages, or of
 * its folder. Where that can't be told, why.
 * @param {string} text @param {string[]} pages  names that only the book's pages have
 * @returns {{ page: string, isCompleted: boolean } | string}
 */
export function progressPage(text, pages) {
  const url = addressIn(text);
  if (url === null) return NO_ADDRESS;
  url.hash = "";
  if (url.searchParams.has("class")) url.searchParams.delete("class"); // it would be read before ours
  const [, folder, name] = /^(.*?)([^/]*)$/.exec(url.pathname);
  if (/^progress(\.html?)?$/.test(name)) return { page: url.href, isCompleted: false };
  const isBook = folder.endsWith("/book/") ? /^$|\.html?$/.test(name) : pages.includes(name.replace(/\.html?$/, ""));
  if (name === "book") url.pathname += `/${PAGE}`;
  else if (isBook) url.pathname = folder + PAGE;
  else return OTHER_PAGE;
  url.search = "";
  return { page: url.href, isCompleted: true };
}

/** @param {string} text */
function addressIn(text) {
  try {
    const url = new URL(text);
    return /^(https?|file):$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/**
 * @param {HTMLInputElement} word @param {HTMLElement} refused  where it is said that the word is none @param {TheWord} theWord
 * @param {string[]} pages
 */
export function linkMaker(word, refused, theWord, pages) {
  const address = make("input", { class: "cl-link", type: "url", autocomplete: "off", value: new URL(PAGE, location.href).href });
  const link = make("input", { class: "cl-link", readonly: true, autocomplete: "off" });
  const said = make("p", { class: "pg-said", role: "status" });
  const copy = () => {
    say(said, "");
    copyFrom(link, said);
  };
  const made = make("div", { hidden: true }, [field("The class link", link, "pg-wide"), button("Copy", copy)]);
  /** The link before is of another word or address. */
  const drop = () => {
    made.hidden = true;
    address.removeAttribute("aria-invalid");
    say(said, "");
  };
  const build = () => {
    const read = theWord();
    const found = progressPage(address.value.trim(), pages);
    if (read === null) return drop();
    if (typeof found === "string") {
      made.hidden = true;
      say(said, found);
      address.setAttribute("aria-invalid", "true");
      return address.focus();
    }
    link.value = `${found.page}#class=${read}`;
    made.hidden = false;
    const more = [found.isCompleted ? COMPLETED : "", found.page.startsWith("file:") ? DISK_LINK : ""];
    say(said, [linkMade(read), ...more].filter(Boolean).join(" "));
  };
  for (const box of [word, address]) {
    box.addEventListener("input", drop);
    box.addEventListener("keydown", ({ key, isComposing }) => key === "Enter" && !isComposing && build());
  }
  return make("div", { class: "pg-stack" }, [
    make("div", { class: "cl-guess-form" }, [field("Class word", word)]),
    refused,
    field("Address of the progress page, as your class opens it", address, "pg-wide"),
    make("div", { class: "cl-buttons" }, [button("Make the link", build, { class: "cl-button cl-primary" })]),
    made,
    said,
  ]);
}
