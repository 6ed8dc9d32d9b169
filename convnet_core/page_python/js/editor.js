// The code of a cell as an editor: a textarea, and behind it, in step, the page's own text in colours.

import { make } from "./make.js";

const WORDS = new Set(
  (
    "False None True and as assert break class continue def del elif else except finally for from global if import in is " +
    "lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);
const OFTEN = new Set("abs enumerate float int len list max min print range round sorted str sum tuple zip".split(" "));
const PART =
  /(#.*)|([rbf]*(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(\b\d[\d_.]*(?:e[+-]?\d+)?)|([A-Za-z_]\w*)/g;
const INDENT = "    ";

/**
 * Puts a textarea over `pre`.
 * @param {HTMLElement} pre @param {string} label  what a screen reader calls it
 * @param {{ oninput: () => void, onrun: () => void }} on
 */
export function editor(pre, label, { oninput, onrun }) {
  const area = make("textarea", { className: "py-area", spellcheck: false, autocapitalize: "off", autocomplete: "off" });
  for (const [name, value] of Object.entries({ "aria-label": label, autocorrect: "off", wrap: "off" }))
    area.setAttribute(name, value);
  area.value = pre.textContent.trimEnd();
  area.setSelectionRange(0, 0); // else the first focus scrolls to the end
  const box = make("div", { className: "py-edit" });
  pre.before(box);
  box.append(pre, area);
  pre.setAttribute("aria-hidden", "true");
  const show = () => {
    paint(pre, area.value);
    mark(0);
  };
  /** Shows where a line is that went wrong; 0: nowhere. @param {number} line  from 1 */
  const mark = (line) => {
    box.classList.toggle("has-mark", line > 0);
    box.style.setProperty("--line", String(line - 1));
    area.setAttribute("aria-invalid", String(line > 0));
  };
  /** What was kept: nobody has typed it, and it need not be written down. @param {string} text */
  const set = (text) => {
    area.value = text;
    show();
  };
  /** As if it were typed over all: the browser's own Undo takes it back. @param {string} text */
  const replace = (text) => {
    area.focus({ preventScroll: true });
    area.select();
    type(text);
  };
  area.addEventListener("input", () => {
    show();
    oninput();
  });
  hearKeys(area, onrun);
  return { area, set, replace, mark, text: () => area.value };
}

/** @param {HTMLElement} pre @param {string} text */
function paint(pre, text) {
  pre.replaceChildren();
  let at = 0;
  let before = ""; // the word before
  for (const { 0: part, 1: comment, 2: quoted, 3: number, 4: word, index } of text.matchAll(PART)) {
    pre.append(text.slice(at, index));
    at = index + part.length;
    const kind = comment ? "c1" : quoted ? "s2" : number ? "mi" : before === "def" ? "nf" : kindOf(word);
    before = word;
    pre.append(kind ? make("span", { className: kind, textContent: part }) : part);
  }
  pre.append(`${text.slice(at)}\n`);
}

/** @param {string} word */
const kindOf = (word) => (WORDS.has(word) ? "k" : OFTEN.has(word) ? "nb" : "");

/** Tab, Enter and Backspace as code wants them. Who only passes by with Tab goes on, and Escape, then Tab, leaves. @param {HTMLTextAreaElement} area @param {() => void} onrun */
function hearKeys(area, onrun) {
  let isLeaving = false;
  let isPointed = false;
  area.addEventListener("pointerdown", () => (isPointed = true));
  area.addEventListener("focus", () => (isLeaving = !isPointed));
  area.addEventListener("blur", () => {
    isPointed = false;
    area.parentElement.scrollLeft = 0; // lines are read from their start
  });
  area.addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, altKey, metaKey, isComposing } = event;
    if (key === "Shift" || isComposing) return;
    const wasLeaving = isLeaving;
    isLeaving = key === "Escape";
    if (key === "Enter" && (ctrlKey || metaKey || shiftKey)) onrun();
    else if (ctrlKey || altKey || metaKey) return;
    else if (key === "Tab" && !wasLeaving) indent(area, shiftKey);
    else if (key === "Enter") breakLine(area);
    else if (key !== "Backspace" || !takeIndent(area)) return;
    event.preventDefault();
  });
}

/** Types in a way that the browser's own Undo takes back. @param {string} text */
function type(text) {
  document.execCommand(text ? "insertText" : "delete", false, text);
}

/** Where the cursor's line begins, and what of it stands before the cursor. @param {HTMLTextAreaElement} area */
function lineOf({ value, selectionStart }) {
  const head = value.lastIndexOf("\n", selectionStart - 1) + 1;
  return { head, before: value.slice(head, selectionStart) };
}

/** @param {HTMLTextAreaElement} area @param {boolean} isBack */
function indent(area, isBack) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  if (start === end && !isBack) return type(INDENT);
  const { head } = lineOf(area);
  const tail = start === end && value.indexOf("\n", end) >= 0 ? value.indexOf("\n", end) : start === end ? value.length : end;
  const lines = value.slice(head, tail);
  const moved = isBack ? lines.replace(/^ {1,4}/gm, "") : lines.replace(/^(?=.)/gm, INDENT);
  if (moved === lines) return;
  area.setSelectionRange(head, tail);
  type(moved);
  if (start === end) area.setSelectionRange(Math.max(head, start - lines.length + moved.length), area.selectionEnd);
  else area.setSelectionRange(head, head + moved.length);
}

/** @param {HTMLTextAreaElement} area */
function breakLine(area) {
  const { before } = lineOf(area);
  type(`\n${before.match(/^ */)[0]}${/:\s*(#.*)?$/.test(before) ? INDENT : ""}`);
}

/** Takes an indent back at once; false where there is none. @param {HTMLTextAreaElement} area */
function takeIndent(area) {
  const { selectionStart: start, selectionEnd: end } = area;
  const { before } = lineOf(area);
  if (start !== end || !/^ +$/.test(before)) return false;
  area.setSelectionRange(start - ((before.length - 1) % INDENT.length) - 1, start);
  type("");
  return true;
}
