// Who has been here before: asked when a name, a number or a telephone has been typed, shown beside the form.
import { beside, token, word } from "./words.js";

const PAUSE = 600;
const ASKED = ["lead_name", "lead_id_no", "lead_phone", "people"];

function look(place) {
  const form = document.getElementById(place.dataset.form);
  const shown = place.querySelector("[data-shown]");
  let last = "";
  let turn = 0;
  let timer = 0;

  function asked() {
    const data = new FormData();
    for (const name of ASKED) data.set(name, form.elements[name] ? form.elements[name].value.trim() : "");
    return data;
  }

  function show(html) {
    shown.innerHTML = html; // our own fragment, from our own template
    const wrong = shown.querySelector("[data-beside]");
    beside(form.elements.lead_id_no, wrong ? wrong.textContent : "");
    if (!wrong) return;
    wrong.remove();
    document.querySelector("[data-ids-as-written]").hidden = false;
  }

  async function ask({ again = false } = {}) {
    const data = asked();
    const now = JSON.stringify([...data.values()]);
    if ((now === last && !again) || !ASKED.some((name) => data.get(name))) return;
    last = now;
    const mine = ++turn;
    const chosen = form.querySelector("[name=same_as]:checked");
    if (chosen) data.set("same_as", chosen.value);
    try {
      const answer = await fetch(place.dataset.ask, { method: "POST", body: data, headers: { "X-CSRFToken": token() }, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (mine === turn) show(html);
    } catch {
      if (mine === turn) shown.textContent = word("not-looked");
      last = "";
    }
  }

  form.addEventListener("change", (event) => {
    if (!ASKED.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  if (document.querySelector(".unsent, .refusals")) ask(); // the page is new, what stands in it is not
  place.querySelector("[name=look]").addEventListener("click", (event) => {
    event.preventDefault();
    ask({ again: true });
  });
}

for (const place of document.querySelectorAll("[data-ask]")) look(place);
