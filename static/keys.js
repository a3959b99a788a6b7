// Enter moves on, Ctrl+Enter sends, ? opens the list of keys.
function isVisible(element) {
  return element.getClientRects().length > 0;
}

function isStop(element) {
  if (element.disabled || element.type === "hidden" || element.tabIndex < 0 || !isVisible(element)) return false;
  if (element.tagName === "FIELDSET" || element.tagName === "OUTPUT") return false;
  if (element.tagName === "BUTTON") return element.matches(".main:not([type=button])");
  if (element.type !== "radio") return true;
  const group = [...element.form.elements].filter((one) => one.type === "radio" && one.name === element.name && isVisible(one));
  return element.checked || (!group.some((one) => one.checked) && group[0] === element);
}

export function moveOn(element) {
  const stops = [...element.form.elements].filter((one) => one === element || isStop(one));
  const next = stops[stops.indexOf(element) + 1];
  if (!next) return;
  next.focus();
  if (next.select && next.type !== "file" && next.tagName === "INPUT") next.select();
}

function isLine(element) {
  return element.tagName === "INPUT" && !["submit", "button"].includes(element.type);
}

function send(form) {
  if (document.activeElement) document.activeElement.blur(); // a box that was being typed in settles first
  form.requestSubmit(form.querySelector("button.main:not([type=button])"));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const form = event.target.form;
  if (event.key === "Enter" && form && form.matches("form.sheet")) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      send(form);
    } else if (form.dataset.keys !== undefined && isLine(event.target) && !event.altKey) {
      event.preventDefault();
      moveOn(event.target);
    }
  }
});

// The list of keys: ? where nothing is typed, Ctrl+/ anywhere.
const keys = document.querySelector("details.keys");
if (keys) {
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if ((event.key === "?" && !isTyping) || (event.key === "/" && event.ctrlKey)) {
      event.preventDefault();
      keys.open = !keys.open;
      if (keys.open) keys.querySelector("summary").focus();
      else if (keys.from) keys.from.focus();
      keys.from = keys.open ? event.target : null;
    } else if (event.key === "Escape" && keys.open) {
      keys.open = false;
      if (keys.from) keys.from.focus();
    }
  });
}
