// The desk: a finding of one kind can only be coded with terms of that kind.
function fit(kind) {
  const form = kind.closest(".inline-related, form");
  const shown = kind.selectedOptions[0].text;
  for (const group of form.querySelectorAll("select[name$=concept] optgroup")) {
    group.hidden = group.label !== shown;
  }
}

const kinds = "select[name$=kind]";
document.querySelectorAll(kinds).forEach(fit);
document.addEventListener("change", ({ target }) => target.matches(kinds) && fit(target));
