// Copies to the clipboard, with formatting where the program that pastes takes it:
// <button data-copy="id of an element" hidden>, or data-copy-from="address of a page".
async function pageBody(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(await answer.text());
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}

function clipboardItem(whole) {
  const as = (type, words) => whole.then((element) => new Blob([words(element)], { type }));
  const plain = (element) => {
    const blocks = [...element.querySelectorAll("p")];
    const texts = (blocks.length ? blocks : [element]).map((block) => block.textContent);
    return texts.map((text) => text.trim().replace(/\s+/g, " ")).join("\n\n");
  };
  return new ClipboardItem({
    "text/html": as("text/html", (element) => element.innerHTML),
    "text/plain": as("text/plain", plain),
  });
}

for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { copy, copyFrom, done } = button.dataset;
    const element = copy ? Promise.resolve(document.getElementById(copy)) : pageBody(copyFrom);
    try {
      await navigator.clipboard.write([clipboardItem(element)]);
      button.textContent = done;
    } catch {
      button.textContent = "Copying failed; try a download";
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
