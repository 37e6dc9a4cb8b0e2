// Copies a text to the clipboard: <button data-copy="id of the text" hidden>.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    await navigator.clipboard.writeText(text.trim().replace(/\s+/g, " "));
    button.textContent = button.dataset.done;
  });
}
