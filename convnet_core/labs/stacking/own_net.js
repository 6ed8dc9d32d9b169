// The box for a net of the reader's own, as text.

import { button, make } from "../kit/dom.js";
import { LineError } from "./json_lines.js";
import { readNet, writeNet } from "./net_text.js";

/**
 * The box where a net is pasted, and the lab as the place to drop a file with one.
 * @param {HTMLElement} parent
 * @param {{ store: any, take: (blocks: object[]) => string | null, say: (text: string) => void,
 *           refuse: (text: string) => void, signal: AbortSignal }} lab
 *   `take` puts blocks into the state, or says why not
 */
export function ownNet(parent, { store, take, say, refuse, signal }) {
  const { area, fault, element: box } = textBox(signal);
  const tell = (text) => {
    fault.textContent = text;
    area.setAttribute("aria-invalid", String(text !== ""));
    if (text) refuse(`${text} The stack stays as it was.`);
  };
  const use = () => {
    try {
      const reason = take(readNet(area.value, store.rule("blocks")));
      tell(reason === null ? "" : `${reason}.`);
    } catch (problem) {
      if (!(problem instanceof LineError)) throw problem;
      tell(problem.message);
      mark(area, problem.line);
    }
  };
  const write = () => {
    area.value = writeNet(store.state.blocks);
    tell("");
    say("The stack stands in the box, as text.");
  };
  const tools = [button("Use this net", use), button("Write the stack here", write)];
  const details = folded([box, make("div", { class: "cl-buttons" }, tools), fault]);
  details.addEventListener("toggle", () => details.open && area.value === "" && write(), { signal });
  parent.append(details);
  /** Of a dropped file. @param {string} text */
  const read = (text) => {
    details.open = true;
    area.value = text;
    use();
  };
  return { read };
}

/** @param {AbortSignal} signal */
function textBox(signal) {
  const about = { class: "cl-net-text", rows: 10, spellcheck: "false", autocapitalize: "off" };
  const area = /** @type {HTMLTextAreaElement} */ (make("textarea", about));
  // In the box, Ctrl+Z belongs to the typed text.
  area.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
  const name = make("span", { text: "A net as JSON, a layer on each line" });
  const element = make("label", { class: "cl-net-label" }, [name, area]);
  return { area, fault: make("p", { class: "cl-net-fault" }), element };
}

/** @param {HTMLElement[]} parts */
function folded(parts) {
  const summary = make("summary", { text: "A net of your own" });
  const note = make("p", { class: "cl-note", text: "Paste a net, change a number, or drop a text file on the lab." });
  return /** @type {HTMLDetailsElement} */ (make("details", { class: "cl-net" }, [summary, note, ...parts]));
}

/** Selects a line of a text area, without taking the focus there. */
function mark(area, line) {
  const lines = area.value.split("\n");
  const from = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  // Once the press is over: a browser may first put back what was selected before it.
  setTimeout(() => area.setSelectionRange(from, from + lines[line - 1].length));
}
