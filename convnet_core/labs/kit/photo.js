// Photographs in the page: a reader's file is checked, shrunk and (unless colours are wanted) made grey right
// here, and is never sent anywhere. A lab keeps a photograph as a data address of a PNG; photograph.py does the same.

import { chunksOf, pixelsOfPng } from "./png.js";

const START = "data:image/png;base64,";
const LONGEST_SIDE = 256; // pixels: small enough to filter anew sixty times a second
const MOST_BYTES = 25e6;
const MOST_PIXELS = 40e6; // more would take the browser's memory to unpack

/**
 * @typedef {{ width: number, height: number }} Size
 * @typedef {Size & { pixels: Uint8Array, colours: Uint8ClampedArray, texts: Record<string, string> }} Photograph
 *   pixels: greys row by row, 0 (black) to 255 (white); colours: red, green, blue and opacity of each pixel;
 *   texts: what the file says of itself
 */

/**
 * A reader's picture file as a small photograph; of an animation, the first frame.
 * @param {File} file @param {{ inColour?: boolean }} [options]
 * @returns {Promise<{ address: string, original: Size, small: Size }>}
 * Throws an Error with a sentence for the reader where the file is no picture, damaged or too large.
 */
export async function readPhotograph(file, { inColour = false } = {}) {
  const name = file.name ? `“${file.name.slice(0, 40)}”` : "This file";
  const no = (reason) => new Error(`${name} ${reason}`);
  if (file.size === 0) throw no("is empty.");
  if (file.size > MOST_BYTES)
    throw no(`has ${millions(file.size)} million bytes; this page takes at most ${millions(MOST_BYTES)}.`);
  const bytes = await bytesOfFile(file, no);
  const kind = kindOf(bytes);
  if (!kind)
    throw no(
      `is ${isDrawing(bytes) ? "an SVG drawing, lines without pixels" : "not a picture that this page can read"}. Take a PNG, JPEG, GIF or WebP.`,
    );
  const size = sizeOf(kind, bytes);
  const damaged = () => no(`starts like a ${kind.name} picture, but it is damaged.`);
  if (size === null || size.width * size.height === 0) throw damaged();
  if (size.width * size.height > MOST_PIXELS) {
    throw no(
      `has ${size.width} x ${size.height} pixels; this page takes at most ${millions(MOST_PIXELS)} million in all.`,
    );
  }
  const bitmap = await createImageBitmap(new Blob([bytes], { type: kind.type }), {
    imageOrientation: "from-image",
  }).catch(() => {
    throw damaged();
  });
  const original = { width: bitmap.width, height: bitmap.height };
  const small = shrunk(original);
  return { address: addressOf(bitmap, small, inColour), original, small };
}

/**
 * What a data address holds. Throws an Error where it is too large or damaged.
 * @param {string} address @returns {Promise<Photograph>}
 */
export async function photographOf(address) {
  const bytes = Uint8Array.from(atob(address.slice(START.length)), (character) => character.charCodeAt(0));
  const size = kindOf(bytes) === PNG ? sizeOf(PNG, bytes) : null;
  if (size === null || Math.max(size.width, size.height) > LONGEST_SIDE) throw new Error("not a small PNG picture");
  return { ...(await unpackedPng(bytes, size)), texts: pngTexts(bytes) };
}

/** The pixels of a PNG file of any size. Throws an Error where it is none, or damaged. @param {Uint8Array<ArrayBuffer>} bytes */
export async function unpackedPng(bytes, size = sizeOf(PNG, bytes)) {
  if (size === null) throw new Error("it is not whole");
  const colours = (await pixelsOfPng(bytes)) ?? (await pixelsByCanvas(bytes, size));
  return { ...size, pixels: greysOf(colours), colours };
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {Size} size */
async function pixelsByCanvas(bytes, size) {
  // "none": the numbers as they stand in the file, whatever screen the page is on.
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }), { colorSpaceConversion: "none" });
  return drawn(bitmap, size).data;
}

/** By how much a canvas of this browser gives back other colours than were painted on it: 0, as it should, to 255. */
export function canvasError() {
  measuredError ??= measureError({ width: 64, height: 64 });
  return measuredError;
}

/** @type {number | null} once for a page */
let measuredError = null;

/** @param {Size} size */
function measureError(size) {
  const painted = new ImageData(size.width, size.height);
  painted.data.forEach((_, at) => (painted.data[at] = at % 4 === 3 ? 255 : (at * 37 + (at >> 6)) % 256));
  const context = canvas(size).getContext("2d", { willReadFrequently: true });
  if (context === null) return 255;
  context.putImageData(painted, 0, 0);
  const read = context.getImageData(0, 0, size.width, size.height).data;
  return painted.data.reduce((most, value, at) => Math.max(most, Math.abs(value - read[at])), 0);
}

async function bytesOfFile(file, no) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw no("could not be read. Is it a folder, or has it moved?"); // the browser doesn't say which
  }
}

function isDrawing(bytes) {
  return /<svg\b/i.test(textAt(bytes, 0, 4000));
}

function millions(number) {
  return Math.round(number / 1e5) / 10;
}

function shrunk({ width, height }) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * The bitmap at another size, on white where it is see-through.
 * @param {ImageBitmap} bitmap @param {Size} size
 * @returns {ImageData}
 */
function drawn(bitmap, { width, height }) {
  const context = canvas({ width, height }).getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

function addressOf(bitmap, size, inColour) {
  const image = drawn(bitmap, size);
  if (!inColour) greysOf(image.data).forEach((grey, at) => image.data.fill(grey, 4 * at, 4 * at + 3));
  const paper = canvas(size);
  paper.getContext("2d").putImageData(image, 0, 0);
  return paper.toDataURL("image/png");
}

/** Brightness as the eye weighs red, green and blue, in the whole numbers that Pillow uses. */
function greysOf(data) {
  return Uint8Array.from({ length: data.length / 4 }, (_, at) => {
    const [red, green, blue] = [data[4 * at], data[4 * at + 1], data[4 * at + 2]];
    return (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;
  });
}

function canvas({ width, height }) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

// Files: told apart by their first bytes, measured by their headers, before anything is unpacked.

/**
 * @typedef {{ name: string, type: string, starts: [at: number, text: string][],
 *             size: (view: DataView) => Size | null }} Kind
 * @type {Kind}
 */
const PNG = {
  name: "PNG",
  type: "image/png",
  starts: [
    [0, "\x89PNG\r\n\x1a\n"],
    [12, "IHDR"],
  ],
  size: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
};
/** @type {Kind[]} */
const KINDS = [
  PNG,
  { name: "JPEG", type: "image/jpeg", starts: [[0, "\xff\xd8\xff"]], size: jpegSize },
  { name: "GIF", type: "image/gif", starts: [[0, "GIF8"]], size: gifSize },
  {
    name: "WebP",
    type: "image/webp",
    starts: [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
    size: webpSize,
  },
];

/** @param {Uint8Array} bytes */
function kindOf(bytes) {
  return KINDS.find(({ starts }) => starts.every(([at, text]) => textAt(bytes, at, text.length) === text));
}

/**
 * @param {Kind} kind @param {Uint8Array} bytes
 * @returns {Size | null} null where the file ends before its size, or is not of that kind
 */
function sizeOf(kind, bytes) {
  try {
    return kind.size(new DataView(bytes.buffer));
  } catch (problem) {
    if (problem instanceof RangeError) return null;
    throw problem;
  }
}

/**
 * Walks over a JPEG's segments to the one that starts the frame. As browsers do, it passes over what stands between
 * two segments: zeros, fill bytes, and whatever else is no marker.
 * @param {DataView} view @returns {Size | null}
 */
function jpegSize(view) {
  let at = 2;
  for (;;) {
    while (view.getUint8(at) !== 0xff) at += 1;
    while (view.getUint8(at) === 0xff) at += 1;
    const marker = view.getUint8(at);
    at += 1;
    const isAlone = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7); // a marker without a segment, or none
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (startsFrame) return { height: view.getUint16(at + 3), width: view.getUint16(at + 5) };
    if (marker >= 0xd8 && marker <= 0xda) return null; // another picture, the end, or pixels before their frame
    if (!isAlone) at += Math.max(2, view.getUint16(at));
  }
}

/**
 * A GIF's screen, and more where its first frame is larger: that is what browsers unpack.
 * @param {DataView} view @returns {Size}
 */
function gifSize(view) {
  const [width, height, flags] = [view.getUint16(6, true), view.getUint16(8, true), view.getUint8(10)];
  const table = (bits) => (bits & 0x80 ? 3 * 2 ** ((bits & 7) + 1) : 0);
  let at = 13 + table(flags);
  while (view.getUint8(at) === 0x21) {
    at += 2; // an extension, and its kind; then blocks, each with its length before it, to an empty one
    while (view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
    at += 1;
  }
  if (view.getUint8(at) !== 0x2c) return { width, height };
  const [left, top, across, down] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true));
  return { width: Math.max(width, left + across), height: Math.max(height, top + down) };
}

/** WebP has three kinds of header: plain, lossless and extended. */
function webpSize(view) {
  const low14 = (bits) => bits & 0x3fff;
  const low24 = (at) => view.getUint32(at, true) & 0xffffff;
  switch (textAt(new Uint8Array(view.buffer), 12, 4)) {
    case "VP8 ":
      return { width: low14(view.getUint16(26, true)), height: low14(view.getUint16(28, true)) };
    case "VP8L":
      return { width: low14(view.getUint32(21, true)) + 1, height: low14(view.getUint32(21, true) >>> 14) + 1 };
    case "VP8X":
      return { width: low24(24) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
    default:
      return null;
  }
}

/** A PNG's own words, such as Title and Copyright (its tEXt chunks). @param {Uint8Array} bytes */
function pngTexts(bytes) {
  const said = chunksOf(bytes).filter(({ type }) => type === "tEXt");
  return Object.fromEntries(said.map(({ data }) => textAt(data, 0, data.length).split("\0")));
}

/** Bytes as Latin-1, which is what file headers and PNG texts are in. */
function textAt(bytes, at, length) {
  return Array.from(bytes.subarray(at, at + length), (byte) => String.fromCharCode(byte)).join("");
}
