// The form of a filtered list holds all choices. Links that change one, and the browser's
// back and forward buttons, change the form, and leave a reader's newer choices in it.
const form = document.getElementById("filters");
let currentQuery = location.search;

const formQuery = () => new URLSearchParams(new FormData(form));
const pairs = (query) => [...new URLSearchParams(query)].filter(([name, value]) => value && name !== "page");
const without = (some, others) => some.filter((one) => !others.some((other) => `${other}` === `${one}`));

// Sets a value, and returns whether the form has a field for it. A value that the form
// does not offer becomes a hidden field, until the response offers it.
function setValue([name, value], isChosen) {
  const accepts = (field) => field.value === value || !["checkbox", "hidden"].includes(field.type);
  const field = [...form.elements].find((one) => one.name === name && accepts(one));
  if (field?.type === "checkbox") field.checked = isChosen;
  else if (field?.type === "hidden") isChosen || field.remove();
  else if (field && (isChosen || field.value === value)) field.value = isChosen ? value : "";
  else if (isChosen) {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    document.getElementById("carried").append(hidden);
  }
  return Boolean(field);
}

// Applies the difference between two queries, and returns whether all fields were found.
function applyChange(before, after) {
  const [had, has] = [pairs(before), pairs(after)];
  without(has, had).forEach((pair) => setValue(pair, true));
  return without(had, has).every((pair) => setValue(pair, false));
}

function requestList(eventName, query) {
  const page = new URLSearchParams(query).get("page");
  form.dispatchEvent(new CustomEvent(eventName, { detail: { page } }));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("#finder a[href^='?']");
  if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const before = "all" in link.dataset ? formQuery() : document.getElementById("results").dataset.query;
  if (!applyChange(before, link.search)) return;
  event.preventDefault();
  // While another list is loading, this one has no next page.
  if (!link.rel || !document.querySelector("#finder.htmx-request")) requestList("linkfollowed", link.search);
});

addEventListener("popstate", () => {
  if (location.search === currentQuery) return; // Only the fragment has changed.
  currentQuery = location.search;
  applyChange(formQuery(), currentQuery);
  requestList("historychanged", currentQuery);
});

form.addEventListener("listshown", () => {
  currentQuery = location.search;
  document.getElementById("address").textContent = location.href;
});
// If a page is left while a list is loading, it shows the previous list on return.
addEventListener("pagehide", () => htmx.trigger(form, "htmx:abort"));
addEventListener("pageshow", ({ persisted }) => persisted && applyChange(formQuery(), currentQuery));
