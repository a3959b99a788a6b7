// A public terminal wipes itself: three minutes without a touch, half a minute's warning, then the front page, and nothing to go back to.
// A file under way is a touch as long as it moves: each piece that goes out starts the three minutes anew, and so does its end.
const QUIET = 180_000, WARNING = 30_000;
const corner = document.getElementById("leaving");
let timer;

function leave() {
  document.getElementById("filing")?.reset();
  document.querySelectorAll("input, textarea").forEach((one) => { one.value = ""; });
  location.replace(corner.dataset.home);
}

function wait() {
  clearTimeout(timer);
  corner.hidden = true;
  timer = setTimeout(() => {
    corner.hidden = false;
    document.getElementById("stay").focus();
    timer = setTimeout(leave, WARNING);
  }, QUIET);
}

if (corner) {
  try { window.localStorage.removeItem("xinfang.draft"); } catch { /* none */ }
  document.getElementById("stay").addEventListener("click", wait);
  for (const touch of ["input", "pointerdown", "keydown", "scroll"]) addEventListener(touch, () => { if (corner.hidden) wait(); });
  addEventListener("sending", wait);
  addEventListener("pageshow", (shown) => { if (shown.persisted) leave(); });
  wait();
}
