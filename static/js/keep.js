// The buttons “Keep”: they send the form “keep” without leaving the page. Without this
// script the form itself is sent, and the page comes back.
const form = document.getElementById("keep");
const TITLE = "Take it off the shortlist";

function show(ids) {
  for (const button of document.querySelectorAll("[form=keep]")) {
    const isKept = ids.includes(button.value);
    button.name = isKept ? "drop" : "keep";
    button.toggleAttribute("title", isKept);
    if (isKept) button.title = TITLE;
    button.firstChild.data = isKept ? "Kept" : "Keep";
  }
  document.getElementById("shortlist-count").textContent = ids.length || "";
}

function say(sentence, isProblem = false) {
  const line = form.querySelector("[role=status]");
  line.classList.toggle("keeping__problem", isProblem);
  line.textContent = sentence;
}

async function ask(address, options = {}) {
  const headers = { Accept: "application/json" };
  const response = await fetch(address, { ...options, headers });
  return response.json();
}

async function send(button, body) {
  const options = { method: "POST", body, keepalive: true };
  try {
    const { ids, problem } = await ask(form.action, options);
    show(ids);
    const done = ids.includes(button.value) ? "Kept" : "Taken off";
    say(problem || `${done}. On your shortlist: ${ids.length}.`, Boolean(problem));
  } catch {
    say("This was not sent. Look whether you are online, then try again.", true);
  }
}

// One after another: each answer sets the cookie that the next one has to change.
let sent = Promise.resolve();
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { submitter } = event;
  const body = new URLSearchParams(new FormData(form, submitter));
  sent = sent.then(() => send(submitter, body));
});

document.addEventListener("click", ({ target }) => {
  if (form && !target.closest("[form=keep]")) say("");
});

// A page that the browser kept shows what was on the shortlist when it was left.
window.addEventListener("pageshow", async ({ persisted }) => {
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  if (!form || !(persisted || type === "back_forward")) return;
  await ask(form.dataset.kept).then(({ ids }) => show(ids)).catch(() => {});
});
