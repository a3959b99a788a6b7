// Filed: the draft on this device goes. The print button appears where there is a script to press it.
try { window.localStorage.removeItem("xinfang.draft"); } catch { /* no storage, no draft */ }
const button = document.getElementById("print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
