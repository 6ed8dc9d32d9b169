// A chapter's quiz: the questions of one part of it, or all, one under another, and the count of first tries.

import { lab } from "../kit/card.js";
import { choice, make } from "../kit/dom.js";
import { sets } from "../kit/locks.js";
import { answered } from "./answers.js";
import { current } from "./derived.js";
import { questionView } from "./question.js";
import { sameAgain, scoreText } from "./words.js";

export default lab({
  task: "Answer from memory, or with pencil and paper. The first try counts; after it, try as often as you like.",
  keys: [
    "Arrow keys move between the answers to a question; Space or Enter chooses the one with the focus.",
    "In a box for a number, Enter hands it in.",
  ],
  grids: false,
  challenges: {},
  build,
});

function build({ stage, store, say, refuse, signal }) {
  const menu = chapterMenu(stage, store);
  const list = stage.appendChild(make("div"));
  const score = stage.appendChild(make("p", { class: "cl-quiz-score cl-quiz-live", "aria-atomic": "true" }));
  // What a reload brings back is not read out, what a reader's answer brings is.
  const listen = () => {
    for (const it of stage.querySelectorAll(".cl-quiz-live")) it.setAttribute("aria-live", "polite");
  };
  stage.addEventListener("focusin", listen, { signal });
  sets({ answers: list });
  let views = [];
  let shown = "";

  const answer = (place, number) => {
    const { min, max } = store.rule("answers");
    if (number < min || number > max) return refuse(`Type a number from ${min} to ${max}.`);
    const { first, answer: latest, isRight } = current(store.state, store.presets).verdicts[place] ?? {};
    if (number === latest && !isRight) return refuse(sameAgain(number));
    store.set({ answers: answered(store.state.answers, place, number, first) });
  };
  const update = (state, before) => {
    const now = current(state, store.presets);
    if (shown !== `${state.chapter} ${state.part}`) {
      shown = `${state.chapter} ${state.part}`;
      views = now.questions.map((question, place) =>
        questionView(question, place + 1, { answer: (number) => answer(place, number), refuse }),
      );
      list.replaceChildren(...views.map(({ element }) => element));
    }
    menu.show(state.chapter);
    views.forEach((view, place) => view.update(now.verdicts[place]));
    score.textContent = scoreText(now);
    if (before) say("");
  };
  return { update };
}

/** Where the page holds the questions of several chapters, as the quiz's own does. */
function chapterMenu(stage, store) {
  const names = store.rule("chapter").options;
  const options = names.map((name) => [name, name]);
  const menu = choice("Chapter", options, (chapter) => store.set({ chapter, part: "all", answers: [] }));
  sets({ "chapter part": menu });
  if (names.length > 1) stage.append(make("div", { class: "cl-controls" }, [menu.element]));
  return menu;
}
