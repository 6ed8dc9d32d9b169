// A chapter as slides, on its own page. What is not on a slide is out of sight, and nothing is moved or copied: labs and code
// stay alive. Sections are cut at headings, and long ones so that each slide fits the screen. Comes on demand (start.js).

"use strict";
{
  const SHARE = 0.0355; // of the window's height: the type of the text
  const NARROWEST = 30; // of its letters, at least, that a window is wide
  const LEAST = 0.62; // of that type: how small code, tables and what is printed may become, to be whole
  const THROUGH = "section, .cell:not(.py-live), .cell_output, details.side-road, .text_html, .docutils.container:not(.py-live)";
  const LEFT_OUT = "script, style, link, .headerlink, .pipeline, .route-here, .route-next, .at-hand-place";
  const ROADS = "details.side-road, details.solution, details.note, details.hide:not(.below-input)";
  const FOLD = "details.fold, details.below-input"; // that holds an answer, or what code prints
  const WHOLE = "pre, table, svg, .figure-box, [class*=highlight], math, .math, p, summary, h1, h2, h3, h4";
  const LEAST_FIGURE = 0.3; // of the window's height
  const LOOSE = 1.07; // what a slide may hold, for which its type gets smaller
  const FITS = ["--fitting", "--figure", "--window"];
  const TIGHT = 0.86;
  const STEP = 1.1;

  const page = document.documentElement;
  const opener = document.querySelector("[data-slides]");
  const article = document.querySelector(".bd-article");
  const bar = make("div", { className: "slides-bar" });
  const list = make("select", { onchange: () => show(list.selectedIndex) });
  const roads = make("button", { type: "button", textContent: "Side roads", onclick: () => turnRoads() });
  const said = make("p", { className: "said slides-said" });
  const cover = make("button", { type: "button", className: "slides-black", onclick: () => turnBlack() });
  const help = make("p", { className: "slides-help", hidden: true });

  /** @typedef {{ blocks: Element[], top: number, bottom: number, from: number, window?: number, lab: Element | null, name: string, title: string }} Slide */
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

  function showAll() {
    for (const part of article.querySelectorAll(".slide-off")) part.classList.remove("slide-off");
  }

  // Cutting.

  const isHeading = (element) => element.matches("h1, h2, h3, h4") || (element.matches("summary") && element.querySelector("h2, h3") !== null);
  const isLab = (element) => element.matches(".convnet-lab");
  const boxOf = (element) => element.getBoundingClientRect();
  const lineOf = (element) => parseFloat(getComputedStyle(element.querySelector("pre") ?? element).lineHeight) || 40;

  /** What a slide is made of, in its order; whatever is met on the way can be put out of sight. */
  function* piecesOf(element) {
    for (const child of element.children) {
      switched.add(child);
      if (child.matches(LEFT_OUT) || (!withRoads && child.matches(ROADS))) continue;
      if (child.matches(".cell_input") && child.parentElement.querySelector(".convnet-lab")) continue;
      if (isLab(child)) yield child;
      else if (child.matches(THROUGH) || child.querySelector(".convnet-lab")) yield* piecesOf(child);
      else if (child.getClientRects().length > 0) yield child;
    }
  }

  /** Each piece no higher than `room`: in its own pieces, in smaller type, or as a window that moves on by whole lines. */
  function* fitting(piece, room) {
    if (isLab(piece)) yield { piece, from: 0 };
    else if (shrunk(piece, room)) yield { piece, from: 0 };
    else if (!piece.matches(WHOLE) && piece.children.length > 0) {
      for (const child of piece.children) {
        switched.add(child);
        if (child.getClientRects().length > 0 && !child.matches(LEFT_OUT)) yield* fitting(child, room);
      }
    } else yield* windowsOf(piece, room);
  }

  /** Whether a piece fits, in smaller type if need be: only what is read letter by letter may get smaller. */
  function shrunk(piece, room) {
    if (boxOf(piece).height <= room) return true;
    if (piece.matches(".figure-box")) return room > innerHeight * LEAST_FIGURE && drawn(piece, room);
    if (!piece.querySelector("pre, table") && !piece.matches("pre, table")) return false;
    for (let share = 0.95; share >= LEAST; share -= 0.05) {
      piece.style.setProperty("--fitting", String(share));
      if (boxOf(piece).height <= room) return true;
    }
    return false;
  }

  /** A figure as high as there is room, in the unit of the type: so it gets smaller with it. */
  function drawn(figure, room) {
    for (let high = room / type() - 1; high > 5; high -= 0.5) {
      figure.style.setProperty("--figure", `${high}rem`);
      if (boxOf(figure).height <= room) return true;
    }
    return false;
  }

  /** By whole lines: the first window ends behind one, the next begins there. */
  function* windowsOf(piece, room) {
    const line = lineOf(piece);
    const high = piece.scrollHeight;
    const above = aboveLines(piece);
    const step = Math.max(1, Math.floor((room - above) / line)) * line;
    const last = high - Math.max(above, line / 2); // as much stands below the last line as above the first
    piece.classList.add("slide-window");
    for (let from = 0, end = above + step; from < last; from = end, end += step) yield { piece, from, window: (end < last ? end : high) - from };
  }

  /** What stands above the first line of code: paddings and borders. */
  function aboveLines(piece) {
    const code = piece.querySelector("pre");
    return code ? boxOf(code).top - boxOf(piece).top + parseFloat(getComputedStyle(code).paddingTop) + 1 : 0;
  }

  /** What is wider than its box is printed smaller. */
  function narrow(piece) {
    for (const wide of [piece, ...piece.querySelectorAll("pre, .pst-scrollable-table-container, .math, .output, table")]) {
      if (wide.clientWidth > 0 && wide.scrollWidth > wide.clientWidth + 1) {
        const share = Math.max(0.5, (wide.clientWidth / wide.scrollWidth) * 0.98);
        piece.style.setProperty("--fitting", String(share));
      }
    }
  }

  function cut() {
    const room = innerHeight - barHeight() - 2.4 * type();
    const main = article.querySelector("section");
    showAll();
    switched = new Set();
    const pieces = [...piecesOf(main)];
    for (const piece of pieces) {
      for (const name of FITS) piece.style.removeProperty(name);
      piece.classList.remove("slide-window");
    }
    for (const element of switched) element.classList.toggle("slide-off", !pieces.some((piece) => element.contains(piece) || piece.contains(element)));
    for (const piece of pieces) if (!isLab(piece)) narrow(piece);
    const parts = pieces.flatMap((piece) => [...fitting(piece, room - 4.5 * type())]);
    slides = packed(parts, room);
    nameAll();
  }

  /** Part by part, as long as there is room, each heading on a slide with what it is of. */
  function packed(parts, room) {
    /** @type {Slide[]} */
    const found = [];
    for (const { piece, from, window } of parts) {
      const last = found.at(-1);
      if (last && !isLab(piece) && from === 0) squeeze(piece, last, room);
      const { bottom } = boxOf(piece);
      const isBare = last?.blocks.every((block) => isHeading(block)) ?? false;
      const isFull = !last || last.lab || bottom - last.top > room * LOOSE || last.blocks.includes(piece) || last.from > 0;
      if (isLab(piece) && isBare) Object.assign(last, { blocks: [...last.blocks, piece], lab: piece });
      else if (last && !isLab(piece) && (isBare || (!isFull && !isHeading(piece)))) Object.assign(last, { blocks: [...last.blocks, piece], bottom });
      else {
        const blocks = [...announcing(last, piece, bottom, room), piece];
        found.push({ blocks, top: boxOf(blocks[0]).top, bottom, from, window, lab: isLab(piece) ? piece : null, name: "", title: "" });
      }
      if (window) Object.assign(found.at(-1), { from, window });
    }
    return found;
  }

  /** What only just doesn't fit beside a few lines does so in smaller type. */
  function squeeze(piece, last, room) {
    const left = room - (boxOf(piece).top - last.top);
    const isShort = boxOf(piece).top - last.top < room / 2;
    if (!isShort || last.lab || last.from > 0) return;
    const was = FITS.map((name) => [name, piece.style.getPropertyValue(name)]);
    if (!shrunk(piece, left)) for (const [name, value] of was) piece.style.setProperty(name, value);
  }

  /** A sentence that ends with a colon goes with what it announces. */
  function announcing(last, piece, bottom, room) {
    const line = last?.blocks.at(-1);
    const isAnnounced = last && !last.lab && !isLab(piece) && !isHeading(piece) && line.matches("p") && /:\s*$/.test(line.textContent);
    if (!isAnnounced || last.blocks.length < 3 || bottom - boxOf(line).top > room) return [];
    last.blocks.pop();
    return [line];
  }

  /** Each slide bears its section's name in the address, and its heading in the list. */
  function nameAll() {
    const counts = new Map();
    for (const slide of slides) {
      const section = slide.blocks[0].closest("section[id]");
      const count = (counts.get(section.id) ?? 0) + 1;
      counts.set(section.id, count);
      const heading = section.querySelector("h1, h2, h3");
      const title = [...(heading?.childNodes ?? [])].filter((node) => !(node instanceof Element && node.matches(".headerlink")));
      slide.name = count === 1 ? section.id : `${section.id}.${count}`;
      slide.title = title.map((node) => node.textContent).join("").trim() + (count === 1 ? "" : ` (${count})`);
    }
    list.replaceChildren(...slides.map(({ title }, place) => make("option", { textContent: `${place + 1} of ${slides.length}: ${title}` })));
  }

  // Showing.

  const type = () => Math.max(16, Math.min(innerHeight * SHARE, innerWidth / NARROWEST)) * zoom;
  const barHeight = () => bar.offsetHeight;
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
    cut();
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
    showAll();
    for (const element of switched) {
      element.classList.remove("slide-window");
      for (const name of FITS) element.style?.removeProperty(name);
    }
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
