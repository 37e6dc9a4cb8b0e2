// The desk: fields in which one types to choose are called what their labels say.
const callByLabels = (part) => {
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
// Django's own script makes these fields as soon as jQuery is ready; this comes later.
const later = (part) => django.jQuery(() => callByLabels(part));
addEventListener("load", () => later(document));
document.addEventListener("formset:added", (event) => later(event.target));
