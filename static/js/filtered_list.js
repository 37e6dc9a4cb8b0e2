// Updates the page when htmx has loaded a filtered list: the form stays and gets new
// counts, the title and the live region announce the list, a notice says if it failed.
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

// The rows of an open facet keep their places, because a reader may be about to click one.
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

function updateSortOptions(select, latest) {
  const { value } = select;
  if (select.textContent !== latest.textContent) select.replaceChildren(...latest.children);
  select.value = value;
  select.selectedIndex = Math.max(select.selectedIndex, 0);
}

document.addEventListener("htmx:oobBeforeSwap", ({ detail, detail: { target, fragment } }) => {
  const update = target.id === "sort" ? updateSortOptions : target.matches(".facet") && updateFacet;
  update && update(target, fragment.firstElementChild);
  detail.shouldSwap = !update;
});

form.addEventListener("htmx:afterOnLoad", ({ detail: { pathInfo, requestConfig, successful } }) => {
  failed.hidden = successful;
  const trigger = requestConfig.triggeringEvent.type;
  const isNew = pathInfo.responsePath !== location.pathname + location.search;
  if (successful && isNew && trigger !== "historychanged") history.pushState(null, "", pathInfo.responsePath);
  form.dispatchEvent(new Event("listshown"));
  const heading = document.getElementById("heading");
  document.title = `${heading.textContent} – Casebase`;
  document.getElementById("announcer").textContent = heading.textContent;
  // The link that had the focus no longer exists.
  if (trigger === "linkfollowed" && document.activeElement === document.body) heading.focus();
});
form.addEventListener("htmx:sendError", () => (failed.hidden = false));
// A request that is aborted for a newer one is not an error.
form.addEventListener("htmx:beforeRequest", ({ detail }) => (detail.error = ""));
// Requests the list if a reader made choices before the scripts were loaded.
const isChanged = ({ name, options, selectedOptions, checked, defaultChecked, value, defaultValue }) =>
  name && (options ? !selectedOptions[0].defaultSelected : checked !== defaultChecked || value !== defaultValue);
addEventListener("DOMContentLoaded", () => [...form.elements].some(isChanged) && htmx.trigger(form, "change"));
