// Light or dark is read off the page itself: the book's switch, JupyterLab's themes, VS Code's and
// the system's setting all show in the colour behind the lab.

/** Keeps `root.dataset.theme` at "light" or "dark". @param {HTMLElement} root @param {AbortSignal} signal */
export function watchTheme(root, signal) {
  const update = () => {
    root.dataset.theme = isDark(backdrop(root)) ? "dark" : "light";
  };
  const observer = new MutationObserver(update);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true, attributeFilter: ["class", "data-theme", "data-mode", "data-jp-theme-light"] });
  }
  signal.addEventListener("abort", () => observer.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update, { signal });
  update();
}

/** The first colour behind the lab that is not see-through. */
function backdrop(root) {
  for (let element = root.parentElement; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
    if (colour.length === 3 || colour[3] > 0.5) return colour;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches && document.documentElement.style.colorScheme === "dark" ? [0, 0, 0] : [255, 255, 255];
}

function isDark([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
