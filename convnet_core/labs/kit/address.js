// Addresses: of the book's chapters, and which lab the page's own address speaks of. Chat and mail programs bend addresses: what they do to one is undone.

const ESCAPED = /%[0-9a-f]{2}/i;
const DEEPEST = 3; // times that programs on the way have escaped a link
const UNSEEN = /[\s\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g; // spaces, marks without width

/**
 * The lab that an address's fragment names, and the text of a state, null where the fragment is none of a lab's state.
 * @param {string} hash @param {string[]} ids  of the page's labs
 * @returns {{ id: string, text: string } | null}
 */
export function linkIn(hash, ids) {
  const fragment = unescaped(hash.slice(1)).replaceAll(UNSEEN, "");
  const found = /^(lab-[a-z]+(?:-\d+)?)=(.*)$/i.exec(fragment);
  if (found) return { id: found[1].toLowerCase(), text: found[2] };
  // It starts as one, and goes on as none.
  const startsAs = (known) => fragment.startsWith(known) && /^[^-]/.test(fragment.slice(known.length));
  const id = ids.filter(startsAs).at(-1);
  return id === undefined || isAnchor(fragment) ? null : { id, text: "" };
}

/** @param {string} fragment */
function isAnchor(fragment) {
  return document.getElementById(fragment) !== null;
}

/** @param {string} text */
function unescaped(text) {
  let plain = text;
  for (let depth = 0; depth < DEEPEST && ESCAPED.test(plain); depth++) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      plain = plain.replaceAll(/%([2-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
    }
  }
  return plain;
}

/** The address of a chapter, "04_pooling.html", from wherever in the book the lab stands. @param {string} name */
export function chapterAddress(name) {
  return "embedded" in document.documentElement.dataset ? `../book/${name}` : name;
}
