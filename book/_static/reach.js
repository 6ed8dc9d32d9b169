// What the theme leaves unsaid to those who use keys or a screen reader: names, what is open, what a press has done.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const said = document.body.appendChild(document.createElement("p"));
  said.className = "said";
  said.setAttribute("role", "status");

  for (const [id, name] of [
    ["pst-search-dialog", "Search"],
    ["pst-primary-sidebar-modal", "Chapters"],
    ["pst-secondary-sidebar-modal", "On this page"],
  ]) {
    document.getElementById(id)?.setAttribute("aria-label", name);
  }

  // A list beside the page, or in a dialog over it, is open or not.
  const lists = all(".sidebar-toggle").map((button) => {
    const side = button.matches(".primary-toggle") ? "primary" : "secondary";
    const dialog = document.getElementById(`pst-${side}-sidebar-modal`);
    return { button, dialog, list: document.getElementById(`pst-${side}-sidebar`) };
  });
  const tell = () => {
    for (const { button, dialog, list } of lists) {
      const isBeside = list && getComputedStyle(list).visibility === "visible" && list.getClientRects().length > 0;
      const isHidden = list?.classList.contains("pst-sidebar-hidden");
      button.setAttribute("aria-expanded", String(Boolean(dialog?.open || (isBeside && !isHidden))));
    }
  };
  for (const { button, dialog, list } of lists) {
    button.addEventListener("click", () => setTimeout(tell), true);
    dialog?.addEventListener("close", () => setTimeout(tell));
    list?.addEventListener("transitionend", tell); // it slides in and out of sight
  }
  addEventListener("resize", tell);
  tell();

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(".copybtn, .theme-switch-button");
    if (!button) return;
    setTimeout(() => {
      button.focus({ preventScroll: true }); // what copies takes the focus with it
      const colours = `Colours: ${document.documentElement.dataset.mode}.`;
      said.textContent = !button.matches(".copybtn") ? colours : button.matches(".success") ? "Copied." : "";
    });
  });

  // Whether a search has found anything is written into a line that comes with it.
  const results = document.getElementById("search-results");
  if (results) {
    const mark = () => results.querySelector(".search-summary")?.setAttribute("role", "status");
    new MutationObserver(mark).observe(results, { childList: true });
    mark();
  }
})();
