// What is not handed in yet, kept on this device when the visitor ticks the box; never an accusation, never a file, never a code.
// It belongs to one form, by its token: on another the box is not ticked, and what was kept stays as it is until he chooses.
const PLACE = "xinfang.draft";
const LEFT_OUT = new Set(["step", "token", "held", "places", "terminal", "go", "files", "stamp", "answer"]);
const form = document.getElementById("filing");
const corner = document.getElementById("draft");

function store() {
  try { return window.localStorage; } catch { return null; }
}

function kept() {
  try { return JSON.parse(store().getItem(PLACE)); } catch { return null; }
}

function isAccusation() {
  return new FormData(form).get("purpose") === "accuse";
}

function written() {
  return [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string" && value);
}

function keep(box, said) {
  if (!box.checked || isAccusation()) { store().removeItem(PLACE); said.textContent = ""; return; }
  store().setItem(PLACE, JSON.stringify({ token: form.elements.token.value, typed: written() }));
  said.textContent = corner.dataset.kept;
}

function put(pairs) {
  const left = new Map();
  for (const [name, value] of pairs) left.set(name, [...(left.get(name) ?? []), value]);
  for (const [name, values] of left) {
    const there = [...form.elements].filter((one) => one.name === name);
    if (!there.length) {
      for (const value of values) {
        const hidden = document.createElement("input");
        Object.assign(hidden, { type: "hidden", name, value });
        form.append(hidden);
      }
    }
    there.forEach((one, n) => {
      if (one.type === "radio" || one.type === "checkbox") one.checked = values.includes(one.value);
      else if (n < values.length) one.value = values[n];
    });
  }
}

if (form && corner && store()) {
  const box = document.getElementById("keep-draft");
  const said = document.getElementById("draft-said");
  const found = document.getElementById("draft-found");
  const before = kept();
  corner.hidden = false;
  box.checked = before?.token === form.elements.token.value;
  const isFresh = form.elements.step.value === "what" && !form.elements.text?.value;
  if (before && isFresh && !box.checked) {
    said.textContent = corner.dataset.found;
    found.hidden = false;
    document.getElementById("draft-take").addEventListener("click", () => {
      put(before.typed ?? before);
      box.checked = true;
      found.hidden = true;
      keep(box, said);
    });
    document.getElementById("draft-drop").addEventListener("click", () => {
      store().removeItem(PLACE);
      found.hidden = true;
      said.textContent = "";
    });
  }
  const again = () => { if (box.checked) keep(box, said); };
  box.addEventListener("change", () => keep(box, said));
  form.addEventListener("input", again);
  form.addEventListener("submit", again);
}
