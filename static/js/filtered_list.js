// A filtered list while htmx swaps it: the form stays and gets new numbers; title and a
// word for screen readers tell what is shown, and a notice what could not be loaded.
const form = document.getElementById("filters");
const failed = document.getElementById("failed");

document.addEventListener("htmx:configRequest", ({ detail: { formData, triggeringEvent } }) => {
  for (const [name, value] of [...formData]) {
    const isAlone = name.endsWith("-all") && formData.getAll(name.slice(0, -4)).length < 2;
    if (value === "" || isAlone) formData.delete(name);
  }
  const page = triggeringEvent.detail?.page;
  if (page > 1) formData.set("page", page);
});

// Who is about to choose from an open facet finds its rows where they were.
function updateFacet(facet, latest) {
  const [summary, options] = facet.children;
  summary.innerHTML = latest.children[0].innerHTML;
  if (!facet.open) return options.replaceWith(latest.children[1]);
  for (const row of options.querySelectorAll("li")) {
    const now = latest.querySelector(`li:has(#${CSS.escape(row.querySelector("input").id)})`);
    row.className = now?.className ?? "facet__option--none";
    row.querySelector(".count").innerHTML = now?.querySelector(".count").innerHTML ?? "";
    now?.remove();
  }
  options.querySelector("ul").append(...latest.querySelectorAll("li"));
}

function updateOrders(select, latest) {
  const { value } = select;
  if (select.textContent !== latest.textContent) select.replaceChildren(...latest.children);
  select.value = value;
  select.selectedIndex = Math.max(select.selectedIndex, 0);
}

document.addEventListener("htmx:oobBeforeSwap", ({ detail, detail: { target, fragment } }) => {
  const update = target.id === "sort" ? updateOrders : target.matches(".facet") && updateFacet;
  update && update(target, fragment.firstElementChild);
  detail.shouldSwap = !update;
});

form.addEventListener("htmx:afterOnLoad", ({ detail: { pathInfo, requestConfig, successful } }) => {
  failed.hidden = successful;
  const why = requestConfig.triggeringEvent.type;
  const isNew = pathInfo.responsePath !== location.pathname + location.search;
  if (successful && isNew && why !== "returned") history.pushState(null, "", pathInfo.responsePath);
  form.dispatchEvent(new Event("shown"));
  const heading = document.getElementById("heading");
  document.title = `${heading.textContent} – Casebase`;
  document.getElementById("announcer").textContent = heading.textContent;
  // Its link is no longer there.
  if (why === "followed" && document.activeElement === document.body) heading.focus();
});
form.addEventListener("htmx:sendError", () => (failed.hidden = false));
// To give an answer up for a newer one is no error.
form.addEventListener("htmx:beforeRequest", ({ detail }) => (detail.error = ""));
// What was chosen before the scripts came.
const isTouched = ({ name, options, selectedOptions, checked, defaultChecked, value, defaultValue }) =>
  name && (options ? !selectedOptions[0].defaultSelected : checked !== defaultChecked || value !== defaultValue);
addEventListener("DOMContentLoaded", () => [...form.elements].some(isTouched) && htmx.trigger(form, "change"));
