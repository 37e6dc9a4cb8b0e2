// The desk: adds a blank source to the finding or conflict whose button is pressed.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-source]");
  if (!button) return;
  const blank = button.closest(".inline-group").querySelector("template");
  const total = button.parentElement.querySelector("[name$=-TOTAL_FORMS]");
  const prefix = total.name.replace("TOTAL_FORMS", total.value);
  const html = blank.innerHTML.replaceAll(blank.dataset.prefix, prefix);
  button.insertAdjacentHTML("beforebegin", html);
  const added = button.previousElementSibling;
  added.querySelector("[name$=-position]").value = total.value;
  total.value = Number(total.value) + 1;
  const detail = { formsetName: prefix };
  // Django's own scripts listen for this event and initialise the autocomplete.
  added.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail }));
  added.scrollIntoView({ block: "nearest" });
});
