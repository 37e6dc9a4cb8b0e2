// Suggests citation styles in the <datalist> of the field while a reader types.
const field = document.querySelector("[data-styles]");
const datalist = document.getElementById("styles");
let typed = "";

field?.addEventListener("input", async () => {
  typed = field.value;
  const query = new URLSearchParams({ q: typed });
  const response = await fetch(`${field.dataset.styles}?${query}`);
  if (!response.ok) return;
  const { styles } = await response.json();
  // A late response doesn't match the latest text.
  if (query.get("q") !== typed) return;
  datalist.replaceChildren(
    ...styles.map(({ id, title }) => {
      const option = document.createElement("option");
      option.value = id;
      option.textContent = title;
      return option;
    }),
  );
});
