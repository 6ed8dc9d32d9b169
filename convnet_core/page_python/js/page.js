// Loads what makes a page's cells editors when the reader comes near one of them; a page that is not read so far stays light.

const own = /** @type {any} */ (document.currentScript);
const { style, script, files } = own.dataset;

const load = () => {
  watch.disconnect();
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  const cells = Object.assign(document.createElement("script"), { src: script });
  cells.dataset.files = files;
  sheet.onload = () => document.head.append(cells);
  document.head.append(sheet);
};
const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && load(), { rootMargin: "800px" });
for (const cell of document.querySelectorAll(".py-exercise, .py-try")) watch.observe(cell);
own.load = load; // for the slides, which measure each cell before one comes near it
