// The complaints of the server's answer, put into the page as it stands, so that what was typed and chosen stays.
import { beside } from "./words.js";

export function complain(form, html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const old of form.querySelectorAll(".error[id$=_error]")) old.remove();
  const box = answer.querySelector(".refusals");
  const old = document.querySelector(".refusals");
  if (old) old.remove();
  if (box) form.before(box);
  for (const line of answer.querySelectorAll(".error[id$=_error]")) {
    const id = line.id.replace(/_error$/, "");
    const field = document.getElementById(`${id}_find`) || document.getElementById(id);
    if (field) beside(field, line.textContent);
  }
  if (box) box.focus();
}
