// Loads what makes a page's cells editors when the reader comes near one of them; a page that is not read so far stays light.

const NEAR = "800px";
const { style, script, files } = document.currentScript.dataset;

const load = () => {
  watch.disconnect();
  document.removeEventListener("py-wanted", load);
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  const cells = Object.assign(document.createElement("script"), { src: script });
  cells.dataset.files = files;
  sheet.onload = () => document.head.append(cells);
  document.head.append(sheet);
};
const watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && load(), { rootMargin: NEAR });
for (const cell of document.querySelectorAll(".py-exercise, .py-try")) watch.observe(cell);
document.addEventListener("py-wanted", load); // by the slides, which count what is there
