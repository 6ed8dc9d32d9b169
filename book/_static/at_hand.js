// The lab at hand: pinned beside the text where there is room, else a jump away, with a way back.

"use strict";
{
  const WIDE = matchMedia("(min-width: 1200px)");
  const KEY = "lab beside the text";
  const labs = [...document.querySelectorAll(".convnet-lab")];
  const place = document.createElement("div"); // stands in the text where the pinned lab was
  const bar = document.createElement("div");
  const hand = bar.appendChild(button("", press));
  const back = bar.appendChild(button("Back to where you were", goBack));
  let pinned = null;
  let left = null; // the line that the reader left, and how far down the screen it was
  let leftBy = hand; // what led them away

  function button(text, onclick) {
    const element = Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick });
    element.className = "at-hand-button";
    return element;
  }

  /** The lab that the text on the screen speaks of: the last one that began above it, else the page's first. */
  function labOfText() {
    const open = labs.filter((lab) => lab !== pinned && !lab.closest("details:not([open])"));
    const above = open.filter((lab) => lab.getBoundingClientRect().top < innerHeight / 2);
    return above[above.length - 1] ?? labs[0];
  }

  function isInSight(lab) {
    const { top, bottom } = lab.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }

  const top = (element) => element.getBoundingClientRect().top;

  /** The first line of the text on the screen, and how far down it stands; where there is none, the page's own. */
  function lineRead() {
    const isRead = (line) => !line.closest(".convnet-lab, .at-hand-place") && top(line) > 60 && top(line) < innerHeight;
    const line = [...document.querySelectorAll(".bd-article :is(p, li, pre, h2, h3, svg)")].find(isRead);
    return { line, before: top(line ?? document.documentElement) };
  }

  /** How far the screen is from what was read there, whatever has changed above it since. */
  const awayFrom = ({ line, before }) => top(line ?? document.documentElement) - before;

  /** What the reader is reading stays where it is on the screen, whatever changes above it; else the lab's place does. */
  function steadily(change) {
    const read = lineRead();
    const lab = pinned;
    change();
    if (read.line) scrollBy({ top: awayFrom(read), behavior: "instant" });
    else (lab ?? place).scrollIntoView({ block: lab ? "start" : "center", behavior: "instant" });
  }

  function press() {
    const lab = pinned ?? labOfText();
    const isOut = pinned && document.activeElement === hand; // the lab may be far from here: the focus stays
    if (pinned) steadily(unpin);
    else if (WIDE.matches) steadily(() => pin(lab));
    else jumpTo(lab);
    if (WIDE.matches && !isOut) lab.focus({ preventScroll: true });
    remember(pinned !== null);
    show();
  }

  function pin(lab) {
    lab.before(place);
    lab.classList.add("is-pinned");
    document.documentElement.classList.add("has-pinned-lab");
    // In the narrower text more code is wider than its box: a keyboard must get to what it hides.
    for (const code of document.querySelectorAll("pre:not([aria-hidden])")) if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
    lab.tabIndex = -1; // a link to the lab leads there, where a keyboard goes on
    lab.setAttribute("role", "group");
    lab.setAttribute("aria-label", "Lab beside the text");
    pinned = lab;
  }

  function unpin() {
    pinned.classList.remove("is-pinned");
    for (const name of ["role", "aria-label"]) pinned.removeAttribute(name);
    document.documentElement.classList.remove("has-pinned-lab");
    place.remove();
    pinned = null;
  }

  function jumpTo(lab) {
    [left, leftBy] = [lineRead(), hand];
    lab.scrollIntoView();
  }

  function goBack() {
    scrollBy(0, awayFrom(left));
    left = null;
    show();
    leftBy.focus({ preventScroll: true });
  }

  /** A link into a lab, from the text: where it is pinned, it is there already. */
  function followed(event) {
    const link = event.target.closest("a[href^='#lab-']");
    const lab = link && labs.find(({ id }) => `#${id}` === link.getAttribute("href").split("=")[0]);
    if (!lab || lab.contains(link)) return;
    if (lab === pinned) {
      event.preventDefault();
      pinned.focus();
    } else [left, leftBy] = [lineRead(), link];
    show();
  }

  function show() {
    const isLabInSight = !pinned && isInSight(labOfText());
    hand.textContent = pinned ? "Put the lab back into the text" : WIDE.matches ? "Lab beside the text" : "To the lab";
    hand.hidden = isLabInSight && !WIDE.matches;
    back.hidden = left === null || Math.abs(awayFrom(left)) < innerHeight / 2;
  }

  function remember(isPinned) {
    try {
      localStorage.setItem(KEY, String(isPinned));
    } catch {
      // Storage is full or forbidden: the next page starts without.
    }
  }

  function wasPinned() {
    try {
      return localStorage.getItem(KEY) === "true";
    } catch {
      return false;
    }
  }

  if (labs.length > 0) {
    place.className = "at-hand-place";
    place.append("The lab is pinned at the right. ", button("Put it back", press));
    bar.className = "at-hand";
    // At the start of the text: a keyboard need not pass all of it.
    (document.querySelector(".bd-main") ?? document.body).prepend(bar);
    document.addEventListener("click", followed);
    addEventListener("scroll", show, { passive: true });
    for (const fold of document.querySelectorAll("details.fold")) {
      fold.addEventListener("toggle", () => {
        if (!fold.open && fold.contains(pinned)) unpin(); // what is folded is not in sight, wherever it is pinned
        show();
      });
    }
    WIDE.addEventListener("change", () => {
      if (pinned && !WIDE.matches) unpin();
      show();
    });
    if (WIDE.matches && wasPinned()) pin(labs[0]);
    show();
  }
}
