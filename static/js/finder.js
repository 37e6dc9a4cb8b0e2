// Keeps a filtered list pleasant while htmx swaps it: tidy addresses, open folds,
// a title that fits, and a word for screen readers.
let openFolds = [];

document.addEventListener("htmx:configRequest", (event) => {
  const values = event.detail.formData;
  if (!values) return;
  for (const [name, value] of [...values.entries()]) {
    if (value === "") values.delete(name);
  }
});

document.addEventListener("htmx:beforeSwap", () => {
  openFolds = [...document.querySelectorAll("#finder details[open]")].map((fold) => fold.id);
});

document.addEventListener("htmx:afterSettle", () => {
  const heading = document.querySelector("#finder h1");
  if (!heading) return;
  for (const id of openFolds) {
    document.getElementById(id)?.setAttribute("open", "");
  }
  const words = heading.textContent.trim().replace(/\s+/g, " ");
  document.title = `${words} – Casebase`;
  document.getElementById("announcer").textContent = words;
  if (document.activeElement === document.body) heading.focus();
});
