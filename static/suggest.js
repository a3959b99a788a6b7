// What the form can work out from what has been typed: proposed in an empty field, there to be changed.
import { word } from "./words.js";

const MARKS = /[;\uff1b\u3002\n]/; // ; and the Chinese semicolon and full stop
const NUMBERED = /^\s*(?:\d+|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]+)(?:\u662f|[.,)\u3001\uff0c\uff0e\uff09])\s*/;

function label(select) {
  const option = select.selectedOptions[0];
  return option && option.value ? option.textContent.trim() : "";
}

// The clause after the last word that asks for something, cut into what is asked.
export function demandsOf(text, askings) {
  const starts = askings.map((asking) => [text.lastIndexOf(asking), asking.length]).filter(([at]) => at >= 0);
  if (!starts.length) return [];
  const [at, length] = starts.reduce((last, one) => (one[0] > last[0] ? one : last));
  const rest = text.slice(at + length).replace(/^[\s:\uff1a,\uff0c]+/, "");
  return rest.split(MARKS).map((part) => part.replace(NUMBERED, "").trim()).filter((part) => part.length > 1);
}

const form = document.querySelector("form[data-keys]");
if (form) {
  const { title, division, category, text, demands, persons_count: count, persons_involved: involved } = form.elements;

  title.addEventListener("focus", () => {
    const what = label(category);
    if (title.value || !what || !label(division)) return;
    const names = { place: division.selectedIndex > 1 ? label(division) : "", what };
    title.value = [...word("title", names)].slice(0, title.maxLength).join("");
    title.select();
    title.dispatchEvent(new Event("input", { bubbles: true }));
  });

  let proposed = "";
  text.addEventListener("input", () => {
    if (demands.value.trim() && demands.value !== proposed) return; // they have been written by hand
    const found = demandsOf(text.value, word("askings").split(" ").filter(Boolean));
    proposed = found.slice(0, Number(demands.dataset.most)).join("\n");
    if (demands.value === proposed) return;
    demands.value = proposed;
    demands.dispatchEvent(new Event("input", { bubbles: true }));
  });

  count.addEventListener("change", () => {
    if (Number(involved.value) >= Number(count.value)) return;
    involved.value = count.value;
    involved.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
