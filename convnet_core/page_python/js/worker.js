// What runs a reader's Python: a Worker, whose text stands behind the engine's own in one blob. It is given the engine's
// code and the library once, then one cell after the other.
//
// The engine has a door to JavaScript, and this shuts it: what a reader writes gets no hold of the Worker, of a network or
// of a disk. It can compute, ask for the time, and print.

"use strict";
{
  const HEAP = 28 * 2 ** 20; // bytes that Python has from the start: growing bit by bit, and filling twice as much, take it long
  const SPARE = 2 ** 20; // for what is handed to it
  const STACK = 48 * 2 ** 10;
  const MOST_OUTPUT = 20_000; // characters
  const PACE = 100; // milliseconds between two reports of what was printed
  const READ_ONLY = -69; // the engine's number for a disk that can't be written on
  const WRITING = 0o2103; // of the ways to open a file
  const OPEN_DOORS = /^(invoke_|mp_js_|__syscall_|_abort_js|_emscripten_throw_longjmp|emscripten_resize_heap)/;
  const CHANGING = /^__syscall_(mkdirat|renameat|rmdir|unlinkat)$/;
  const FILLING = /^(call|js_subscr_load|js_get_iter|js_reflect_construct|proxy_convert)/; // their last argument is a place
  const SHUT = ["fetch", "XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "importScripts", "indexedDB", "caches"];
  const SHUT_TOO = ["Worker", "SharedWorker", "BroadcastChannel", "RTCPeerConnection"];

  const scope = /** @type {any} */ (self);
  const post = scope.postMessage.bind(scope);
  let python = null;
  let isReady = false; // from then on, files can't be written, and there is no more memory

  const fresh = () => ({ bytes: [], count: 0, isCut: false, reported: Date.now(), decoder: new TextDecoder() });
  /** What was printed and is not reported yet; how much was in all. */
  let printed = fresh();
  let isFull = false; // no memory is left: a list that grows on would take minutes to find out

  const report = () => {
    if (printed.bytes.length > 0) post({ printed: printed.decoder.decode(new Uint8Array(printed.bytes), { stream: true }) });
    printed.bytes = [];
    printed.reported = Date.now();
  };

  const hear = ([byte]) => {
    if (printed.isCut) return interrupt();
    printed.bytes.push(byte);
    printed.count += 1;
    if (printed.count >= MOST_OUTPUT) {
      printed.isCut = true;
      interrupt();
    }
    if (byte === 10 && Date.now() - printed.reported > PACE) report();
  };

  const fill = () => {
    isFull = true;
    interrupt();
    return 0;
  };

  const interrupt = () => python?._module._mp_sched_keyboard_interrupt();

  /** The engine's imports, with all doors shut but those that it computes and prints by. */
  const locked = ({ env, ...others }) => {
    const shut = /** @type {any} */ ({});
    let memory = null;
    for (const [name, door] of Object.entries(env)) {
      if (OPEN_DOORS.test(name)) shut[name] = door;
      else if (!FILLING.test(name)) shut[name] = () => 0;
      else shut[name] = (...given) => new Int32Array(memory.buffer).fill(0, given.at(-1) / 4, given.at(-1) / 4 + 3);
      if (CHANGING.test(name)) shut[name] = (...given) => (isReady ? READ_ONLY : door(...given));
    }
    shut.__syscall_openat = (at, path, flags, more) =>
      isReady && flags & WRITING ? READ_ONLY : env.__syscall_openat(at, path, flags, more);
    shut.emscripten_resize_heap = (size) => (isReady ? fill() : env.emscripten_resize_heap(size));
    return { imports: { env: shut, ...others }, take: (instance) => (memory = instance.exports.memory) };
  };

  /** Lets the engine have its code from us where it would ask a server for it. */
  const handOver = (module) => {
    scope.fetch = () => null;
    WebAssembly.instantiateStreaming = async (_, wanted) => {
      const { imports, take } = locked(/** @type {any} */ (wanted));
      const instance = await WebAssembly.instantiate(module, imports);
      take(instance);
      return /** @type {any} */ ({ module, instance });
    };
  };

  const shutNetwork = () => {
    for (const name of [...SHUT, ...SHUT_TOO]) {
      Object.defineProperty(scope, name, { value: undefined, writable: false, configurable: false });
    }
  };

  const putModules = (modules) => {
    for (const [name, source] of Object.entries(modules)) {
      const isPackage = Object.keys(modules).some((other) => other.startsWith(`${name}.`));
      const path = `/lib/${name.replaceAll(".", "/")}${isPackage ? "/__init__" : ""}.py`;
      python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      python.FS.writeFile(path, source);
    }
  };

  const start = async ({ code, modules }) => {
    handOver(await WebAssembly.compile(code)); // a page may forbid it
    python = await scope.loadMicroPython({ heapsize: HEAP, pystack: STACK, stdout: hear, stderr: () => {}, linebuffer: false });
    putModules(modules);
    shutNetwork();
    python.runPython("import running");
    python._module._free(python._module._malloc(SPARE));
    isReady = true;
    post({ isReady: true });
  };

  const runCell = (cell) => {
    printed = fresh();
    python.globals.set("asked", JSON.stringify(cell));
    python.runPython("answer = running.answer(asked)");
    report();
    post({ isCut: printed.isCut, isFull, answer: JSON.parse(python.globals.get("answer")) });
  };

  scope.onmessage = async ({ data }) => {
    try {
      if (data.modules) await start(data);
      else runCell(data);
    } catch (problem) {
      report();
      post({ failed: String(problem?.message ?? problem) });
    }
  };
}
