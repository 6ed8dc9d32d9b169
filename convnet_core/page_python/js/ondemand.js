// What a page's first run loads beside the engine and the library.

import { ending } from "./ending.js";
import { engine } from "./engine.js";
import { stateAbove } from "./lab.js";

const page = /** @type {any} */ (window);
page.convnetPython = Object.assign(page.convnetPython ?? {}, { start: engine, stateAbove, ending });
