// A second press while the first is under way does nothing. Without a script the server finds the same form and answers with the same slip.
const form = document.getElementById("filing");
let isSent = false;
form?.addEventListener("submit", (pressed) => {
  if (isSent) { pressed.preventDefault(); return; }
  isSent = true;
  addEventListener("pageshow", () => { isSent = false; });
});
