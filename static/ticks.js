// Ticked rows: the bar tells how many, and offers only what may be done to all of them. Without script it offers everything
// the table has, and the next page tells which rows it does not fit.
function movesOf(box) {
  return new Set(box.dataset.moves.split(" "));
}

function barOf(form) {
  const bar = form.querySelector(".bar");
  return { bar, all: bar.querySelector(".all"), count: bar.querySelector(".count"), nothing: bar.querySelector(".nothing") };
}

function update(form, boxes, parts) {
  const ticked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr").classList.toggle("ticked", box.checked);
  parts.count.textContent = parts.count.dataset.said.replace("0", ticked.length);
  parts.all.textContent = ticked.length === boxes.length ? parts.all.dataset.none : parts.all.dataset.every;
  const open = ticked.map(movesOf);
  let offered = 0;
  for (const button of parts.bar.querySelectorAll("button")) {
    const fits = button.name !== "verb" || open.every((moves) => moves.has(button.value));
    button.hidden = ticked.length === 0 || !fits;
    if (button.name === "verb" && !button.hidden) offered += 1;
  }
  parts.nothing.hidden = ticked.length === 0 || offered > 0;
}

function setUp(form) {
  const boxes = [...form.querySelectorAll("[name=row]")];
  const parts = barOf(form);
  let last = null;
  const refresh = () => update(form, boxes, parts);

  parts.all.addEventListener("click", (event) => {
    event.preventDefault();
    const every = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !every;
    refresh();
  });
  form.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && last !== null) {
      for (const box of boxes.slice(Math.min(at, last), Math.max(at, last) + 1)) box.checked = event.target.checked;
    }
    last = at;
    refresh();
  });
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const box = row.querySelector("[name=row]");
    if (event.key === " " && event.target.matches("a") && box) {
      event.preventDefault();
      box.click();
    } else if (event.key === "Enter" && event.target === box) {
      event.preventDefault();
      const first = parts.bar.querySelector("button:not([hidden])");
      if (first) first.focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && event.target === box) {
      event.preventDefault();
      const next = boxes[boxes.indexOf(box) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) next.focus();
    }
  });
  window.addEventListener("pageshow", refresh);
  refresh();
}

for (const form of document.querySelectorAll("form.many:has(.bar)")) {
  const all = form.querySelector(".all");
  all.setAttribute("role", "button");
  setUp(form);
}
