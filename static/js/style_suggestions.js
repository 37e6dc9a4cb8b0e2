// Offers citation styles while a name is typed; the browser's own list shows them.
const field = document.querySelector("[data-styles]");
const offered = document.getElementById("styles");
let asked = "";

field?.addEventListener("input", async () => {
  asked = field.value;
  const query = new URLSearchParams({ q: asked });
  const answer = await fetch(`${field.dataset.styles}?${query}`);
  if (!answer.ok) return;
  const { styles } = await answer.json();
  // An answer that came late is not what was typed last.
  if (query.get("q") !== asked) return;
  offered.replaceChildren(
    ...styles.map(({ id, title }) => {
      const option = document.createElement("option");
      option.value = id;
      option.textContent = title;
      return option;
    }),
  );
});
