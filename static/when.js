// Fields that are asked only when another one says so: data-when="channel=visit video", "persons_count>1", "lead_phone=".
// What is hidden while it holds something is shown all the same.
function holds(form, condition) {
  const [, name, sign, rest] = /^(\w+)([=>])(.*)$/.exec(condition);
  const field = form.elements[name];
  if (!field) return true;
  return sign === ">" ? Number(field.value) > Number(rest) : rest.split(" ").includes(field.value.trim());
}

function isFilled(part) {
  return [...part.querySelectorAll("input, textarea, select")].some((one) =>
    one.type === "checkbox" ? one.checked : one.value !== "",
  );
}

function isWrong(part) {
  return part.querySelector(".wrong") !== null;
}

for (const form of document.forms) {
  const parts = [...form.querySelectorAll("[data-when]")];
  const update = () => {
    for (const part of parts) part.hidden = !holds(form, part.dataset.when) && !isFilled(part) && !isWrong(part);
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  update();
}
