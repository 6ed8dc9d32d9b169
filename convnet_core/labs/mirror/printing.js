// Numbers as text, and text as numbers. convnet_core.printing prints the same characters.

/**
 * A number as the slides print it: cut after two decimals, never rounded (7/9 is "0.77").
 * A value within a billionth of a hundredth counts as that hundredth, so 0.29 stays "0.29".
 * @param {number} value
 */
export function truncated(value) {
  const scaled = Math.abs(value) * 100;
  const nearest = Math.floor(scaled + 0.5);
  const near = Math.abs(scaled - nearest) <= 1e-9 * Math.max(1, scaled);
  const hundredths = near ? nearest : Math.floor(scaled);
  const sign = value < 0 && hundredths > 0 ? "-" : "";
  const cents = String(hundredths % 100).padStart(2, "0");
  return `${sign}${Math.floor(hundredths / 100)}.${cents}`;
}

/**
 * A number with no more digits than it needs: "4", "-1", "0.5", "0.33".
 * @param {number} value
 */
export function plain(value) {
  return truncated(value).replace(/\.?0+$/, "");
}

// What keyboards and programs write in place of the signs that a number is made of here.
/** @type {[RegExp, string][]} */
const SIGNS = [
  [/[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, " "], // spaces of all widths and of none
  [/[\u2010-\u2013\u2212\ufe63\uff0d]/g, "-"],
  [/\uff0b/g, "+"],
  [/\uff0e/g, "."],
  [/[\u060c\u066b\uff0c]/g, ","], // Arabic and full-width commas
  [/[\u2044\u2215\uff0f]/g, "/"],
];
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10]; // Arabic, Persian, Devanagari, Bengali and full-width digits
const NUMBER = "[+-]?(?:\\d+[.,]?\\d*|[.,]\\d+)";
const WHOLE = new RegExp(`^(${NUMBER})(?: ?/ ?(${NUMBER}))?$`);
const BEGUN = /^[+-]?\d*[.,]?\d*(?: ?\/ ?[+-]?\d*[.,]?\d*)?$/;
const AMBIGUOUS = /^[+-]?[1-9]\d{0,2},\d{3}$/; // a thousand and more, or one and a little

/**
 * A typed number: "5", "-0.5", ".5", "0,5" or "5/9"; null where it is none, or could be two ("1,000").
 * @param {string} text @returns {number | null}
 */
export function readNumber(text) {
  const found = WHOLE.exec(inOurSigns(text));
  if (!found || ambiguousPart(text) !== undefined) return null;
  const [number, divisor] = [found[1], found[2] ?? "1"].map((part) => Number(part.replace(",", ".")));
  const value = number / divisor;
  return Number.isFinite(value) ? value : null;
}

/** Whether more may follow and make a number of it: "-", ".", "1/" and "" as well as "5". @param {string} text */
export function beginsNumber(text) {
  return BEGUN.test(inOurSigns(text)) && ambiguousPart(text) === undefined;
}

/** Whether a sign can be the first of a number. @param {string} sign */
export function startsNumber(sign) {
  return /^[+\-.,\d]$/.test(inOurSigns(sign));
}

/** Why `readNumber` takes a text for no number, in a sentence without its stop. @param {string} text */
export function numberProblem(text) {
  const part = ambiguousPart(text);
  if (part === undefined) return "Type a number: 5, -0.5 or 1/9";
  const small = Number(part.replace(",", "."));
  const decimal = Number.isInteger(small) ? `${small}.0` : String(small);
  return `${part} can be read in two ways: write ${part.replace(",", "")} or ${decimal}`;
}

/** @param {string} text */
function ambiguousPart(text) {
  const parts = inOurSigns(text).split(/ ?\/ ?/);
  return parts.find((part) => AMBIGUOUS.test(part));
}

/** @param {string} text */
function inOurSigns(text) {
  const signed = SIGNS.reduce((whole, [other, ours]) => whole.replace(other, ours), text).trim();
  return Array.from(signed, (sign) => {
    const zero = ZEROS.find((first) => sign >= String.fromCharCode(first) && sign <= String.fromCharCode(first + 9));
    return zero === undefined ? sign : String(sign.charCodeAt(0) - zero);
  }).join("");
}
