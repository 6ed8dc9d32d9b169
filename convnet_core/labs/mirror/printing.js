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

/**
 * A typed number: "5", "-0.5", ".5", "0,5" or "5/9"; null where it is none.
 * @param {string} text
 */
export function readNumber(text) {
  const number = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)";
  const form = new RegExp(`^\\s*(${number})\\s*(?:/\\s*(${number}))?\\s*$`);
  const found = form.exec(text.replaceAll("−", "-").replaceAll(",", "."));
  if (!found) return null;
  const value = Number(found[1]) / (found[2] === undefined ? 1 : Number(found[2]));
  return Number.isFinite(value) ? value : null;
}
