// The desk: moves a saved row of a case up or down, and renumbers the rows.
// New rows stay last, because Django's script expects saved ones first.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const row = button.closest(".inline-related");
  const up = button.dataset.move === "up";
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other?.matches(".has_original")) return;
  up ? other.before(row) : other.after(row);
  button.focus();
  const rows = row.parentElement.querySelectorAll(":scope > .has_original");
  rows.forEach((each, i) => {
    each.querySelector("details > fieldset [name$=-position]").value = i;
  });
});
