// A form with files is looked over by the server before the files are sent: what is complained of must not cost the photographs,
// which a browser forgets with the page.
import { complain } from "./complaints.js";
import { token, word } from "./words.js";

function files(form) {
  return [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
}

async function looked(form) {
  const data = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
  data.set("check", "1");
  return fetch(form.action, { method: "POST", body: data, headers: { "X-CSRFToken": token() }, redirect: "error" });
}

for (const form of document.querySelectorAll("form[data-check]")) {
  let isLookedOver = false;
  const unsee = () => (isLookedOver = false);
  form.addEventListener("input", unsee);
  form.addEventListener("change", unsee);
  window.addEventListener("pageshow", unsee);
  document.addEventListener(
    "submit",
    async (event) => {
      if (event.target !== form || isLookedOver || !files(form)) return;
      event.preventDefault();
      event.stopPropagation(); // nobody else takes the form for gone
      const line = form.querySelector(".kept");
      try {
        const answer = await looked(form);
        if (answer.status === 422) return complain(form, await answer.text());
        isLookedOver = true;
        form.requestSubmit(form.querySelector("button.main:not([type=button])"));
      } catch {
        line.textContent = word("not-sent");
        line.classList.add("error");
      }
    },
    true,
  );
}
