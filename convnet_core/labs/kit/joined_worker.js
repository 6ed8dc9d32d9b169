// A Worker where modules are joined into one text and none can be loaded: see joiner.py.

/**
 * Runs modules in a Worker, made of the functions that made them.
 * @param {Record<string, (labs: object) => object>} makers  the functions by the modules' names
 * @param {string[]} names  each after those it needs itself
 */
export function joinedWorker(makers, names) {
  const made = names.map((name) => `labs["${name}"] = (${makers[name]})(labs);`);
  const text = ['"use strict";', "const labs = {};", ...made].join("\n");
  return new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}
