// Robot: it carries out what was understood, step by step, and its kitchen is compared with the cook's.

import { make, write } from "../kit/dom.js";
import { player } from "../kit/player.js";
import { commands, FRESH } from "../mirror/robot.js";
import { sceneView } from "./scene.js";
import { stepText, UNUSUAL, verdictText, whoText } from "./words.js";

const TO_COME = "Step or play: at the end, its kitchen is compared with the cook’s.";

/**
 * @param {import("../kit/store.js").Store} store @param {import("./derived.js").Kitchen} kitchen
 * @param {{ hush: (isPlaying: boolean) => void, signal: AbortSignal }} parts
 */
export function robotTab(store, kitchen, { hush, signal }) {
  const [robot, cook] = [sceneView("The robot’s kitchen"), sceneView("The cook’s, at the end")];
  const steps = stepList(store);
  const last = () => kitchen.cook(store.state).length;
  const step = () => Math.min(store.state.step, last());
  const verdict = make("p", { class: "cl-watching-done" });
  const who = make("p", { class: "cl-note" });
  const controls = make("div");
  const walk = player(controls, {
    label: "Steps that it has done",
    last,
    at: step,
    go: (at) => store.look({ step: at }),
    speed: () => store.state.speed,
    setSpeed: (speed) => store.set({ speed }, { undoable: false }),
    onplay: hush,
    signal,
  });
  const outcomesOf = (state) => kitchen.outcomes(kitchen.reading(state).steps);
  function told(state, before) {
    if (before.tab !== state.tab) return whoText(state.reader);
    if (before.step === state.step) return null;
    const words = stepText(step(), outcomesOf(state));
    return step() === last() ? `${words} ${verdictText(kitchen.verdict(state))}` : words;
  }
  const element = make("div", { class: "cl-watching-robot" }, [
    who,
    make("div", { class: "cl-watching-kitchens" }, [robot.element, cook.element]),
    controls,
    verdict,
    steps.element,
  ]);
  const update = (state, isShown) => {
    if (!isShown) return walk.stop();
    const outcomes = outcomesOf(state);
    const { wanted, ...found } = kitchen.verdict(state);
    const isEnd = step() === last();
    write(who, whoText(state.reader));
    robot.show(step() === 0 ? FRESH : outcomes[step() - 1].scene, isEnd ? wanted : null);
    cook.show(wanted, null);
    steps.show(kitchen, kitchen.reading(state).steps, outcomes, step());
    write(verdict, isEnd ? verdictText(found) : TO_COME);
    verdict.classList.toggle("is-right", isEnd && found.isDone);
    verdict.classList.toggle("is-wrong", isEnd && !found.isDone);
    walk.update();
  };
  return { element, update, told, isPlaying: walk.isPlaying };
}

/** What it is told for each clip, and what came of it. @param {import("../kit/store.js").Store} store */
function stepList(store) {
  const items = Array.from({ length: store.rule("step").max }, () => {
    const [orders, came] = [make("span", { class: "cl-watching-orders" }), make("strong")];
    return { element: make("li", {}, [orders, came]), orders, came };
  });
  const element = make("ol", { class: "cl-watching-steps", "aria-label": "What it is told" }, items.map((item) => item.element));
  const show = (kitchen, steps, outcomes, done) => {
    items.forEach(({ element: item, orders, came }, k) => {
      item.hidden = k >= steps.length;
      if (item.hidden) return;
      const orderText = commands(steps[k], kitchen.material.hardware).map((one) => one ?? "not understood").join("; ");
      write(orders, kitchen.isUsual(steps[k]) ? orderText : `${orderText} (${UNUSUAL})`);
      write(came, k < done ? `→ ${outcomes[k].words}` : "");
      item.classList.toggle("is-now", k === done - 1);
      item.classList.toggle("is-wrong", k < done && !outcomes[k].works);
    });
  };
  return { element, show };
}
