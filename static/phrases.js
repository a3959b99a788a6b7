// Standing phrases: F2 in the field opens them, initials find one, and Tab goes from one {field} in it to the next.
import { Combobox } from "./finder.js";
import { element, word } from "./words.js";

const FIELD = /\{[^{}\n]*\}/g;

function fieldFrom(area, start) {
  FIELD.lastIndex = start;
  const found = FIELD.exec(area.value);
  if (!found) return false;
  area.setSelectionRange(found.index, found.index + found[0].length);
  return true;
}

function insert(area, text) {
  const start = area.selectionStart;
  area.setRangeText(text, start, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
  fieldFrom(area, start) || area.setSelectionRange(start + text.length, start + text.length);
}

function attach(box) {
  const area = box.querySelector("textarea");
  const details = box.querySelector("details");
  const choices = [...details.querySelectorAll("li")].map((row) => {
    const label = row.textContent.trim();
    return { label, name: label, code: "", initials: row.dataset.initials || "" };
  });
  details.querySelector("summary").tabIndex = -1;
  details.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) insert(area, row.textContent.trim()), (details.open = false);
  });
  let input = null;

  function close() {
    const around = input && input.parentElement;
    input = null; // before it goes: its going is a blur
    if (around) around.remove();
  }

  function open() {
    if (input) return;
    input = element("input", { id: `${area.id}_phrase`, type: "text", class: "find", "aria-label": word("phrases"), placeholder: word("phrases") });
    area.after(element("div", { class: "finder" }, input));
    const take = (choice) => {
      close();
      insert(area, choice.label);
    };
    const list = new Combobox(input, choices, { label: word("phrases"), take, isOpenWhenEmpty: true });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || !["Enter", "Tab", "Escape"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (input) close(), area.focus();
    });
    input.focus();
    list.open();
  }

  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "F2") {
      event.preventDefault();
      open();
    } else if (event.key === "Tab" && !event.shiftKey && fieldFrom(area, area.selectionEnd)) {
      event.preventDefault();
    }
  });
}

for (const box of document.querySelectorAll("[data-phrases]")) attach(box);
