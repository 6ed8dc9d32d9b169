// Small helpers to make elements: nothing here knows a lab.

/**
 * What `make` takes: `class`, `text`, `on...` handlers, and attributes; none where it is null, undefined or false.
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Properties
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Properties} [properties] @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = String(value);
    else if (name === "text") element.textContent = String(value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element of a drawing (SVG).
 * @param {string} tag @param {Record<string, string | number>} [attributes] @param {(Node | string)[]} [children]
 * @returns {SVGElement}
 */
export function shape(tag, attributes = {}, children = []) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  setAll(element, attributes);
  element.append(...children);
  return element;
}

/** @param {Element} element @param {Record<string, string | number>} attributes */
export function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/**
 * Writes a text where another one stands: into the same node. Where a node comes and goes, the browser asks anew for every
 * style that knows `:has`, up to the page itself.
 * @param {Element} element @param {string} text
 */
export function write(element, text) {
  const node = element.firstChild;
  if (text !== "" && node instanceof Text && node === element.lastChild) {
    if (node.data !== text) node.data = text;
  } else if (element.textContent !== text) element.textContent = text;
}

/** What a style sheet counts with: `--name`, as a number. @param {HTMLElement} element @param {number} value */
export function setVariable(element, name, value) {
  element.style.setProperty(name, String(value));
}

/** Whether keys and pastes belong to the text that is typed there. @param {EventTarget} target */
export function isTextField(target) {
  const others = ["range", "checkbox", "radio", "button", "file"].map((type) => `:not([type=${type}])`).join("");
  return target instanceof HTMLElement && (target.matches(`input${others}, textarea`) || target.isContentEditable);
}

/** A push button. @param {string} text @param {() => void} onclick @param {Properties} [properties] */
export function button(text, onclick, properties = {}) {
  return make("button", { type: "button", class: "cl-button", text, onclick, ...properties });
}

/**
 * Whether a button has anything to do, and in words why not: it keeps its place and the focus, and may be pressed to be
 * told so.
 * @param {HTMLElement} control @param {string | null} reason  null: it is ready
 */
export function setReady(control, reason) {
  control.setAttribute("aria-disabled", String(reason !== null));
  if (reason === null) control.removeAttribute("title");
  else control.title = reason; // which is its description, too
}

/** A labelled check box; `show(checked)` sets it. @param {string} text @param {(checked: boolean) => void} onchange */
export function checkbox(text, onchange) {
  const input = make("input", { type: "checkbox", onchange: () => onchange(input.checked) });
  const element = make("label", { class: "cl-check" }, [input, make("span", { text })]);
  return { element, show: (/** @type {boolean} */ checked) => (input.checked = checked) };
}

/**
 * A labelled list to choose from.
 * @param {string} text @param {(readonly string[])[]} options  value and label of each
 * @param {(value: string) => void} onchange
 */
export function choice(text, options, onchange) {
  const select = make("select", { class: "cl-select", onchange: () => onchange(select.value) });
  const entries = new Map(options.map(([value, label]) => [value, make("option", { value, text: label })]));
  select.append(...entries.values());
  const element = make("label", { class: "cl-field" }, [make("span", { text }), select]);
  /** An option that tells, and can't be chosen. @param {string} value */
  const disable = (value) => (entries.get(value).disabled = true);
  return { element, select, disable, show: (/** @type {string} */ value) => (select.value = value) };
}

/**
 * A labelled box for an answer, which counts when the reader hands it in: by Enter, or by the button.
 * @param {string} text @param {(text: string) => void} onanswer @param {Node[]} [more]  other buttons beside it
 */
export function answerBox(text, onanswer, more = []) {
  const input = make("input", { type: "text", class: "cl-number", inputmode: "text", autocomplete: "off" });
  const answer = () => onanswer(input.value);
  // No form: in a frame that may submit none, it would do nothing.
  input.addEventListener("keydown", ({ key, isComposing }) => key === "Enter" && !isComposing && answer());
  const element = make("div", { class: "cl-guess-form" }, [
    make("label", { class: "cl-field" }, [make("span", { text }), input]),
    button("Check", answer, { class: "cl-button cl-primary" }),
    ...more,
  ]);
  return { element, input };
}

/**
 * A labelled slider.
 * @param {string} text @param {{ min: number, max: number, step?: number }} range
 * @param {(value: number) => void} oninput
 */
export function slider(text, { min, max, step = 1 }, oninput) {
  const input = make("input", { type: "range", class: "cl-slider", min, max, step });
  input.addEventListener("input", () => oninput(input.valueAsNumber));
  const caption = make("span", { text });
  const element = make("label", { class: "cl-field cl-field-slider" }, [caption, input]);
  return { element, input, caption, show: (/** @type {number} */ value) => (input.value = String(value)) };
}

/**
 * Which of the cells that an element is divided into lies under a pointer, or is the nearest to it.
 * @param {{ clientX: number, clientY: number }} event @param {Element} element @param {number} rows @param {number} columns
 */
export function cellUnder({ clientX, clientY }, element, rows, columns) {
  const { top, left, width, height } = element.getBoundingClientRect();
  const at = (/** @type {number} */ share, /** @type {number} */ count) =>
    Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  return { row: at((clientY - top) / height, rows), column: at((clientX - left) / width, columns) };
}

/** A controller that ends with `signal`, or before it. @param {AbortSignal} signal */
export function endingWith(signal) {
  const ended = new AbortController();
  signal.addEventListener("abort", () => ended.abort(), { signal: ended.signal });
  return ended;
}
