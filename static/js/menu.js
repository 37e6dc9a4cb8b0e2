// A menu closes when something in it was chosen, and when the focus leaves it and its
// button; Esc and clicks beside it are the browser's.
document.addEventListener("click", ({ target }) => {
  if (target.closest(".menu a")) target.closest(".menu").hidePopover?.();
});

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest(".menu") ?? target.popoverTargetElement;
  if (!menu || !relatedTarget || menu.contains(relatedTarget)) return;
  if (relatedTarget.popoverTargetElement !== menu) menu.hidePopover?.();
});
