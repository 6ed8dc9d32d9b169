// Photographs in the page: a reader's file is checked, shrunk and (unless colours are wanted) made grey right
// here, and is never sent anywhere. A lab keeps a photograph as a data address of a PNG; photograph.py does the same.

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
  // "none": the numbers as they stand in the file, whatever screen the page is on.
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }), { colorSpaceConversion: "none" });
  const colours = drawn(bitmap, size).data;
  return { ...size, pixels: greysOf(colours), colours, texts: pngTexts(bytes) };
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

/** The bitmap at another size, on white where it is see-through. @returns {ImageData} */
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

const PNG = {
  name: "PNG",
  type: "image/png",
  starts: [
    [0, "\x89PNG\r\n\x1a\n"],
    [12, "IHDR"],
  ],
  size: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
};
const KINDS = [
  PNG,
  { name: "JPEG", type: "image/jpeg", starts: [[0, "\xff\xd8\xff"]], size: jpegSize },
  {
    name: "GIF",
    type: "image/gif",
    starts: [[0, "GIF8"]],
    size: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  },
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

function kindOf(bytes) {
  return KINDS.find(({ starts }) => starts.every(([at, text]) => textAt(bytes, at, text.length) === text));
}

/** @returns {Size | null} null where the file ends before its size, or is not of that kind */
function sizeOf(kind, bytes) {
  try {
    return kind.size(new DataView(bytes.buffer));
  } catch (problem) {
    if (problem instanceof RangeError) return null;
    throw problem;
  }
}

/** Walks over a JPEG's segments to the one that starts the frame. */
function jpegSize(view) {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (startsFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
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

/** A PNG's own words, such as Title and Copyright (its tEXt chunks). */
function pngTexts(bytes) {
  const view = new DataView(bytes.buffer);
  const texts = {};
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (textAt(bytes, at + 4, 4) !== "tEXt") continue;
    const [key, text] = textAt(bytes, at + 8, view.getUint32(at)).split("\0");
    texts[key] = text;
  }
  return texts;
}

/** Bytes as Latin-1, which is what file headers and PNG texts are in. */
function textAt(bytes, at, length) {
  return Array.from(bytes.subarray(at, at + length), (byte) => String.fromCharCode(byte)).join("");
}
