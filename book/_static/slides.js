// A chapter as slides, on its own page. What is not on a slide is out of sight, and nothing is moved or copied: labs and code
// stay alive. slides_cut.js cuts; this shows. Comes on demand (start.js).

"use strict";
{
  const SHARE = 0.0355; // of the window's height: the type of the text
  const NARROWEST = 30; // of its letters, at least, that a window is wide
  const FOLD = "details.fold, details.below-input"; // that holds an answer, or what code prints
  const TIGHT = 0.86;
  const STEP = 1.1;

  const page = document.documentElement;
  const opener = document.querySelector("[data-slides]");
  const article = document.querySelector(".bd-article");
  const cutter = window.slideCutter(article);
  const ROADS = cutter.roads;
  const bar = make("div", { className: "slides-bar" });
  const list = make("select", { onchange: () => show(list.selectedIndex) });
  const roads = make("button", { type: "button", textContent: "Side roads", onclick: () => turnRoads() });
  const said = make("p", { className: "said slides-said" });
  const cover = make("button", { type: "button", className: "slides-black", onclick: () => turnBlack() });
  const help = make("p", { className: "slides-help", hidden: true });

  /** @type {Slide[]} */
  let slides = [];
  let at = 0;
  let isOn = false;
  let isTyping = false;
  let wasFull = false; // since the slides were entered: an earlier full screen may be told of late
  let withRoads = false;
  let zoom = 1;
  let fitted = 1; // how much smaller the type of this slide is, to fit
  /** @type {Set<Element>} */
  let switched = new Set();
  /** @type {HTMLElement | null} */
  let liveLab = null;
  let before = null;

  function make(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }

  const boxOf = (element) => element.getBoundingClientRect();

  // Showing.

  const type = () => Math.max(16, Math.min(innerHeight * SHARE, innerWidth / NARROWEST)) * zoom;
  const size = () => page.style.setProperty("--slide", `${type() * fitted}px`);

  /** Lays all out anew, and stays at what is shown. */
  function layOut(block = slides[at]?.blocks[0]) {
    const name = slides[at]?.name ?? "";
    turnLab(null);
    fitted = 1;
    size();
    page.classList.add("is-cutting");
    const folds = [...article.querySelectorAll(FOLD)].filter((fold) => !fold.open && (withRoads || !fold.matches(ROADS)));
    for (const fold of folds) fold.open = true; // there is to be room for each answer
    ({ slides, seen: switched } = cutter.cut({ height: innerHeight - bar.offsetHeight - 2.4 * type(), type: type(), withRoads }));
    list.replaceChildren(...slides.map(({ title }, place) => make("option", { textContent: `${place + 1} of ${slides.length}: ${title}` })));
    for (const fold of folds) if (!fold.matches(".side-road")) fold.open = false;
    page.classList.remove("is-cutting");
    const place = placeOf(block);
    show(Math.max(0, place >= 0 ? place : named(name)), true);
  }

  /** The slide that shows this, or a part of it. @param {Element | null} block */
  function placeOf(block) {
    return slides.findIndex(({ blocks }) => blocks.some((one) => block && (one.contains(block) || block.contains(one))));
  }

  /** @param {number} wanted @param {boolean} [isNew]  whether all has just been cut */
  function show(wanted, isNew = false) {
    at = Math.max(0, Math.min(slides.length - 1, wanted));
    const { blocks, from, window, lab, name, title } = slides[at];
    if (!blocks.every((block) => block.isConnected)) return isNew || layOut(); // code has become an editor
    const on = new Set(lab ? [lab] : blocks);
    for (const block of on) for (let one = block.parentElement; one !== article; one = one.parentElement) on.add(one);
    for (const one of on) if (one.matches("details")) on.add(one.firstElementChild);
    for (const element of switched) element.classList.toggle("slide-off", !on.has(element));
    for (const cell of article.querySelectorAll(".cell")) {
      // What a script has put there since belongs to the code.
      const isShown = blocks.includes(cell) || on.has(cell.querySelector(".cell_input"));
      for (const part of cell.children) if (!switched.has(part)) part.classList.toggle("slide-off", !isShown);
    }
    // An answer waits for a key; one with a slide of its own has had it.
    for (const fold of answers()) fold.open = blocks.every((block) => fold.contains(block));
    list.selectedIndex = at;
    for (const block of blocks) if (block.matches(".slide-window")) block.style.setProperty("--window", `${window}px`);
    turnLab(lab);
    fit();
    if (fitted < TIGHT && !isNew) return layOut(); // something has grown since
    for (const block of blocks.filter((one) => one.matches(".slide-window"))) block.scrollTop = from;
    said.textContent = `Slide ${at + 1} of ${slides.length}: ${title}`;
    rewriteHash(`#slide-${name}`);
  }

  /** What the room of an answer, or a browser's rounding, makes too high is shown a little smaller; a lab sees to itself. */
  function fit() {
    fitted = 1;
    size();
    while (!slides[at].lab && article.scrollHeight > article.clientHeight && fitted > 0.75) {
      fitted -= 0.03;
      size();
    }
  }

  /** @returns {HTMLDetailsElement[]} */
  const answers = () => slides[at].blocks.map((block) => block.closest(FOLD)).filter((fold) => fold && !fold.matches(ROADS));

  function next() {
    const closed = answers().find((fold) => !fold.open);
    if (!closed) return show(at + 1);
    closed.open = true;
    fit();
  }

  function previous() {
    show(at - 1);
  }

  function turnLab(lab) {
    const place = lab?.querySelector(".convnet-lab-live") ?? null;
    for (const turned of place === liveLab ? [] : [liveLab, place])
      turned?.dispatchEvent(new CustomEvent("cl-big", { detail: { isSlide: true } }));
    liveLab = place;
  }

  function turnRoads() {
    withRoads = !withRoads;
    roads.setAttribute("aria-pressed", String(withRoads));
    layOut();
  }

  function turnBlack() {
    if (cover.isConnected) cover.remove();
    else document.body.append(cover);
    said.textContent = cover.isConnected ? "Black screen. B shows the slide again." : `Slide ${at + 1}`;
  }

  function grow(factor) {
    zoom = factor === 0 ? 1 : Math.min(2, Math.max(0.5, zoom * factor));
    layOut();
  }

  // In, and out.

  function rewriteHash(hash) {
    try {
      history.replaceState(history.state, "", hash || location.pathname + location.search);
    } catch {
      // In a sandboxed frame: a reload shows the page.
    }
  }

  /** The slide that an address names: its section's, if it is cut into fewer here. */
  function named(hash) {
    const name = hash.replace(/^#slide-/, "");
    const exact = slides.findIndex((slide) => slide.name === name);
    return exact >= 0 ? exact : slides.findIndex((slide) => slide.name === name.split(".")[0]);
  }

  /** A link within the page, and the browser's way back from there. */
  function follow() {
    const { hash } = location;
    if (hash.startsWith("#slide-")) return show(Math.max(0, named(hash)));
    const target = document.getElementById(decodeURIComponent(hash.slice(1).split("=")[0]));
    if (placeOf(target) < 0 && !withRoads && target?.closest(ROADS)) turnRoads();
    const place = placeOf(target);
    show(place < 0 ? at : place);
  }

  function enter() {
    const { hash } = location;
    const line = [...article.querySelectorAll("p, li, h2, h3, .cell, .convnet-lab")].find((one) => boxOf(one).bottom > 100);
    before = { scroll: scrollY, line, top: line ? boxOf(line).top : 0, hash: hash.startsWith("#slide-") ? "" : hash, block: null, folds: [...article.querySelectorAll("details")].map((fold) => [fold, fold.open]) };
    isOn = true;
    wasFull = document.fullscreenElement !== null;
    page.classList.add("is-slides");
    document.body.append(bar, said, help);
    if (!document.querySelector("link[href*='/cells.css']")) document.querySelector("script[src*='/python/page.js']")?.load();
    layOut(before.scroll > 100 ? line : article);
    if (hash.startsWith("#slide-")) show(Math.max(0, named(hash)));
    before.block = slides[at].blocks[0];
    bar.focus({ preventScroll: true });
    if (navigator.userActivation?.isActive) page.requestFullscreen?.().catch(() => {});
  }

  function leave() {
    isOn = false;
    turnLab(null);
    const [first] = slides[at].blocks;
    page.classList.remove("is-slides");
    page.style.removeProperty("--slide");
    cutter.clear();
    for (const part of [bar, said, help, cover]) part.remove();
    for (const [fold, wasOpen] of before.folds) fold.open = wasOpen;
    rewriteHash(before.hash);
    if (document.fullscreenElement) document.exitFullscreen();
    opener.focus({ preventScroll: true });
    scrollTo({ top: before.scroll, behavior: "instant" });
    if (first === before.block) scrollBy({ top: before.line ? boxOf(before.line).top - before.top : 0, behavior: "instant" });
    else first.scrollIntoView({ block: "center", behavior: "instant" });
  }

  const KEYS = {
    ArrowRight: next,
    ArrowDown: next,
    PageDown: next,
    " ": next,
    Enter: next,
    n: next,
    ArrowLeft: previous,
    ArrowUp: previous,
    PageUp: previous,
    Backspace: previous,
    Home: () => show(0),
    End: () => show(slides.length - 1),
    b: turnBlack,
    ".": turnBlack,
    s: turnRoads,
    "+": () => grow(STEP),
    "-": () => grow(1 / STEP),
    0: () => grow(0),
    "?": () => (help.hidden = !help.hidden),
    f: () => page.requestFullscreen?.().catch(() => {}),
  };
  const TEXT = "textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])";
  const TURNS = ["PageDown", "PageUp"]; // a presenter's clicker works wherever the focus is
  const ALWAYS = [...TURNS, "b", "?"];

  function hear(event) {
    const { key, target } = event;
    if (!isOn || event.ctrlKey || event.altKey || event.metaKey) return;
    const isIn = (selector) => target instanceof Element && target.closest(selector) !== null;
    if (key === "Escape" && isIn(".py-area")) return bar.focus({ preventScroll: true }); // out of the code first
    // Before the page, which has an Escape of its own; but in a cell it takes back what is being typed.
    if (key === "Escape" && !isTyping) return escape();
    if (isIn(TEXT) && !TURNS.includes(key)) return;
    const isTheirs = isIn(".cl-lab, .bd-article button, .bd-article a, summary") || (isIn(".slides-bar button, select") && [" ", "Enter", "ArrowUp", "ArrowDown"].includes(key));
    const action = event.shiftKey && key === " " ? KEYS.ArrowLeft : KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (!action || (isTheirs && !ALWAYS.includes(key)) || (liveLab && ["n", "+", "-", "0"].includes(key))) return;
    event.preventDefault();
    event.stopPropagation();
    if (cover.isConnected) turnBlack(); // what nobody sees is not turned
    else action();
  }

  const button = (textContent, onclick) => make("button", { type: "button", textContent, onclick });

  /** Escape leaves, but first what is over the slide. */
  function escape() {
    if (cover.isConnected) turnBlack();
    else if (!help.hidden) help.hidden = true;
    else leave();
  }

  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Slides");
  bar.tabIndex = -1;
  said.setAttribute("role", "status");
  list.setAttribute("aria-label", "Slide");
  cover.setAttribute("aria-label", "Show the slide again");
  roads.setAttribute("aria-pressed", "false");
  help.textContent = "Page Down, arrows or Space: on. Page Up: back. Home, End. In a lab, N: its next step. B: black. S: side roads. +, \u2212: size. F: full screen. Escape: leave.";
  bar.append(button("Back", previous), button("Next", next), list, roads, button("Keys", KEYS["?"]), button("Leave", leave));
  addEventListener("keydown", hear, true);
  document.addEventListener("cl-typing", (event) => (isTyping = event.detail !== "ends"));
  addEventListener("resize", () => isOn && layOut());
  addEventListener("hashchange", () => isOn && follow());
  // Code that one can edit is as high as it stays.
  document.head.addEventListener("load", ({ target }) => isOn && target.matches("script[src*='/cells.js']") && layOut(), true);
  document.addEventListener("fullscreenchange", () => {
    if (document.fullscreenElement !== null) wasFull = isOn;
    else if (isOn && wasFull) leave();
  });
  const sheet = make("link", { rel: "stylesheet", href: opener.dataset.style, onload: enter });
  document.head.append(sheet);
  opener.addEventListener("slides", () => isOn || enter());
}
