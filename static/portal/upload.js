// Shows how much of the files has gone out. A line that breaks leaves the page as it is, with everything typed in it.
const form = document.getElementById("filing");
const bar = document.getElementById("sent");
const said = document.getElementById("sent-said");
let pressed = null;

form.addEventListener("click", (press) => { pressed = press.target.closest("button"); });
form.addEventListener("submit", (submit) => {
  if (!form.elements.files.files.length) return;
  submit.preventDefault();
  const typed = new FormData(form);
  typed.append("go", (submit.submitter ?? pressed)?.value ?? "next");
  const line = new XMLHttpRequest();
  bar.hidden = false;
  line.upload.addEventListener("progress", (sent) => {
    bar.value = sent.lengthComputable ? (100 * sent.loaded) / sent.total : 0;
    said.textContent = `${Math.round(bar.value)}%`;
  });
  const failed = () => { bar.hidden = true; said.textContent = said.dataset.failed; };
  line.addEventListener("error", failed);
  line.addEventListener("load", () => {
    if (!line.responseText) { failed(); return; }
    document.open();
    document.write(line.responseText);
    document.close();
  });
  line.open("POST", form.action);
  line.send(typed);
});
