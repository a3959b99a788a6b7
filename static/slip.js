// Which paper the slip is printed on is remembered on this machine for a year.
import "./print.js";

const YEAR = 365 * 24 * 3600;

function remember() {
  const paper = document.querySelector("[name=paper]:checked").value;
  const large = document.getElementById("large").checked ? ".large" : "";
  document.cookie = `slip=${paper}${large}; path=/desk/; max-age=${YEAR}; SameSite=Lax`;
}

for (const choice of document.querySelectorAll("[name=paper], #large")) choice.addEventListener("change", remember);
