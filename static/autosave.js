// What is typed is kept a few seconds after it is typed. When keeping fails the page says so, and goes on trying.
import { token, word } from "./words.js";

const PAUSE = 2000;
const AGAIN = 10000;

function keep(form) {
  const line = form.querySelector(".kept");
  let isDirty = false;
  let hasTyped = false;
  let isGone = false;
  let isBack = false;
  let timer = 0;
  let way = null;

  function body() {
    const data = new FormData(form);
    for (const name of new Set(data.keys())) {
      if (data.get(name) instanceof File) data.delete(name);
    }
    data.delete("csrfmiddlewaretoken"); // the header's is fresh after a sign-in in another tab
    data.set("page", form.dataset.page);
    return data;
  }

  function say(sentence, isBad) {
    line.textContent = sentence;
    line.classList.toggle("error", isBad);
    if (isBad) line.setAttribute("role", "alert");
    else line.removeAttribute("role");
  }

  async function save({ keepalive = false } = {}) {
    if (!isDirty || isGone || (way && !keepalive)) return;
    isDirty = false;
    way = new AbortController();
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: body(),
        headers: { "X-CSRFToken": token() },
        redirect: "error",
        signal: way.signal,
        keepalive,
      });
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error(word("signed-out"));
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.sentence);
      form.elements.restored.value = "";
      say(told.sentence, false);
    } catch (error) {
      if (isGone || error.name === "AbortError") return;
      isDirty = true;
      say(error.name === "Error" ? error.message : word("not-saved"), true);
      later(AGAIN);
    } finally {
      way = null;
    }
    if (isDirty) later(PAUSE);
  }

  function later(pause) {
    if (timer || isGone) return;
    timer = setTimeout(() => {
      timer = 0;
      save();
    }, pause);
  }

  // Back to a form that was sent: what is changed in it now is another one.
  function renew() {
    if (!isBack) return;
    isBack = false;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    form.elements.once.value = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function typed(event) {
    if (event.target.type === "file") return;
    renew();
    isDirty = hasTyped = true;
    later(PAUSE);
  }

  document.addEventListener("input", (event) => event.target.form === form && typed(event));
  document.addEventListener("change", (event) => event.target.form === form && typed(event));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    isGone = true; // what the server acts upon it must not be asked to keep
    clearTimeout(timer);
    if (way) way.abort();
  });
  window.addEventListener("pageshow", (event) => {
    const [way] = performance.getEntriesByType("navigation");
    isBack = event.persisted || (way && way.type === "back_forward");
    isGone = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return save({ keepalive: true });
    if (hasTyped && !isGone) isDirty = true; // another tab may have taken what this one had kept
    later(PAUSE);
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) keep(form);
