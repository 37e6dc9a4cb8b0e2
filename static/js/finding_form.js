// The desk: the form of a finding follows its kind. Fields and results that this kind never
// has are hidden, unless they are filled in; the figure is folded. Without script all show.
const kinds = "select[name$=kind]";

function isFilled(field) {
  return field.selectedOptions ? [...field.selectedOptions].some((o) => o.value) : field.value;
}

function fitField(field, kind) {
  const fits = field.dataset.kinds.split(" ").includes(kind) || Boolean(isFilled(field));
  const fold = field.closest("fieldset:has(> details)")?.querySelector("details");
  if (fold) fold.open = fits;
  else field.closest(".fieldBox, .form-row").hidden = !fits;
}

function fitTerms(form, label) {
  for (const group of form.querySelectorAll("select[name$=concept] optgroup")) {
    group.hidden = group.label !== label;
  }
}

// Barriers and risks are never neutral, others never “not reported”, modes always neutral.
// What was saved stays until the kind is changed.
function fitDirection(form, kind, isChanged) {
  const direction = form.querySelector("select[name$=direction]");
  const answered = form.querySelector("[name$=response]")?.dataset.kinds.split(" ") ?? [];
  const never = answered.includes(kind) ? "neutral" : "not-reported";
  for (const option of direction?.options ?? []) {
    option.hidden = option.value === never || (kind === "mode" && option.value !== "neutral");
    if (option.hidden && option.selected && isChanged) direction.value = "";
  }
  if (kind === "mode" && direction && isChanged) direction.value = "neutral";
}

function fit(select, isChanged) {
  const form = select.closest(".inline-related, form");
  const chosen = select.selectedOptions[0];
  fitTerms(form, chosen.text);
  fitDirection(form, chosen.value, isChanged);
  form.querySelectorAll("[data-kinds]").forEach((field) => fitField(field, chosen.value));
}

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(kinds).forEach((select) => fit(select, false));
});
document.addEventListener("change", ({ target }) => target.matches(kinds) && fit(target, true));
