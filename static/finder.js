// A list one types into: initials, code, the short name or a part of the name. The <select> stays the field of the form; the box before it
// follows the ARIA combobox pattern (editable, list autocomplete).
import { beside, element, word } from "./words.js";

const MOST = 60;

function squeezed(text) {
  return text.toLowerCase().replace(/[\s'\u3000]/g, ""); // an input method shows l's'j'd while it composes
}

// How well a choice fits: 0 exactly, 4 somewhere inside, -1 not at all.
export function fit(choice, typed) {
  const { name, code, initials, short = "" } = choice;
  if ([name, code, initials, short].includes(typed)) return 0;
  if (code.startsWith(typed) || initials.startsWith(typed)) return 1;
  if (name.startsWith(typed)) return 2;
  if (initials.includes(typed)) return 3;
  return name.includes(typed) || short.includes(typed) ? 4 : -1;
}

export function fitting(choices, text) {
  const typed = squeezed(text);
  if (!typed) return choices;
  const ranked = choices.map((choice, n) => ({ choice, n, rank: fit(choice, typed) })).filter((one) => one.rank >= 0);
  return ranked.sort((a, b) => a.rank - b.rank || a.n - b.n).map((one) => one.choice);
}

// The box, its list and its keys. `take(choice)` is called with what was chosen.
export class Combobox {
  constructor(input, choices, { label, take, isOpenWhenEmpty = false }) {
    Object.assign(this, { input, choices, take, isOpenWhenEmpty, shown: [], active: -1 });
    this.list = element("ul", { id: `${input.id}_list`, role: "listbox", "aria-label": label, class: "choices", hidden: true });
    this.told = element("span", { class: "unseen", role: "status" });
    input.after(this.list, this.told);
    const marks = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries({ ...marks, autocomplete: "off", spellcheck: "false" })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.open());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("click", () => this.list.hidden && this.open({ all: true }));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.clicked(event));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open({ all = false } = {}) {
    this.shown = (all ? this.choices : fitting(this.choices, this.input.value)).slice(0, MOST);
    this.list.replaceChildren(...this.shown.map((choice, n) => this.row(choice, n)));
    const isOpen = this.shown.length > 0 && (all || this.isOpenWhenEmpty || this.input.value !== "");
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.told.textContent = isOpen ? word("choices", { n: this.shown.length }) : "";
    this.point(isOpen ? Math.max(all ? this.shown.findIndex((choice) => choice.isChosen) : 0, 0) : -1);
  }

  row(choice, n) {
    const note = choice.note ? [element("span", { class: "hint" }, ` ${choice.note}`)] : [];
    return element("li", { role: "option", id: `${this.list.id}_${n}`, "aria-selected": "false" }, choice.label, ...note);
  }

  point(n) {
    const rows = this.list.children;
    if (rows[this.active]) rows[this.active].setAttribute("aria-selected", "false");
    this.active = rows[n] ? n : -1;
    if (this.active < 0) return this.input.removeAttribute("aria-activedescendant");
    rows[n].setAttribute("aria-selected", "true");
    rows[n].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", rows[n].id);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.told.textContent = "";
    this.point(-1);
  }

  choose() {
    const choice = this.shown[this.active];
    this.close();
    if (choice) this.take(choice);
    return Boolean(choice);
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) {
      event.preventDefault();
      if (!this.isOpen) return this.open({ all: true });
      this.point(Math.min(Math.max(this.active + step, 0), this.shown.length - 1));
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if ((event.key === "Enter" || event.key === "Tab") && this.isOpen) {
      this.choose();
      const movesOn = this.input.form && this.input.form.dataset.keys !== undefined;
      if (event.key === "Enter" && !movesOn) event.preventDefault(); // elsewhere it would send the form
    }
  }

  clicked(event) {
    const row = event.target.closest("li");
    if (!row) return;
    this.point([...this.list.children].indexOf(row));
    this.choose();
  }
}

function choiceOf(option) {
  const group = option.parentElement.tagName === "OPTGROUP" ? option.parentElement.label : "";
  const label = option.textContent.trim();
  return { label, note: group, name: squeezed(label), code: option.value.toLowerCase(), initials: option.dataset.initials || "", short: squeezed(option.dataset.short || ""), value: option.value };
}

function enhance(select) {
  const input = element("input", { id: `${select.id}_find`, type: "text", class: "find" });
  for (const name of ["aria-describedby", "aria-invalid", "accesskey", "required"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  select.removeAttribute("accesskey");
  select.removeAttribute("required"); // the server asks for it in our words
  const label = document.querySelector(`label[for="${select.id}"]`);
  if (label) label.htmlFor = input.id;
  const around = element("div", { class: "finder" }, input);
  select.before(around);
  select.classList.add("unseen");
  select.tabIndex = -1;
  select.setAttribute("aria-hidden", "true");
  const choices = [...select.options].filter((option) => option.value).map(choiceOf);
  const box = new Combobox(input, choices, { label: label ? label.firstChild.textContent.trim() : "", take });

  function chosen() {
    const option = select.selectedOptions[0];
    return option && option.value ? option.textContent.trim() : "";
  }
  function show() {
    input.value = chosen();
    for (const choice of choices) choice.isChosen = choice.value === select.value;
    beside(input, "");
  }
  function take(choice) {
    select.value = choice.value;
    show();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  // Leaving the box: the best fit counts; what fits nothing stays to be read, and chooses nothing.
  function settle() {
    if (input.value.trim() === chosen()) return box.close();
    const best = input.value.trim() ? fitting(choices, input.value)[0] : undefined;
    box.close();
    if (best) return take(best);
    select.value = "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    beside(input, input.value.trim() ? word("nothing-found", { text: input.value.trim() }) : "");
  }
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", settle);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show();
    if (event.key !== "Enter" || event.isComposing || box.isOpen) return;
    settle();
    if (input.value && !select.value) event.preventDefault(), event.stopPropagation();
  });
  select.addEventListener("change", () => document.activeElement !== input && select.value && show());
  select.addEventListener("focus", () => input.focus());
  show();
}

for (const select of document.querySelectorAll("select[data-finder]")) enhance(select);
