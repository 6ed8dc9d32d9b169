// The whole net at once: every map of every layer. Who chooses one has it taken apart below.

import { make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { mapOf, STAGES } from "./brain.js";
import { chosenOf } from "./derived.js";
import { fullOf, inColours } from "../kit/paint.js";
import { smallMap } from "../kit/small_map.js";
import { mapName, stageName } from "./words.js";

let groups = 0;

/** @param {HTMLElement} parent */
export function wholeNet(parent, store) {
  groups += 1;
  const name = `digits-map-${groups}`;
  const choose = (layer, feature) => store.set({ layer, feature }, { undoable: false });
  const rows = STAGES.map((stage) => stageRow(stage, name, choose));
  const element = make(
    "div",
    { class: "cl-digits-net", role: "group", "aria-label": "Maps of the net" },
    rows.map((row) => row.element),
  );
  sets({ layer: element });
  parent.append(element);
  const update = (state, now) => {
    const { stage, feature } = chosenOf(state);
    for (const row of rows) row.update(now, row.stage === stage ? feature : -1);
  };
  return { update };
}

/** @param {import("./brain.js").Stage} stage */
function stageRow(stage, name, choose) {
  const maps = Array.from({ length: stage.maps }, (_, feature) =>
    mapChoice(stage, feature, `${name}-${stage.key}`, choose),
  );
  const list = make(
    "div",
    { class: `cl-digits-maps cl-digits-of-${stage.maps}`, role: "radiogroup", "aria-label": stageName(stage) },
    maps.map((map) => map.element),
  );
  const element = make("div", { class: `cl-digits-stage cl-digits-${stage.key}` }, [
    make("p", { class: "cl-caption", text: stageName(stage) }),
    list,
  ]);
  const update = (now, chosen) => {
    const painter = inColours(fullOf(now.layers[stage.key])); // one scale for a layer: a pale map has found little
    maps.forEach((map, feature) => map.update(mapOf(now, stage, feature), painter, feature === chosen));
  };
  return { stage, element, update };
}

function mapChoice(stage, feature, name, choose) {
  const input = make("input", { type: "radio", name, "aria-label": mapName(stage, feature) });
  input.addEventListener("change", () => choose(stage.key, feature));
  const map = smallMap();
  const isVote = stage.key === "votes";
  const element = make("label", { class: "cl-digits-choice", title: mapName(stage, feature) }, [
    input,
    map.element,
    ...(isVote ? [make("span", { text: String(feature) })] : []),
  ]);
  const update = (values, painter, isChosen) => {
    map.draw(values, stage.side, painter);
    if (input.checked !== isChosen) input.checked = isChosen;
  };
  return { element, update };
}
