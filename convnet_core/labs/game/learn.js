// Learn: knobs, the button, how far it is, the curve, and a table of what has been tried.

import { button, make, write } from "../kit/dom.js";
import { progressBar } from "../kit/gate.js";
import { sets } from "../kit/locks.js";
import { curve } from "./curve.js";
import { knobs } from "./knobs.js";
import { fits, merits } from "./runs.js";
import { counted, GAME_NAMES, runText, settingsText, shortMerit } from "./words.js";

const NOTE = "What has been learned lives in this page alone. A link keeps the settings: the same settings and seed come to the same net again.";
const LEARN = "Let it learn";

/** @param {import("../kit/store.js").Store} store @param {import("./session.js").Session} session */
export function learnTab(store, session) {
  const settings = knobs(store);
  const press = button(LEARN, () => session.press(), { class: "cl-button cl-primary" });
  const again = button("Begin again", () => session.again(), { title: "From other random weights" });
  sets({ seed: again });
  const bar = progressBar("Steps played");
  const account = make("p", { class: "cl-game-account" });
  const drawing = curve();
  const table = triedTable();
  const element = make("div", {}, [
    settings.element,
    make("div", { class: "cl-buttons cl-game-run" }, [press, again, bar]),
    account,
    drawing.element,
    table.element,
    make("p", { class: "cl-note", text: NOTE }),
  ]);
  const update = (state) => {
    const run = session.of(state);
    settings.update(state);
    write(press, session.isOn ? "Stop" : session.canGoOn(state) ? "Go on" : LEARN);
    again.hidden = run === null;
    bar.value = run ? session.share : 0;
    bar.hidden = run === null;
    write(account, runText(run, session.isOn, fits(run, state)));
    const earlier = session.tried.find(({ settings: { game } }) => game === state.game) ?? null;
    drawing.update(state, store.presets.baselines, run, earlier);
    table.update([session.run, ...session.tried].filter((one) => one?.snapshots.length > 1));
  };
  return { element, update };
}

/** What has been tried, the last first. */
function triedTable() {
  const body = make("tbody");
  const heads = ["Game", "Settings", "Steps", "Best", "Last"].map((text) => make("th", { scope: "col", text }));
  const caption = make("caption", { text: "What you have tried" });
  const table = make("table", { class: "cl-game-table" }, [caption, make("thead", {}, [make("tr", {}, heads)]), body]);
  const element = make("div", { class: "cl-game-tried", tabindex: 0, role: "region", "aria-label": "What you have tried" }, [table]);
  const update = (/** @type {import("./runs.js").Run[]} */ runs) => {
    element.hidden = runs.length === 0;
    while (body.children.length > runs.length) body.lastElementChild.remove();
    runs.forEach((run, at) => {
      const row = body.children[at] ?? body.appendChild(make("tr", {}, heads.map(() => make("td"))));
      rowOf(run).forEach((text, column) => write(row.children[column], text));
    });
  };
  return { element, update };
}

/** @param {import("./runs.js").Run} run */
function rowOf(run) {
  const { game } = run.settings;
  const all = merits(run);
  const best = Math.max(...all);
  return [GAME_NAMES[game], settingsText(run.settings), counted(run.frame), shortMerit(game, best), shortMerit(game, all.at(-1))];
}
