// What a page's first run loads beside the engine and the library.

import { engine } from "./engine.js";
import { show } from "./show.js";

const page = /** @type {any} */ (window);
page.convnetPython = Object.assign(page.convnetPython ?? {}, { start: engine, show });
