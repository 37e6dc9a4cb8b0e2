// The desk: adapts the form of a finding to its kind. Fields and results that this kind
// never has are hidden, unless they have a value; the figure is folded. Without JavaScript
// everything is shown.
const kindSelects = "select[name$=kind]";

function isFilled(field) {
  return field.selectedOptions ? [...field.selectedOptions].some((o) => o.value) : field.value;
}

function showOrHideField(field, kind) {
  const isShown = field.dataset.kinds.split(" ").includes(kind) || Boolean(isFilled(field));
  const fold = field.closest("fieldset:has(> details)")?.querySelector("details");
  if (fold) fold.open = isShown;
  else field.closest(".fieldBox, .form-row").hidden = !isShown;
}

function showTermsOfKind(form, label) {
  for (const group of form.querySelectorAll("select[name$=concept] optgroup")) {
    group.hidden = group.label !== label;
  }
}

// Barriers and risks are never neutral, other kinds never “not reported”, modes always
// neutral. A saved direction stays until the kind is changed.
function restrictDirections(form, kind, isChanged) {
  const direction = form.querySelector("select[name$=direction]");
  const answered = form.querySelector("[name$=response]")?.dataset.kinds.split(" ") ?? [];
  const never = answered.includes(kind) ? "neutral" : "not-reported";
  for (const option of direction?.options ?? []) {
    option.hidden = option.value === never || (kind === "mode" && option.value !== "neutral");
    if (option.hidden && option.selected && isChanged) direction.value = "";
  }
  if (kind === "mode" && direction && isChanged) direction.value = "neutral";
}

function adaptForm(select, isChanged) {
  const form = select.closest(".inline-related, form");
  const chosen = select.selectedOptions[0];
  showTermsOfKind(form, chosen.text);
  restrictDirections(form, chosen.value, isChanged);
  form.querySelectorAll("[data-kinds]").forEach((field) => showOrHideField(field, chosen.value));
}

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(kindSelects).forEach((select) => adaptForm(select, false));
});
document.addEventListener("change", ({ target }) => target.matches(kindSelects) && adaptForm(target, true));
