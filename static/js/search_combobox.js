// Offers names while one types into <input data-suggest="address">: an ARIA 1.2 combobox,
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Without it the field is a plain one.
const DELAY = 150;

function beCombobox(field) {
  const list = document.createElement("div");
  const options = () => [...list.querySelectorAll("[role=option]")];
  const go = (option) => option && location.assign(option.dataset.address);
  let at, timer, asked = new AbortController();

  function show(isOpen, place = -1) {
    at = place;
    list.hidden = !isOpen;
    options().forEach((option, i) => option.setAttribute("aria-selected", i === at));
    options()[at]?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-expanded", isOpen);
    field.setAttribute("aria-activedescendant", options()[at]?.id ?? "");
  }

  async function offer() {
    asked = new AbortController();
    const address = `${field.dataset.suggest}?${new URLSearchParams({ q: field.value })}`;
    const answer = await fetch(address, { signal: asked.signal });
    list.innerHTML = answer.ok ? await answer.text() : "";
    show(options().length > 0 && document.activeElement === field);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    asked.abort();
    // What was given up, or what the network lost, offers nothing.
    timer = setTimeout(() => offer().catch(() => {}), DELAY);
  });

  field.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    const places = { ArrowDown: at < last ? at + 1 : -1, ArrowUp: at < 0 ? last : at - 1, Home: 0, End: last };
    const isArrow = event.key.startsWith("Arrow");
    if (event.key in places && (isArrow ? last >= 0 : at >= 0)) show(true, places[event.key]);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter" && at >= 0) go(options()[at]);
    else return;
    event.preventDefault();
  });

  field.addEventListener("blur", () => show(false));
  // Before the field loses the focus, and the list closes under the pointer.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => go(target.closest("[role=option]")));
  Object.assign(list, { id: `${field.id}-offers`, className: "offers", role: "listbox", ariaLabel: "Suggestions" });
  Object.assign(field, { role: "combobox", ariaAutoComplete: "list" });
  field.setAttribute("aria-controls", list.id);
  field.after(list);
  show(false);
}

document.querySelectorAll("[data-suggest]").forEach(beCombobox);
