// Work that takes longer than a page should wait: each part shows how far it came and sends for the next.
const form = document.querySelector("form[data-goes-on]");
if (form) form.requestSubmit();
