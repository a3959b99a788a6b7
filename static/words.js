// The sentences of the page's scripts stand in the page itself, in the reader's language: <template id="words">.
const page = document.getElementById("words");

export function word(name, values = {}) {
  const found = page && page.content.querySelector(`[data-word="${name}"]`);
  return (found ? found.textContent : "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// A sentence beside a field, or none. It is part of what the field is described by.
export function beside(field, sentence) {
  const told = document.getElementById(`${field.id}_error`);
  if (told && told.textContent.trim() === sentence) sentence = ""; // the server has said it there
  const id = `${field.id}_beside`;
  const described = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
  let line = document.getElementById(id);
  if (!sentence) {
    if (line) line.remove();
  } else {
    if (!line) field.before((line = element("p", { id, class: "error", role: "alert" })));
    line.textContent = sentence;
    described.push(id);
  }
  if (described.length) field.setAttribute("aria-describedby", described.join(" "));
  else field.removeAttribute("aria-describedby");
}

export function token() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : "";
}
