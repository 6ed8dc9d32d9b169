// Small helpers to make elements: nothing here knows a lab.

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

/** A labelled number; `onchange` hears only whole entries that are numbers. */
export function numberBox(text, { min, max, step = "any" }, onchange) {
  const input = make("input", { type: "number", class: "cl-number", min, max, step });
  input.addEventListener("input", () => {
    if (input.value !== "" && Number.isFinite(input.valueAsNumber)) onchange(input.valueAsNumber);
  });
  const caption = make("span", { text });
  const element = make("label", { class: "cl-field" }, [caption, input]);
  const show = (value) => {
    if (input.valueAsNumber !== value) input.value = value;
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
