// Sends chosen files ahead and shows how much has gone out, then presses the same button without them: the next page is an ordinary one.
// A line that breaks leaves the page as it is, with everything typed in it; so does a file that is not taken.
const form = document.getElementById("filing");
const bar = document.getElementById("sent");
const said = document.getElementById("sent-said");
let pressed = null;

function press(go) {
  const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: go });
  form.append(hidden);
  form.submit();
  hidden.remove();
}

function show(page) {
  document.querySelectorAll("main > .notice.wrong").forEach((one) => one.remove());
  const refused = [...page.querySelectorAll("main > .notice.wrong")];
  form.before(...refused);
  document.getElementById("kept").replaceWith(page.getElementById("kept"));
  bar.hidden = true;
  said.textContent = "";
  return refused[0];
}

function answered(line, go) {
  const page = new DOMParser().parseFromString(line.responseText, "text/html");
  const held = page.querySelector("#filing [name=held]");
  if (!held) { bar.hidden = true; said.textContent = page.querySelector("main .lead")?.textContent ?? said.dataset.failed; return; }
  form.elements.held.value = held.value;
  form.elements.files.value = "";
  if (!page.querySelector("main > .notice.wrong")) { press(go); return; }
  show(page).scrollIntoView();
}

form.addEventListener("click", (click) => { pressed = click.target.closest("button"); });
form.addEventListener("submit", (submit) => {
  if (!form.elements.files.files.length) return;
  submit.preventDefault();
  const go = (submit.submitter ?? pressed)?.value ?? "next";
  const typed = new FormData(form);
  typed.append("go", "more");
  const line = new XMLHttpRequest();
  bar.hidden = false;
  line.upload.addEventListener("progress", (sent) => {
    bar.value = sent.lengthComputable ? (100 * sent.loaded) / sent.total : 0;
    said.textContent = `${Math.round(bar.value)}%`;
    dispatchEvent(new Event("sending"));
  });
  line.addEventListener("error", () => { bar.hidden = true; said.textContent = said.dataset.failed; });
  line.addEventListener("loadend", () => dispatchEvent(new Event("sending")));
  line.addEventListener("load", () => answered(line, go));
  line.open("POST", form.action);
  line.send(typed);
});
