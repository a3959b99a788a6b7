// A scanner is a keyboard that types fast and ends with Enter. What it types is a code, or rubbish that is told and cleared.
import { beside, word } from "./words.js";

const CODE = /^[0-9A-Z][0-9A-Z-]{5,31}$/;
const SCAN = 60; // milliseconds between two characters, faster than anyone types

for (const box of document.querySelectorAll("input[data-barcode]")) {
  let last = 0;
  box.addEventListener("keydown", (event) => {
    const isNew = event.timeStamp - last > SCAN;
    last = event.timeStamp;
    if (event.key.length === 1 && isNew && box.dataset.done === box.value) box.value = ""; // a second scan replaces the first
    if (event.key !== "Enter") return;
    box.value = box.value.trim().toUpperCase();
    const isCode = box.value === "" || CODE.test(box.value);
    beside(box, isCode ? "" : word("rubbish", { text: box.value.slice(0, 40) }));
    if (!isCode) {
      box.value = "";
      event.preventDefault();
      event.stopPropagation();
    }
    box.dataset.done = box.value || " ";
  });
}
