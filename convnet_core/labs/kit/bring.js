// Data that a lab does not start with, got when they are first wanted: in a page from scripts beside it, which load from
// disk too, else from the kernel.

const PATIENCE = 20_000; // milliseconds without an answer, after which a kernel counts as gone

/**
 * @typedef {import("./host.js").Model} Model
 * @typedef {(got: number, all: number) => void} Tell  how much has come, in any unit
 */

/** What has come, or is on its way, for all labs of a page. @type {Map<string, Promise<any>>} */
const known = new Map();

/**
 * Data by their name, as `read` makes them of bytes; it throws an Error where these are not whole.
 * @template Data
 * @param {Model} model @param {string} name @param {(bytes: Uint8Array) => Data} read @param {Tell} tell
 * @param {AbortSignal} signal
 * @returns {Promise<Data>}
 */
export function bring(model, name, read, tell, signal) {
  if (!known.has(name)) {
    const bytes = model.page ? fromPage(model.page.files[name] ?? [], tell) : fromKernel(model, name, tell, signal);
    const coming = bytes.then(read);
    known.set(name, coming);
    coming.catch(() => known.delete(name)); // who asks again tries again
  }
  return known.get(name);
}

/** @param {[address: string, bytes: number][]} parts @param {Tell} tell */
async function fromPage(parts, tell) {
  if (parts.length === 0) throw new Error("this page does not say where they lie");
  const all = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  let got = 0;
  let isOver = false; // parts that come after another has failed don't count for the next try
  tell(got, all);
  const one = async ([address, bytes]) => {
    const part = await loaded(address);
    if (!isOver) tell((got += bytes), all);
    return part;
  };
  return joined(await Promise.all(parts.map(one)).finally(() => (isOver = true)));
}

/** A script that hands over one part, as base64. @param {string} address @returns {Promise<Uint8Array>} */
function loaded(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => {
      const handed = /** @type {any} */ (window).convnetPart?.[script.dataset.part];
      script.remove();
      if (handed) resolve(Uint8Array.from(atob(handed), (letter) => letter.charCodeAt(0)));
      else reject(new Error(`${address.split("?")[0]} is not whole`));
    };
    script.onerror = () => {
      script.remove();
      reject(new Error(`${address.split("?")[0]} can't be loaded`));
    };
    script.dataset.part = address.split("/").at(-1).split("?")[0];
    script.src = address;
    document.head.append(script);
  });
}

/** @param {Model} model @param {string} name @param {Tell} tell @param {AbortSignal} signal @returns {Promise<Uint8Array>} */
function fromKernel(model, name, tell, signal) {
  return new Promise((resolve, reject) => {
    /** @type {Uint8Array[]} */
    const parts = [];
    let clock = 0;
    const end = (/** @type {() => void} */ action) => {
      clearTimeout(clock);
      model.off("msg:custom", /** @type {any} */ (hear));
      action();
    };
    const wait = () => {
      clearTimeout(clock);
      clock = window.setTimeout(end, PATIENCE, () => reject(new Error("the kernel does not answer")));
    };
    const hear = (/** @type {any} */ message, /** @type {DataView[]} */ buffers) => {
      if (message?.brings !== name) return;
      const [{ buffer, byteOffset, byteLength }] = buffers;
      parts.push(new Uint8Array(buffer, byteOffset, byteLength));
      tell(parts.length, message.parts);
      if (parts.length === message.parts) end(() => resolve(joined(parts)));
      else wait();
    };
    signal.addEventListener("abort", () => end(() => reject(new Error("the lab is gone"))));
    model.on("msg:custom", /** @type {any} */ (hear));
    model.send({ bring: name });
    wait();
  });
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
