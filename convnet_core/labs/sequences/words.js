// What the sequences lab says: names, sums written out, and what an edit changed.

import { same } from "../kit/state.js";
import { capital, NO_BREAK, probability } from "../kit/words.js";
import { truncated } from "../mirror/printing.js";
import {
  accuracy,
  addUp,
  CLOSING,
  GATES,
  heldCount,
  isSpoken,
  nextWord,
  reading,
  readWords,
  remembering,
  sigmoid,
  SYMBOLS,
  textOf,
  wordOf,
  WORDS,
} from "./derived.js";

export const NAMES = { lstm: "LSTM", rnn: "Plain RNN" };

function quoted(word) {
  return `“${word}”`;
}

// Places in grids

export const unitName = (at) => `number ${at + 1}`;
const cellName = (at) => `cell ${at + 1}`;

/** The grids of weights: what each is called, and each of its cells. */
export const GRIDS = {
  weight_ih: { label: "From the word", place: (row, column) => `${WORDS[column]} to ${unitName(row)}` },
  weight_hh: { label: "From the old state", place: (row, column) => `old ${unitName(column)} to ${unitName(row)}` },
  bias: { label: "Bias", place: (row) => `bias of ${unitName(row)}` },
  out_weight: { label: "From the state", place: (row, column) => `${unitName(column)} to ${WORDS[row]}` },
  out_bias: { label: "Bias of the words", place: (row) => `bias of ${WORDS[row]}` },
};

/** "free", "held open", "held shut" or "held at 0.5". */
export function holdText(value) {
  if (value < 0) return "free";
  if (value === 0) return "held shut";
  return value === 1 ? "held open" : `held at ${truncated(value)}`;
}

export function gateName(gate, at) {
  return `${capital(gate)} gate, ${cellName(at)}`;
}

// Sums

const product = (weight, value) => `(${truncated(weight)}${NO_BREAK}×${NO_BREAK}${truncated(value)})`;

function sumText(fromInput, word, weights, values, bias) {
  const first = word === null ? [] : [`${truncated(fromInput[word.at])} for ${quoted(word.name)}`];
  return [...first, ...weights.map((weight, k) => product(weight, values[k])), truncated(bias)].join(" + ");
}

/**
 * How one number of the state, or the share of one word, comes about.
 * @param {any} state @param {{ kind: string, at: number }} point
 */
export function textSum(state, point) {
  const { kind, at } = point;
  const now = reading(state);
  if (kind === "word") {
    const terms = sumText([], null, state.out_weight[at], now.after, state.out_bias[at]);
    return {
      sum: `Vote for ${quoted(WORDS[at])} = ${terms} = ${truncated(now.votes[at])}. Among all five votes, softmax gives it ${probability(now.shares[at])}.`,
      code: "softmax(out_weight @ state + out_bias)",
    };
  }
  const code = "state = np.tanh(weight_ih @ word + weight_hh @ state + bias)";
  const value = truncated(now.after[at]);
  if (now.count === state.edited_at) return { sum: `State, ${unitName(at)}, is ${value}: you set this state.`, code };
  if (now.word === null) return { sum: `State, ${unitName(at)}, is 0: nothing was read yet.`, code };
  const word = { at: now.word, name: WORDS[now.word] };
  const terms = sumText(state.weight_ih[at], word, state.weight_hh[at], now.before, state.bias[at]);
  return { sum: `State, ${unitName(at)} = tanh(${terms}) = tanh(${truncated(now.sums[at])}) = ${value}`, code };
}

const GATE_ROWS = { input: 0, forget: 1, candidate: 2, output: 3 };

/**
 * How one gate, candidate, cell or shown number comes about.
 * @param {any} state @param {any} presets @param {{ kind: string, at: number }} point
 */
export function gateSum(state, presets, point) {
  const { kind, at } = point;
  const now = remembering(state, presets);
  const code = codeOf(kind, now.steps[0].cells.length);
  if (now.read === 0) return { sum: "Nothing was read yet: the cells are 0, and the gates have nothing to do.", code };
  const [old, step] = [now.steps[now.read - 1], now.steps[now.read]];
  if (kind === "cell") {
    const kept = product(step.gates.forget[at], old.cells[at]);
    const added = product(step.gates.input[at], step.candidates[at]);
    return {
      sum: `${capital(cellName(at))} = forget × old cell + input × candidate = ${kept} + ${added} = ${truncated(step.cells[at])}`,
      code,
    };
  }
  if (kind === "shown") {
    const seen = `${truncated(step.gates.output[at])}${NO_BREAK}×${NO_BREAK}tanh(${truncated(step.cells[at])})`;
    return { sum: `Shown of ${cellName(at)} = output × tanh(cell) = ${seen} = ${truncated(step.shown[at])}`, code };
  }
  return { sum: squeezedText(state, presets, point, { old, step, now }), code };
}

function codeOf(kind, cells) {
  if (kind === "cell") return "cells = forget * cells + input * candidates";
  if (kind === "shown") return "shown = output * np.tanh(cells)";
  const from = GATE_ROWS[kind] * cells;
  const rows = `[${from}:${from + cells}]`;
  const [name, squeeze] = kind === "candidate" ? ["candidates", "np.tanh"] : [kind, "sigmoid"];
  return `${name} = ${squeeze}(weight_ih${rows} @ x + weight_hh${rows} @ shown + bias${rows})`;
}

function squeezedText({ held }, { brackets }, { kind, at }, { old, step, now }) {
  const { lstm } = brackets;
  const row = GATE_ROWS[kind] * old.cells.length + at;
  const symbol = now.sequence[now.read - 1];
  const word = { at: symbol, name: SYMBOLS[symbol] };
  const terms = sumText(lstm.weight_ih[row], word, lstm.weight_hh[row], old.shown, lstm.bias[row]);
  const isGate = kind !== "candidate";
  const total = addUp(lstm, row, symbol, old.shown);
  const value = isGate ? sigmoid(total) : step.candidates[at];
  const sum = `${isGate ? "sigmoid" : "tanh"}(${terms}) = ${isGate ? "sigmoid" : "tanh"}(${truncated(total)}) = ${truncated(value)}`;
  if (!isGate) return `Candidate for ${cellName(at)} = ${sum}`;
  const hold = held[GATES.indexOf(kind)][at];
  return hold < 0
    ? `${gateName(kind, at)} = ${sum}`
    : `${gateName(kind, at)}: ${holdText(hold)}, so ${truncated(hold)}. Free, it would be ${sum}`;
}

// What an edit changed

/** Old value → new value, and what came of it; "" where there is nothing to say. */
export function whatChanged(before, state, presets) {
  const text = textChange(before, state, presets) || gatesChange(before, state, presets);
  return text || (before.mode === state.mode ? "" : shownText(state, presets));
}

/** Where each half stands, for a reader who has just opened it. */
function shownText(state, presets) {
  if (state.mode === "text") return `The net that reads. ${likeliest(state)}`;
  const now = remembering(state, presets);
  return `The gates. ${now.read === 0 ? "Nothing is read." : verdictText(now)}`;
}

function textChange(before, state, presets) {
  if (!same(before.words, state.words) || before.step !== state.step) return walkText(before, state, presets);
  if (before.memory !== state.memory)
    return `${state.memory ? "It carries its state from word to word." : "It forgets: before each word, its state is 0."} ${effect(before, state)}`;
  if (before.edited_at !== state.edited_at || !same(before.own_state, state.own_state))
    return numbersText("State", unitName, reading(before).after, reading(state).after, effect(before, state));
  const changed = Object.keys(GRIDS).filter((part) => !same(before[part], state[part]));
  if (changed.length > 1) return `Other weights. ${effect(before, state)}`;
  if (changed.length === 1) return weightText(changed[0], before, state);
  if (before.sampled !== state.sampled || before.seed !== state.seed)
    return state.sampled
      ? `It draws by the probabilities. With seed ${state.seed} it would now say ${quoted(WORDS[nextWord(state)])}.`
      : `It says the most probable word: now ${quoted(WORDS[nextWord(state)])}.`;
  return "";
}

function walkText(before, state, presets) {
  const [old, now] = [readWords(before), readWords(state)];
  const added = now.slice(old.length);
  const goesOn = added.length > 0 && same(now.slice(0, old.length).map(wordOf), old.map(wordOf));
  const next = likeliest(state);
  if (goesOn && added.every(isSpoken)) return `It says: ${textOf(saidLast(now))}`;
  if (goesOn && added.length === 1) return `Read ${quoted(textOf(added))}. ${next}`;
  if (same(state.words, presets.text.lecture) && !same(before.words, state.words)) return `The lecture's text. ${next}`;
  return `${now.length === 1 ? "1 word is" : `${now.length} words are`} read. ${next}`;
}

/** What the net has said since the reader's last word. */
function saidLast(codes) {
  const typed = codes.map((code) => !isSpoken(code));
  return codes.slice(typed.lastIndexOf(true) + 1);
}

function likeliest(state) {
  const { word, share } = mostProbable(state);
  return `Most probable next: ${quoted(word)}, ${probability(share)}.`;
}

function mostProbable(state) {
  const { shares } = reading(state);
  const share = Math.max(...shares);
  return { word: WORDS[shares.indexOf(share)], share };
}

/** The most probable next word before an edit and after it. */
function effect(before, state) {
  if (same(reading(before).shares, reading(state).shares)) return "Every next word stays as probable as it was.";
  const [old, now] = [before, state].map(mostProbable);
  const isSame = old.word === now.word;
  const [was, is] = [old, now].map(({ share }) => probability(share));
  if (isSame && was === is) return `Most probable next stays ${quoted(now.word)}, ${is}.`;
  return `Most probable next: ${quoted(old.word)}, ${was} → ${isSame ? "" : `${quoted(now.word)}, `}${is}.`;
}

function numbersText(name, nameOf, old, now, more) {
  const places = now.flatMap((value, at) => (value === old[at] ? [] : [at]));
  if (places.length !== 1) return `${name}: ${places.length} numbers changed. ${more}`;
  const [at] = places;
  return `${name}, ${nameOf(at)}: ${truncated(old[at])} → ${truncated(now[at])}. ${more}`;
}

function weightText(part, before, state) {
  const { label, place } = GRIDS[part];
  const columns = Array.isArray(state[part][0]) ? state[part][0].length : 1;
  const nameOf = (at) => place(Math.floor(at / columns), at % columns);
  return numbersText(label, nameOf, before[part].flat(), state[part].flat(), effect(before, state));
}

function gatesChange(before, state, presets) {
  if (!same(before.held, state.held)) return heldText(before, state, presets);
  const now = remembering(state, presets);
  const asked = verdictText(now);
  if (before.opening !== state.opening) return `It opens with ${state.opening}. ${asked}`;
  if (before.distance !== state.distance) return distanceText(before, state, presets);
  if (before.letters !== state.letters) return `Other letters. ${asked}`;
  if (before.read === state.read) return "";
  if (now.read === 0) return "Nothing is read.";
  return `Read ${quoted(SYMBOLS[now.sequence[now.read - 1]])}. ${asked}`;
}

function distanceText(before, state, presets) {
  const plain = probability(presets.brackets.accuracy.rnn[state.distance - 1]);
  return `Letters between: ${before.distance} → ${state.distance}. So far apart, the LSTM closes ${shareAt(state, presets)} of its tests rightly, this plain RNN ${plain}.`;
}

function heldText(before, state, presets) {
  const [old, now] = [before.held.flat(), state.held.flat()];
  const places = now.flatMap((value, at) => (value === old[at] ? [] : [at]));
  const cells = state.held[0].length;
  const right = `Right with ${state.distance} letters between: ${shareAt(before, presets)} → ${shareAt(state, presets)}.`;
  if (places.length > 1) return `Held gates: ${heldCount(before)} → ${heldCount(state)}. ${right}`;
  const [at] = places;
  const name = gateName(GATES[Math.floor(at / cells)], at % cells);
  return `${name}: ${holdText(old[at])} → ${holdText(now[at])}. ${right}`;
}

function shareAt(state, presets) {
  return probability(accuracy(state, presets)[state.distance - 1]);
}

/** What both nets say where they are asked now. */
export function verdictText({ verdicts, read, right }) {
  const said = (kind) => {
    const shares = verdicts[read][kind];
    const answer = shares.indexOf(Math.max(...shares));
    return `${quoted(CLOSING[answer])} (${probability(shares[answer])}${answer === right ? "" : ", wrong"})`;
  };
  return `Asked now, the LSTM says ${said("lstm")}, the plain RNN ${said("rnn")}.`;
}
