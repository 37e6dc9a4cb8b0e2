// Saves a form with data-autosave while one types, and says so at [data-saved].
// It stops when the server refuses; what was typed always stays in the form.
const form = document.querySelector("form[data-autosave]"); // A row has a field “action”.
const sign = form.querySelector("[data-saved]");
const version = form.elements.namedItem("_version");
let isDirty = false;
let isStopped = false;
let timer, request;

const say = (text) => (sign.textContent = text);

const time = () => new Date().toLocaleTimeString("en-GB", { timeStyle: "short" });

async function send() {
  const body = new URLSearchParams(new FormData(form));
  body.set("_auto", "1");
  const response = await fetch(form.getAttribute("action"), { method: "POST", body });
  // The server is busy, or restarts.
  if (response.status === 503) throw new Error(response.statusText);
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.ok && isJson) {
    version.value = (await response.json()).version;
    return say(`Saved ${time()}`);
  }
  isStopped = isDirty = true;
  const answer = isJson ? (await response.json()).problem : "";
  say(`Not saved. ${answer || "The server did not take it; copy what you typed."}`);
}

async function save() {
  clearTimeout(timer);
  if (!isDirty || isStopped || request) return;
  isDirty = false;
  request = send().catch(() => {
    isDirty = true;
    say("Not saved yet: no connection, or the site is busy. It is tried again soon.");
  });
  await request;
  request = undefined;
  if (isDirty && !isStopped) timer = setTimeout(save, 2000);
}

form.addEventListener("input", () => {
  isDirty = true;
  clearTimeout(timer);
  timer = setTimeout(save, 2000);
});
document.addEventListener("visibilitychange", () => document.hidden && save());
// A form that is sent while its text is being saved would be in conflict with itself.
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (!navigator.onLine) return event.preventDefault(), say("Not saved: no connection.");
  isStopped = true;
  if (!request) return (isDirty = false);
  event.preventDefault();
  await request;
  isDirty = false;
  form.requestSubmit(event.submitter);
});
addEventListener("beforeunload", (event) => isDirty && event.preventDefault());
