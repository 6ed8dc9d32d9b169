// Lets a picture of time by pitch be heard: each row is a tone, as loud as its cells. Silent until asked.

const SECONDS = 0.5; // of a whole picture
const LOUDEST = 0.12; // of one tone; many at once must not be too loud

/** @param {AbortSignal} signal @returns {{ play(rows: number[][], kind: object): boolean, stop(): void }} */
export function speaker(signal) {
  let context = null;
  let playing = [];
  const stop = () => {
    for (const tone of playing) tone.stop();
    playing = [];
  };
  const play = (rows, { pitches, decibels, most }) => {
    if (typeof AudioContext === "undefined") return false;
    context ??= new AudioContext();
    context.resume();
    stop();
    const loudness = (level) => (level > 0 ? LOUDEST * 10 ** (((level - most) * decibels) / 20) : 0);
    playing = rows.flatMap((levels, row) =>
      levels.some((level) => level > 0) ? [toneOf(context, pitches[row], levels.map(loudness))] : [],
    );
    return true;
  };
  signal.addEventListener("abort", () => {
    stop();
    context?.close();
  });
  return { play, stop };
}

/** One tone that follows a row from left to right, in even steps smoothed to ramps: a jump would click. */
function toneOf(context, pitch, loudness) {
  const tone = new OscillatorNode(context, { frequency: pitch });
  const volume = new GainNode(context, { gain: 0 });
  tone.connect(volume).connect(context.destination);
  const start = context.currentTime + 0.05;
  const moment = SECONDS / loudness.length;
  volume.gain.setValueAtTime(0, start);
  loudness.forEach((value, at) => volume.gain.linearRampToValueAtTime(value, start + (at + 0.5) * moment));
  volume.gain.linearRampToValueAtTime(0, start + SECONDS);
  tone.start(start);
  tone.stop(start + SECONDS);
  return tone;
}
