// Folds (<details>): a link opens the fold that it leads into, and what a reader has opened is open after a reload.
// A button above the page opens all of them, for paper too: a closed fold prints closed.

"use strict";
{
  const KEY = `folds ${location.pathname}`;
  const folds = [...document.querySelectorAll("details.fold")];

  function openUpTo(target) {
    const closed = [];
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
      if (!fold.open) closed.push(fold);
    }
    for (const fold of closed) fold.open = true;
    if (closed.length > 0) target.scrollIntoView();
  }

  /** What a fragment names; a link that was bent on its way may be no whole text. */
  function nameIn(hash) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return hash.slice(1);
    }
  }

  function follow() {
    if (location.hash.length > 1) openUpTo(document.getElementById(nameIn(location.hash)));
  }

  function keep() {
    try {
      const open = folds.flatMap((fold, place) => (fold.open ? [place] : []));
      localStorage.setItem(KEY, JSON.stringify(open));
    } catch {
      // Storage is full or forbidden: the folds work, they are only forgotten.
    }
  }

  /** The button says whether all are open, whoever opened them. */
  function unfoldAll() {
    const isOpen = () => folds.every((fold) => fold.open);
    const button = document.querySelector(".unfold-all");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isOpen()));
    button.addEventListener("click", () => {
      const open = !isOpen();
      for (const fold of folds) fold.open = open;
    });
    for (const fold of folds) fold.addEventListener("toggle", show);
    button.hidden = false;
    show();
  }

  try {
    for (const place of JSON.parse(localStorage.getItem(KEY)) ?? []) if (folds[place]) folds[place].open = true;
  } catch {
    // Likewise.
  }
  for (const fold of folds) fold.addEventListener("toggle", keep);
  addEventListener("hashchange", follow);
  unfoldAll();
  follow();
}
