// Asks before notes are left behind that were typed and not saved.
const form = document.getElementById("shortlist-form");
let isDirty = false;
form?.addEventListener("input", () => (isDirty = true));
form?.addEventListener("submit", () => (isDirty = false));
addEventListener("beforeunload", (event) => isDirty && event.preventDefault());
