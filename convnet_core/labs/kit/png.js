// PNG pictures without a canvas: some browsers falsify what a canvas gives back, to protect against tracking.

const START = 8; // bytes of signature
const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }; // by kind of colour: grey, colours, palette, and with opacity

/** @typedef {{ type: string, data: Uint8Array }} Chunk */

/** The parts of a PNG file. @param {Uint8Array} bytes @returns {Chunk[]} */
export function chunksOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = [];
  for (let at = START; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + view.getUint32(at)) });
  }
  return chunks;
}

/**
 * Red, green, blue and opacity of each pixel, as they stand in the file; what is see-through lies on white.
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8ClampedArray | null>} null for a rare kind (16 bits, interlaced), or an old browser
 * Throws an Error where the file is damaged.
 */
export async function pixelsOfPng(bytes) {
  const chunks = chunksOf(bytes);
  const [width, height] = [0, 4].map((at) => new DataView(chunks[0].data.slice().buffer).getUint32(at));
  const [depth, kind, , , interlaced] = chunks[0].data.subarray(8);
  if (depth > 8 || interlaced || !(kind in CHANNELS) || typeof DecompressionStream === "undefined") return null;
  const packed = new Blob(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data.slice()));
  const unpacked = packed.stream().pipeThrough(new DecompressionStream("deflate"));
  const filtered = new Uint8Array(await new Response(unpacked).arrayBuffer());
  const channels = CHANNELS[kind];
  const length = Math.ceil((width * channels * depth) / 8);
  if (filtered.length < height * (length + 1)) throw new Error("a PNG picture that ends too early");
  const lines = unfiltered(filtered, height, length, Math.max(1, (channels * depth) / 8));
  const samples = depth === 8 ? lines : spread(lines, { width, height, length, depth, isPalette: kind === 3 });
  return onWhite(samples, { kind, depth }, chunks);
}

/** Each line is told by what differs from its neighbours. @param {number} step  bytes of a pixel */
function unfiltered(filtered, height, length, step) {
  const lines = new Uint8Array(height * length);
  for (let row = 0; row < height; row++) {
    const [from, to] = [row * (length + 1) + 1, row * length];
    const filter = filtered[from - 1];
    for (let at = 0; at < length; at++) {
      const left = at < step ? 0 : lines[to + at - step];
      const up = row === 0 ? 0 : lines[to + at - length];
      const corner = at < step || row === 0 ? 0 : lines[to + at - length - step];
      lines[to + at] = filtered[from + at] + foretold(filter, left, up, corner);
    }
  }
  return lines;
}

function foretold(filter, left, up, corner) {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) throw new Error("a PNG picture of no known filter");
  const [byLeft, byUp, byCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** Pixels of 1, 2 or 4 bits, a byte for each; greys from 0 to 255, places in a palette as they are. */
function spread(lines, { width, height, length, depth, isPalette }) {
  const largest = 2 ** depth - 1;
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const [row, bit] = [Math.floor(at / width), (at % width) * depth];
    const value = (lines[row * length + (bit >> 3)] >> (8 - depth - (bit & 7))) & largest;
    return isPalette ? value : (value * 255) / largest;
  });
}

/** @param {Uint8Array} samples @param {{ kind: number, depth: number }} form @param {Chunk[]} chunks */
function onWhite(samples, { kind, depth }, chunks) {
  const [palette, clear] = ["PLTE", "tRNS"].map((type) => chunks.find((chunk) => chunk.type === type)?.data);
  const channels = CHANNELS[kind];
  const isPalette = kind === 3;
  const full = 255 / (2 ** depth - 1);
  const seeThrough = clear && !isPalette ? Array.from({ length: channels }, (_, at) => clear[2 * at + 1] * full) : null;
  const opacityAt = (at) => {
    if (isPalette) return clear?.[samples[at]] ?? 255;
    if (channels % 2 === 0) return samples[at + channels - 1];
    return seeThrough?.every((value, channel) => value === samples[at + channel]) ? 0 : 255;
  };
  const pixels = new Uint8ClampedArray((samples.length / channels) * 4).fill(255);
  for (let at = 0, to = 0; at < samples.length; at += channels, to += 4) {
    const from = isPalette ? 3 * samples[at] : at;
    const opacity = opacityAt(at);
    for (let colour = 0; colour < 3; colour++) {
      const value = isPalette ? palette[from + colour] : samples[channels < 3 ? at : at + colour];
      pixels[to + colour] = 255 + ((value - 255) * opacity) / 255;
    }
  }
  return pixels;
}
