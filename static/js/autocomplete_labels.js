// The desk: gives the fields of Django's autocomplete the accessible names of their labels.
const labelFields = (part) => {
  const fields = "[role=combobox], [role=textbox], [role=searchbox]";
  for (const select of part.querySelectorAll(".admin-autocomplete")) {
    const [label] = select.labels;
    const box = select.nextElementSibling;
    if (!label || !box?.matches(".select2")) continue;
    label.id ||= `${select.id}-label`;
    for (const field of box.querySelectorAll(fields)) {
      const chosen = field.getAttribute("aria-labelledby") ?? field.id;
      field.setAttribute("aria-labelledby", `${label.id} ${chosen}`);
    }
  }
};
// Django's own script creates these fields when jQuery is ready, before this runs.
const labelWhenReady = (part) => django.jQuery(() => labelFields(part));
addEventListener("load", () => labelWhenReady(document));
document.addEventListener("formset:added", (event) => labelWhenReady(event.target));
