// Both recurrent nets of the sequences lab, and what follows from its state. No DOM. convnet_core.sequences is the reference.

import { remembered } from "../kit/state.js";
import { mulberry } from "../mirror/seeded.js";

export const WORDS = ["Steven", "Mark", "John", "saw", "."];
export const SYMBOLS = ["(", "[", "a", "b", "c", "?"];
export const CLOSING = [")", "]"];
/** The rows of `held`. */
export const GATES = ["input", "forget", "output"];
export const PARTS = ["weight_ih", "weight_hh", "bias", "out_weight", "out_bias"];
export const LONGEST = 32; // words
const SEEDS = 10_000; // that there are, from 0
export const FARTHEST = 30; // letters between the brackets
export const TESTS = 64; // sequences, for each distance
const FIRST_TEST = 20_000; // the seed of the first one's letters
const ASKED = SYMBOLS.indexOf("?");
const FILLERS = [SYMBOLS.indexOf("a"), SYMBOLS.indexOf("b"), SYMBOLS.indexOf("c")];

const zeros = (length) => Array.from({ length }, () => 0);

function dot(weights, values) {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * values[k];
  return sum;
}

/** How probable each answer is. @param {number[]} votes */
function softmax(votes) {
  const powers = votes.map((vote) => Math.exp(vote - Math.max(...votes)));
  const sum = powers.reduce((total, power) => total + power);
  return powers.map((power) => power / sum);
}

/** Any number squeezed to between 0 and 1. */
export function sigmoid(value) {
  return 0.5 + 0.5 * Math.tanh(0.5 * value);
}

/** What a row of weights adds up: for the symbol that comes in, from the state, and its bias. */
export function addUp({ weight_ih: fromInput, weight_hh: fromState, bias }, row, symbol, state) {
  return bias[row] + fromInput[row][symbol] + dot(fromState[row], state);
}

function rnnSums(weights, symbol, state) {
  return weights.bias.map((_, row) => addUp(weights, row, symbol, state));
}

/** The state after one step of a plain recurrent net. */
function rnnStep(weights, symbol, state) {
  return rnnSums(weights, symbol, state).map(Math.tanh);
}

/**
 * One step of an LSTM: its gates, what may be written, what the cells show, and the cells.
 * @param {number[][]} held  a row for each of GATES, -1 where a gate is free
 */
function lstmStep(weights, symbol, { shown, cells }, held) {
  const sum = (block, k) => addUp(weights, block * cells.length + k, symbol, shown);
  const gate = (row, block) => cells.map((_, k) => (held[row][k] < 0 ? sigmoid(sum(block, k)) : held[row][k]));
  const [input, forget, output] = [gate(0, 0), gate(1, 1), gate(2, 3)];
  const candidates = cells.map((_, k) => Math.tanh(sum(2, k)));
  const next = cells.map((cell, k) => forget[k] * cell + input[k] * candidates[k]);
  const seen = next.map((cell, k) => output[k] * Math.tanh(cell));
  return { gates: { input, forget, output }, candidates, cells: next, shown: seen };
}

function votesOf({ out_weight: weights, out_bias: bias }, state) {
  return bias.map((start, row) => start + dot(weights[row], state));
}

// The text

/** The place of a word in WORDS. The code of a word that the net said is 5 more. */
export function wordOf(code) {
  return Math.floor(code) % WORDS.length;
}

export function isSpoken(code) {
  return code >= WORDS.length;
}

/** The words that were read, as they stand in the state. */
export function readWords({ words, step }) {
  return words.slice(0, step);
}

/** The state before and after the last word, and what it says of the next one. */
export const reading = remembered((state) => {
  const read = readWords(state).map(wordOf);
  const nothing = zeros(state.bias.length);
  const edited = (values, count) => (count === state.edited_at ? state.own_state : values);
  const states = [edited(nothing, 0)];
  let before = nothing;
  let total = nothing;
  read.forEach((word, at) => {
    before = state.memory ? states[at] : nothing;
    total = rnnSums(state, word, before);
    states.push(edited(total.map(Math.tanh), at + 1));
  });
  const after = states[read.length];
  const votes = votesOf(state, after);
  const shares = softmax(votes);
  return { count: read.length, word: read.at(-1) ?? null, states, before, sums: total, after, votes, shares };
});

/** The place of the word that the net would say now. */
export function nextWord(state) {
  const { shares } = reading(state);
  if (!state.sampled) return shares.indexOf(Math.max(...shares));
  const drawn = mulberry(state.seed)();
  let [word, sum] = [0, shares[0]];
  while (word < WORDS.length - 1 && sum <= drawn) {
    word += 1;
    sum += shares[word];
  }
  return word;
}

/** What changes where the reader puts a word behind those that were read, in place of what came there. */
export function withWord(state, code) {
  const read = readWords(state);
  return { words: [...read, code], step: read.length + 1, ...keptEdit(state, read.length) };
}

/**
 * What changes where the net says up to `count` words; with `isSentence`, none after a full stop. Each word that it
 * draws moves the seed on by one: the next is another draw.
 */
export function spoken(state, count, isSentence = false) {
  let now = state;
  let isOver = false;
  while (count > 0 && readWords(now).length < LONGEST && !isOver) {
    const word = nextWord(now);
    const seed = now.sampled ? (now.seed + 1) % SEEDS : now.seed;
    now = { ...now, ...withWord(now, WORDS.length + word), seed };
    isOver = isSentence && WORDS[word] === ".";
    count -= 1;
  }
  return { words: now.words, step: now.step, edited_at: now.edited_at, seed: now.seed };
}

/** The reader's own state holds until something is read anew at its place. */
function keptEdit({ edited_at: at }, count) {
  return { edited_at: at > count ? -1 : at };
}

/** The most probable word after each count of words that were read. */
const likeliestWords = remembered((state) =>
  reading(state).states.map((values) => {
    const votes = votesOf(state, values);
    return votes.indexOf(Math.max(...votes));
  }),
);

/** Where the sentences begin among words, and behind which place their full stops stand. */
function sentencesOf(codes) {
  const ends = codes.flatMap((code, at) => (WORDS[wordOf(code)] === "." ? [at + 1] : []));
  return ends.map((end, which) => ({ from: which === 0 ? 0 : ends[which - 1], end }));
}

/**
 * A sentence that the net made up: it stands in no line of the lecture's text, and all of it but perhaps the first word
 * is what the net said, and holds for most probable. What it drew is luck.
 * @returns {string | null}
 */
export function inventedSentence(state, presets) {
  const read = readWords(state);
  const { lecture } = presets.text;
  const known = sentencesOf(lecture).map(({ from, end }) => textOf(lecture.slice(from, end)));
  const isItsOwn = (at) => isSpoken(read[at]) && likeliestWords(state)[at] === wordOf(read[at]);
  const isInvented = ({ from, end }) => {
    const places = Array.from({ length: end - from - 1 }, (_, k) => from + 1 + k);
    return places.length > 0 && places.every(isItsOwn) && !known.includes(textOf(read.slice(from, end)));
  };
  const invented = sentencesOf(read).find(isInvented);
  return invented ? textOf(read.slice(invented.from, invented.end)) : null;
}

/** Words as they are written: no space before a full stop. */
export function textOf(codes) {
  return codes
    .map((code) => WORDS[wordOf(code)])
    .join(" ")
    .replaceAll(" .", ".");
}

// The brackets

function lettersOf(seed, count) {
  const random = mulberry(seed);
  return Array.from({ length: count }, () => FILLERS[Math.floor(FILLERS.length * random())]);
}

/** The places in SYMBOLS of a whole sequence. */
function sequenceOf({ opening, distance, letters }) {
  return [SYMBOLS.indexOf(opening), ...lettersOf(letters, distance), ASKED];
}

/** Every step of both nets, and what each says where it is asked after the first 0, 1, 2, ... symbols. */
export const remembering = remembered((state, { brackets: { lstm, rnn } }) => {
  const sequence = sequenceOf(state);
  const nothing = zeros(lstm.weight_hh[0].length);
  const steps = [{ shown: nothing, cells: nothing }];
  const states = [zeros(rnn.bias.length)];
  for (const symbol of sequence) {
    steps.push(lstmStep(lstm, symbol, steps.at(-1), state.held));
    states.push(rnnStep(rnn, symbol, states.at(-1)));
  }
  const isAsked = (count) => count === sequence.length;
  const saidBy = (weights, shown) => softmax(votesOf(weights, shown));
  const verdicts = steps.map((step, count) => ({
    lstm: saidBy(lstm, isAsked(count) ? step.shown : lstmStep(lstm, ASKED, step, state.held).shown),
    rnn: saidBy(rnn, isAsked(count) ? states[count] : rnnStep(rnn, ASKED, states[count])),
  }));
  const read = Math.min(state.read, sequence.length);
  return { sequence, read, steps, verdicts, right: SYMBOLS.indexOf(state.opening) };
});

const measured = remembered((held, lstm) => {
  const right = zeros(FARTHEST);
  for (let test = 0; test < TESTS; test++) {
    const opened = test % CLOSING.length;
    const nothing = zeros(lstm.weight_hh[0].length);
    let step = lstmStep(lstm, opened, { shown: nothing, cells: nothing }, held);
    lettersOf(FIRST_TEST + test, FARTHEST).forEach((letter, at) => {
      step = lstmStep(lstm, letter, step, held);
      const votes = votesOf(lstm, lstmStep(lstm, ASKED, step, held).shown);
      if (votes.indexOf(Math.max(...votes)) === opened) right[at] += 1 / TESTS;
    });
  }
  return right;
});

/** The share of sequences that the LSTM closes rightly with these gates, with 1, 2, ... letters between. */
export function accuracy({ held }, { brackets }) {
  return measured(held, brackets.lstm);
}

/** How many gates are held. */
export function heldCount({ held }) {
  return held.flat().filter((value) => value >= 0).length;
}

// What the challenges of the gates ask for.

const CHANCE = 0.6; // right by guessing: half of the 64, or some more
const SHORT = 1; // letters between the brackets
const LONG = 5;

/** One gate held, and the net closes brackets over one letter and not over five. */
export function forgets(state, presets) {
  return heldCount(state) === 1 && rightOver(SHORT, state, presets) === 1 && rightOver(LONG, state, presets) <= CHANCE;
}

export function forgetsSoFar(state, presets) {
  const [near, far] = [SHORT, LONG].map((letters) => percentOver(letters, state, presets));
  return state.mode === "gates" ? `${heldCount(state)} held; right over 1 letter ${near}, over 5 ${far}.` : "";
}

/** All gates held, half of them shut, and the net closes every bracket. */
export function bridges(state, presets) {
  const all = state.held.flat();
  return heldCount(state) === all.length && shutCount(state) === all.length / 2 && rightOver(FARTHEST, state, presets) === 1;
}

export function bridgesSoFar(state, presets) {
  const all = state.held.flat().length;
  const held = `${heldCount(state)} of ${all} held, ${shutCount(state)} shut`;
  const right = percentOver(FARTHEST, state, presets);
  return state.mode === "gates" ? `${held}; right over ${FARTHEST} letters ${right}.` : "";
}

function rightOver(letters, state, presets) {
  return accuracy(state, presets)[letters - 1];
}

function percentOver(letters, state, presets) {
  return `${Math.round(100 * rightOver(letters, state, presets))}%`;
}

function shutCount({ held }) {
  return held.flat().filter((value) => value === 0).length;
}
