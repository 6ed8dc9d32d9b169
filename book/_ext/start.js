// What every page runs before it is drawn. The options of the book's extensions follow; see one_script.py.

// Storage that forgets stands in where a browser forbids its own, as in a sandboxed frame.
const bookStorage = (() => {
  const forgetful = { getItem: () => null, setItem() {}, removeItem() {} };
  const ask = (name) => {
    try {
      return window[name] ?? forgetful;
    } catch {
      return forgetful;
    }
  };
  return { local: ask("localStorage"), session: ask("sessionStorage") };
})();

{
  // A dark page never flashes white.
  const page = document.documentElement;
  const mode = bookStorage.local.getItem("mode") || "auto";
  const dark = mode === "dark" || (mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  Object.assign(page.dataset, { mode, theme: dark ? "dark" : "light" });

  // Paper is white.
  let onScreen = page.dataset.theme;
  addEventListener("beforeprint", () => {
    onScreen = page.dataset.theme;
    page.dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    page.dataset.theme = onScreen;
  });

  DOCUMENTATION_OPTIONS.pagename = document.currentScript.dataset.page;
  // A page opened from disk or in a sandboxed frame may not read its neighbours: its search lists titles alone.
  if (self.origin === "null") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  // A chapter as slides, by its button or by the address of a slide: what cuts it comes when it is first wanted.
  const showSlides = () => {
    const button = document.querySelector("[data-slides]");
    if (document.querySelector("script[src*='slides.js']")) button.dispatchEvent(new Event("slides"));
    else if (button) document.head.append(Object.assign(document.createElement("script"), { src: button.dataset.slides }));
  };
  const presses = {
    "window.print()": () => window.print(),
    "toggleFullScreen()": () => window.toggleFullScreen(),
    slides: showSlides,
  };
  document.addEventListener("click", (event) => presses[event.target.closest("[data-press]")?.dataset.press]?.());
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".bd-search-container input")?.select();
    if (location.hash.startsWith("#slide-")) showSlides();
  });
}
