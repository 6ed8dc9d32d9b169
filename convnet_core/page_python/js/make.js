// Makes elements, and finds what a cell is called.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, any>} [properties]  of the element, or attributes that are no property
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && name !== "role") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** @param {string} text @param {() => void} onclick */
export const button = (text, onclick) =>
  make("button", { type: "button", className: "py-button", textContent: text, onclick });

/** The words of the heading that an element stands under. @param {Element} element */
export function headingOf(element) {
  const heading = element.closest("section")?.querySelector("h1, h2, h3, h4, h5, h6");
  return heading?.firstChild?.textContent ?? "";
}
