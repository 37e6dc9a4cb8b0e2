// Suggests names for <input data-suggest="address">, which becomes an ARIA 1.2 combobox:
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Without JavaScript it is a plain field.
const DELAY_MILLISECONDS = 150;

function makeCombobox(field) {
  const list = document.createElement("div");
  const options = () => [...list.querySelectorAll("[role=option]")];
  const go = (option) => option && location.assign(option.dataset.address);
  let active, timer, request = new AbortController();

  function show(isOpen, position = -1) {
    active = position;
    list.hidden = !isOpen;
    options().forEach((option, i) => option.setAttribute("aria-selected", i === active));
    options()[active]?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-expanded", isOpen);
    field.setAttribute("aria-activedescendant", options()[active]?.id ?? "");
  }

  async function suggest() {
    request = new AbortController();
    const address = new URL(field.dataset.suggest, location);
    address.searchParams.set("q", field.value);
    const response = await fetch(address, { signal: request.signal });
    list.innerHTML = response.ok ? await response.text() : "";
    show(options().length > 0 && document.activeElement === field);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    request.abort();
    // Requests that were aborted or failed have no suggestions.
    timer = setTimeout(() => suggest().catch(() => {}), DELAY_MILLISECONDS);
  });

  field.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    const below = active < last ? active + 1 : -1;
    const positions = { ArrowDown: below, ArrowUp: active < 0 ? last : active - 1, Home: 0, End: last };
    const isArrow = event.key.startsWith("Arrow");
    if (event.key in positions && (isArrow ? last >= 0 : active >= 0)) show(true, positions[event.key]);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter" && active >= 0) go(options()[active]);
    else return;
    event.preventDefault();
  });

  field.addEventListener("blur", () => show(false));
  // Keeps the focus in the field, so that the list doesn't close before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => go(target.closest("[role=option]")));
  Object.assign(list, { id: `${field.id}-offers`, className: "offers", role: "listbox", ariaLabel: "Suggestions" });
  Object.assign(field, { role: "combobox", ariaAutoComplete: "list" });
  field.setAttribute("aria-controls", list.id);
  field.after(list);
  show(false);
}

document.querySelectorAll("[data-suggest]").forEach(makeCombobox);
