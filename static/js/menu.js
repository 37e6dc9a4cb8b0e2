// A menu closes when something in it was chosen; Esc and clicks beside it are the browser's.
document.addEventListener("click", ({ target }) => {
  if (target.closest(".menu a")) target.closest(".menu").hidePopover?.();
});
