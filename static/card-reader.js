// 读证件: a helper on this very machine, asked once, when the clerk asks (docs/operations.md has its one answer).
import { word } from "./words.js";

const PATIENCE = 10000;
const FIELDS = { lead_name: "name", lead_id_no: "id_no", lead_address: "address" };

async function read(address) {
  const waited = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
  let answer;
  try {
    answer = await fetch(`${address}/card`, { credentials: "omit", cache: "no-store", signal: waited });
  } catch {
    throw new Error(word("no-reader"));
  }
  if (answer.status === 204 || answer.status === 404) throw new Error(word("no-card"));
  const card = answer.ok ? await answer.json().catch(() => null) : null;
  if (!card || typeof card.name !== "string" || typeof card.id_no !== "string") throw new Error(word("bad-card"));
  return card;
}

for (const button of document.querySelectorAll("[data-card-reader]")) {
  const form = button.form;
  const line = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    line.textContent = word("reading");
    try {
      const card = await read(button.dataset.cardReader);
      for (const [field, part] of Object.entries(FIELDS)) {
        if (typeof card[part] === "string" && card[part]) form.elements[field].value = card[part].trim();
      }
      form.elements.lead_name.dispatchEvent(new Event("input", { bubbles: true }));
      form.elements.lead_name.dispatchEvent(new Event("change", { bubbles: true }));
      line.textContent = word("card-read");
      form.elements.lead_phone.focus();
    } catch (error) {
      line.textContent = error.message;
      button.disabled = false;
      button.focus();
    }
    button.disabled = false;
  });
}
