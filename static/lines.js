// A list, one entry a line, as rows to fill in one by one. The <textarea> stays the field of the form.
import { beside, element, word } from "./words.js";
import { moveOn } from "./keys.js";

function rows(area) {
  const label = document.querySelector(`label[for="${area.id}"]`);
  const name = label ? label.firstChild.textContent.trim() : "";
  const most = Number(area.dataset.most);
  const list = element("ol", { class: "lines" });
  const add = element("button", { type: "button", class: "plain", tabindex: "-1" }, word("add-line", { label: name }));
  area.before(list, add);
  area.classList.add("unseen");
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");

  let isPouring = false;
  let isToldFull = false;
  const boxes = () => [...list.querySelectorAll("input")];
  const written = (line) => line.trim() !== "";

  function number() {
    boxes().forEach((box, n) => {
      box.id = `${area.id}_${n + 1}`;
      box.setAttribute("aria-label", word("line", { label: name, n: n + 1 }));
      box.nextElementSibling.setAttribute("aria-label", word("remove-line", { label: name, n: n + 1 }));
      if (n) box.removeAttribute("accesskey");
      else if (area.dataset.accesskey) box.setAttribute("accesskey", area.dataset.accesskey);
    });
    if (label) label.htmlFor = `${area.id}_1`;
  }

  // What stands in the rows goes into the field.
  function pour() {
    area.value = boxes().map((box) => box.value).filter(written).join("\n");
    isPouring = true;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    isPouring = false;
  }

  function isFull() {
    const full = boxes().length >= most;
    beside(area, full ? word(area.dataset.full || "full", { most }) : "");
    return full;
  }

  function row(text = "") {
    const box = element("input", { type: "text", autocomplete: "off" });
    for (const mark of ["aria-describedby", "aria-invalid"]) {
      if (area.hasAttribute(mark)) box.setAttribute(mark, area.getAttribute(mark));
    }
    box.value = text;
    const away = element("button", { type: "button", class: "plain", tabindex: "-1" }, "×");
    away.addEventListener("click", () => remove(box));
    box.addEventListener("input", pour);
    box.addEventListener("blur", () => (isToldFull = false));
    box.addEventListener("change", () => area.dispatchEvent(new Event("change", { bubbles: true })));
    box.addEventListener("keydown", (event) => pressed(event, box));
    box.addEventListener("paste", (event) => pasted(event, box));
    return element("li", {}, box, away);
  }

  function insertAfter(box, text = "") {
    if (isFull()) return false;
    const made = row(text);
    if (box) box.parentElement.after(made);
    else list.append(made);
    number();
    made.firstChild.focus();
    return true;
  }

  function remove(box) {
    const all = boxes();
    beside(area, "");
    const near = all[all.indexOf(box) - 1] || all[1];
    if (all.length > 1) box.parentElement.remove();
    else box.value = "";
    number();
    pour();
    (near || box).focus();
  }

  function pressed(event, box) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = boxes();
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      const next = all[all.indexOf(box) + 1];
      if (!written(box.value) || isToldFull) moveOn(all[all.length - 1]);
      else if (next) next.focus();
      else isToldFull = !insertAfter(box); // one more Enter moves on
    } else if (event.key === "Backspace" && box.value === "" && all.length > 1) {
      event.preventDefault();
      remove(box);
    }
  }

  // Several lines at once become several rows; what does not fit any more stays in the last, and is told.
  function pasted(event, box) {
    const lines = event.clipboardData.getData("text").split(/\r?\n/).filter(written);
    if (lines.length < 2) return;
    event.preventDefault();
    box.setRangeText(lines.shift(), box.selectionStart, box.selectionEnd, "end");
    let last = box;
    while (lines.length && insertAfter(last, lines[0])) {
      lines.shift();
      last = document.activeElement;
    }
    last.value = [last.value, ...lines].join(" ");
    pour();
  }

  function fill() {
    const lines = area.value.split("\n").filter(written);
    const was = boxes().indexOf(document.activeElement);
    list.replaceChildren(...(lines.length ? lines : [""]).map(row));
    number();
    if (was >= 0) boxes()[Math.min(was, boxes().length - 1)].focus();
  }

  add.addEventListener("click", () => insertAfter(boxes().pop()));
  area.addEventListener("input", () => isPouring || fill()); // somebody else wrote into it
  area.addEventListener("focus", () => boxes()[0].focus());
  fill();
}

for (const area of document.querySelectorAll("textarea[data-most]")) rows(area);
