// What the quiz says beside the questions' own sentences.

/** Before the sentence that meets an answer. */
export function badgeText(question, { isRight, answer }) {
  if (isRight) return "✓ right";
  return question.kind === "number" ? `✗ not ${Number(answer.toFixed(3))}` : "✗ not yet";
}

/** A number with at most six digits. @param {number} answer */
export function shortly(answer) {
  return String(Number(answer.toPrecision(6)));
}

/** To one who hands in once more what was not right. @param {number} answer */
export function sameAgain(answer) {
  return `${shortly(answer)} is what you answered before. What is said of it still holds.`;
}

/** How many were right at the first try, and, at the end, a kind word. */
export function scoreText({ questions, answered, right, rightAtFirst }) {
  const all = questions.length;
  const score = `${rightAtFirst} of ${all} answered right at the first try.`;
  if (answered < all) return `${score} Still open: ${all - answered}.`;
  if (right < all) return `${score} To try again: ${all - right}.`;
  if (rightAtFirst === all) return `${score} Well done, the chapter is yours.`;
  return `${score} All of them are right now: well worked out.`;
}
