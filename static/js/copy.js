// Buttons that copy to the clipboard as HTML and as plain text, or print the page:
// <button data-copy="id of an element">, data-copy-from="address of a page", data-print.
// The document listens for clicks, because htmx replaces lists with their buttons.
async function pageBody(address) {
  const response = await fetch(address);
  // A job renders a long list, which can be copied from the page of the job.
  if (response.redirected) throw location.assign(response.url);
  if (!response.ok) throw new Error(await response.text());
  return new DOMParser().parseFromString(await response.text(), "text/html").body;
}

function plainText(element) {
  const blocks = [...element.querySelectorAll("p")];
  const texts = (blocks.length ? blocks : [element]).map((block) => block.textContent);
  return texts.map((text) => text.trim().replace(/\s+/g, " ")).join("\n\n");
}

// The item consists of promises, because a click allows writing only for a moment.
function clipboardItem(element) {
  const as = async (type, convert) => new Blob([convert(await element)], { type });
  return new ClipboardItem({
    "text/html": as("text/html", (body) => body.innerHTML),
    "text/plain": as("text/plain", plainText),
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
