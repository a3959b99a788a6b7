// Reads the page aloud where the browser can. Only in the large-type look, so that the first visit stays small and quiet.
const main = document.getElementById("main");
if (document.documentElement.classList.contains("elder") && "speechSynthesis" in window && main) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain aloud-button";
  button.textContent = main.dataset.aloud;
  main.prepend(button);
  const quiet = () => { speechSynthesis.cancel(); button.textContent = main.dataset.aloud; };
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) { quiet(); return; }
    const words = [...main.querySelectorAll("h1, h2, h3, p, li, dt, dd, label, legend")]
      .filter((one) => one.offsetParent !== null && !one.querySelector("h1, h2, h3, p, li, dt, dd, label, legend"))
      .map((one) => one.textContent.trim()).join(". ");
    const said = new SpeechSynthesisUtterance(words);
    said.lang = document.documentElement.lang.startsWith("en") ? "en" : "zh-CN";
    said.rate = 0.85;
    said.onend = quiet;
    button.textContent = main.dataset.quiet;
    speechSynthesis.speak(said);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
