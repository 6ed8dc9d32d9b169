import { lab } from "../kit/card.js";
import { make } from "../kit/dom.js";
import { Kitchen } from "./derived.js";
import { rowsRefusal } from "./rules.js";

export default lab({
  task: "x",
  grids: false,
  challenges: { mend: {}, beyond: {}, done: {} },
  build({ stage, store }) {
    rowsRefusal("a", { most: 0, low: [], high: [] }, []);
    const kitchen = new Kitchen(store.presets);
    stage.append(make("p"));
    return { update: () => kitchen.reading(store.state) };
  },
});
