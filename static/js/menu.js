// Closes a menu after a choice, and when the focus leaves it and its button. The browser
// closes it on Esc and on a click outside.
document.addEventListener("click", ({ target }) => {
  if (target.closest(".menu a")) target.closest(".menu").hidePopover?.();
});

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest(".menu") ?? target.popoverTargetElement;
  if (!menu || !relatedTarget || menu.contains(relatedTarget)) return;
  if (relatedTarget.popoverTargetElement !== menu) menu.hidePopover?.();
});
