// One key chooses the ground and shows the person: 1 is the first ground. Only while the box of the grounds has the focus.
document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || !box.matches("form.reveal select")) return;
  const option = [...box.options].find((one) => one.dataset.key === event.key);
  if (!option) return;
  event.preventDefault();
  box.value = option.value;
  box.form.requestSubmit();
});
