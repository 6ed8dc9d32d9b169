// Light or dark is read off the page itself: the book's switch, JupyterLab's themes, VS Code's and
// the system's setting all show in the colour behind the lab.

const WHERE_THEMES_SHOW = ["class", "data-theme", "data-mode", "data-jp-theme-light", "data-vscode-theme-kind"];

/** Keeps `root.dataset.theme` at "light" or "dark". @param {HTMLElement} root @param {AbortSignal} signal */
export function watchTheme(root, signal) {
  const update = () => {
    if (root.isConnected) root.dataset.theme = isDark(backdrop(root)) ? "dark" : "light";
  };
  const themes = new MutationObserver(update);
  for (const element of [document.documentElement, document.body]) {
    themes.observe(element, { attributes: true, attributeFilter: WHERE_THEMES_SHOW });
  }
  // A kernel's front end renders first and puts the lab into its page later: then it gets a size, and that is all that
  // is waited for: who goes on watching sizes is told of loops by WebKit when the lab grows.
  const arrival = new ResizeObserver(() => {
    if (root.offsetWidth === 0) return;
    arrival.disconnect(); // before the theme changes sizes
    update();
  });
  arrival.observe(root);
  signal.addEventListener("abort", () => {
    themes.disconnect();
    arrival.disconnect();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update, { signal });
  root.dataset.theme = "light";
  update();
}

/**
 * The first colour behind the lab that is not see-through: red, green and blue from 0 to 1.
 * @param {HTMLElement} root
 * @returns {number[]}
 */
function backdrop(root) {
  for (let element = root.parentElement; element; element = element.parentElement) {
    const [red, green, blue, alpha = 1] = channels(getComputedStyle(element).backgroundColor);
    if (alpha > 0.5) return [red, green, blue];
  }
  return [1, 1, 1];
}

/** "rgb(255, 255, 255)" and "color(srgb 1 1 1)" are what browsers answer. */
function channels(colour) {
  const numbers = colour.match(/[\d.]+/g)?.map(Number) ?? [1, 1, 1];
  return colour.startsWith("rgb") ? numbers.map((number, at) => (at < 3 ? number / 255 : number)) : numbers;
}

/** @param {number[]} colour */
function isDark([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue < 0.5;
}
