// Small helpers to make elements: nothing here knows a lab.

import { plain, readNumber } from "../mirror/printing.js";

/**
 * @param {string} tag @param {Record<string, unknown>} [properties]  `class`, `text`, `on...` handlers, aria-* and attributes
 * @param {(Node | string)[]} [children]
 */
export function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An element of a drawing (SVG). @param {string} tag @param {Record<string, string | number>} [attributes] @param {(Node | string)[]} [children] */
export function shape(tag, attributes = {}, children = []) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** @param {Element} element @param {Record<string, string | number>} attributes */
export function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** A push button. @param {string} text @param {() => void} onclick @param {object} [properties] */
export function button(text, onclick, properties = {}) {
  return make("button", { type: "button", class: "cl-button", text, onclick, ...properties });
}

/** A labelled check box; `show(checked)` sets it. */
export function checkbox(text, onchange) {
  const input = make("input", { type: "checkbox", onchange: () => onchange(input.checked) });
  const element = make("label", { class: "cl-check" }, [input, make("span", { text })]);
  return { element, show: (checked) => (input.checked = checked) };
}

/** A labelled list to choose from. @param {string} text @param {[value: string, label: string][]} options */
export function choice(text, options, onchange) {
  const select = make("select", { class: "cl-select", onchange: () => onchange(select.value) });
  for (const [value, label] of options) select.append(make("option", { value, text: label }));
  const element = make("label", { class: "cl-field" }, [make("span", { text }), select]);
  return { element, show: (value) => (select.value = value) };
}

/**
 * A labelled box for a number. What is typed takes effect as soon as it is one; what is none, or is
 * refused in the end, gives way to the number from before. So does all with Escape. "cl-typing" events tell
 * the lab from when to when, so that it speaks once.
 * @param {string} text
 * @param {(value: number) => string | null | void} onchange  may answer why it refuses
 * @param {(reason: string) => void} [refuse]  hears the reason once the reader is done typing
 */
export function numberBox(text, onchange, refuse = () => {}) {
  const input = make("input", { type: "text", class: "cl-number", inputmode: "text", autocomplete: "off" });
  let [known, shown] = [0, ""];
  let began = null; // the number before the typing
  const typing = (detail) => input.dispatchEvent(new CustomEvent("cl-typing", { bubbles: true, detail }));
  const attempt = () => {
    const value = readNumber(input.value);
    return value === null ? "Type a number: 5, -0.5 or 1/9" : (onchange(value) ?? null);
  };
  const type = () => {
    if (began === null) {
      began = known;
      typing(true);
    }
    attempt();
  };
  const settle = (reason) => {
    if (began === null) return;
    const before = began;
    began = null;
    if (reason !== null && before !== known) onchange(before);
    input.value = shown;
    typing(false);
    if (reason) refuse(`${reason.replace(/\.$/, "")}. It stays at ${shown}.`);
  };
  const finish = () => settle(input.value === shown ? null : attempt());
  input.addEventListener("input", type);
  for (const event of ["change", "blur"]) input.addEventListener(event, finish);
  input.addEventListener("keydown", ({ key }) => key === "Escape" && settle(""));
  const caption = make("span", { text });
  const element = make("label", { class: "cl-field" }, [caption, input]);
  /** Leaves alone what is being typed, as long as it means the same number. */
  const show = (value) => {
    [known, shown] = [value, plain(value)];
    const isTyping = document.activeElement === input;
    if (!isTyping) input.value = shown;
  };
  return { element, input, caption, show };
}

/** A labelled slider. */
export function slider(text, { min, max, step = 1 }, oninput) {
  const input = make("input", { type: "range", class: "cl-slider", min, max, step });
  input.addEventListener("input", () => oninput(input.valueAsNumber));
  const caption = make("span", { text });
  const element = make("label", { class: "cl-field cl-field-slider" }, [caption, input]);
  return { element, input, caption, show: (value) => (input.value = value) };
}
