// Escape puts a word's meaning away, until the pointer or the focus comes back to the word.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".term:hover, .term:focus-within")) {
    term.classList.add("put-away");
    const again = () => term.classList.remove("put-away");
    term.addEventListener("pointerleave", again, { once: true });
    term.addEventListener("focusout", again, { once: true });
  }
});
