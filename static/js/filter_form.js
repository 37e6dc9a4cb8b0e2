// What is chosen in a list stands in its form. Links that change a choice, and the way
// back and forward, change the form; what was chosen since they were made stays in it.
const form = document.getElementById("filters");
let at = location.search;

const chosen = () => new URLSearchParams(new FormData(form));
const pairs = (query) => [...new URLSearchParams(query)].filter(([name, value]) => value && name !== "page");
const without = (some, others) => some.filter((one) => !others.some((other) => `${other}` === `${one}`));

// Whether there is a field for this value. One that is not offered is carried along unseen
// until the answer offers it.
function set([name, value], isChosen) {
  const fits = (field) => field.value === value || !["checkbox", "hidden"].includes(field.type);
  const field = [...form.elements].find((one) => one.name === name && fits(one));
  if (field?.type === "checkbox") field.checked = isChosen;
  else if (field?.type === "hidden") isChosen || field.remove();
  else if (field && (isChosen || field.value === value)) field.value = isChosen ? value : "";
  else if (isChosen) {
    const unseen = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    document.getElementById("carried").append(unseen);
  }
  return Boolean(field);
}

// Changes the form as one query differs from another. Whether it could.
function change(before, after) {
  const [had, has] = [pairs(before), pairs(after)];
  without(has, had).forEach((pair) => set(pair, true));
  return without(had, has).every((pair) => set(pair, false));
}

function ask(why, query) {
  const page = new URLSearchParams(query).get("page");
  form.dispatchEvent(new CustomEvent(why, { detail: { page } }));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("#finder a[href^='?']");
  if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const shown = "all" in link.dataset ? chosen() : document.getElementById("results").dataset.query;
  if (!change(shown, link.search)) return;
  event.preventDefault();
  // While another list is on its way, there is no next page of this one.
  if (!link.rel || !document.querySelector("#finder.htmx-request")) ask("followed", link.search);
});

addEventListener("popstate", () => {
  if (location.search === at) return; // Only what stands after # is another.
  at = location.search;
  change(chosen(), at);
  ask("returned", at);
});

form.addEventListener("shown", () => {
  at = location.search;
  document.getElementById("address").textContent = location.href;
});
// A page that was left while a list was on its way shows the one before it.
addEventListener("pagehide", () => htmx.trigger(form, "htmx:abort"));
addEventListener("pageshow", ({ persisted }) => persisted && change(chosen(), at));
