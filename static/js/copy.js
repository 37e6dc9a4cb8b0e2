// Copies to the clipboard, with formatting where the program that pastes takes it:
// <button data-copy="id of an element">, or data-copy-from="address of a page"; prints
// for <button data-print>. Buttons may come and go: htmx swaps lists.
async function pageBody(address) {
  const answer = await fetch(address);
  // A long list is made first, and then copied from the page that tells so.
  if (answer.redirected) throw location.assign(answer.url);
  if (!answer.ok) throw new Error(await answer.text());
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}

function plain(element) {
  const blocks = [...element.querySelectorAll("p")];
  const texts = (blocks.length ? blocks : [element]).map((block) => block.textContent);
  return texts.map((text) => text.trim().replace(/\s+/g, " ")).join("\n\n");
}

// The item is made of promises, for a click allows writing only for a moment.
function clipboardItem(element) {
  const as = async (type, words) => new Blob([words(await element)], { type });
  return new ClipboardItem({
    "text/html": as("text/html", (whole) => whole.innerHTML),
    "text/plain": as("text/plain", plain),
  });
}

async function copyFor(button) {
  const { copy, copyFrom, done } = button.dataset;
  const element = copy ? document.getElementById(copy) : pageBody(copyFrom);
  try {
    await navigator.clipboard.write([clipboardItem(element)]);
    button.textContent = done;
  } catch {
    button.textContent = "Copying failed; try a download";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  else copyFor(button);
});
