// 办理记录: photographs gather as they are taken, and the form is sent without leaving the page, so that a lost line costs nothing.
import { complain } from "./complaints.js";
import { beside, element, token, word } from "./words.js";

const MIB = 1024 * 1024;
const SIDE = 96;

function gather(form) {
  const inputs = [...form.querySelectorAll("input[type=file][data-photos]")];
  const shown = form.querySelector("[data-chosen]");
  const total = form.querySelector("[data-total]");
  const most = Number(inputs[0].dataset.most);
  const limit = Number(shown.dataset.mostMib);
  let photos = [];

  function wrong(file) {
    const name = file.name;
    // What a phone calls HEIC the server looks into; some browsers know no type for it.
    const isHeic = /hei[cf]$/i.test(file.type) || /\.hei[cf]$/i.test(name);
    if (!isHeic && !inputs[0].accept.split(",").includes(file.type)) return word("photo-wrong", { name });
    const each = Number(inputs[0].dataset.limit);
    return file.size > each * MIB ? word("photo-too-large", { name, limit: each }) : "";
  }

  function weight() {
    return photos.reduce((sum, photo) => sum + photo.size, 0) / MIB;
  }

  function add(input) {
    const chosen = [...input.files];
    const complaint = chosen.map(wrong).find(Boolean) || "";
    const room = most - photos.length;
    const good = chosen.filter((file) => !wrong(file));
    photos = [...photos, ...good.slice(0, room)];
    input.value = "";
    const heavy = weight() > limit ? word("photos-heavy", { limit }) : "";
    beside(input, complaint || (good.length > room ? word("photos-full", { most }) : heavy));
    draw();
  }

  async function picture(photo) {
    const canvas = element("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
    try {
      const image = await createImageBitmap(photo, { resizeWidth: SIDE });
      canvas.getContext("2d").drawImage(image, 0, 0, SIDE, (image.height / image.width) * SIDE);
    } catch {
      canvas.getContext("2d").fillText("?", SIDE / 2, SIDE / 2); // the server will say what is wrong with it
    }
    return canvas;
  }

  function row(photo, n) {
    const away = element("button", { type: "button", class: "plain", "aria-label": word("remove-file", { name: photo.name }) }, "×");
    away.addEventListener("click", () => {
      photos = photos.filter((_, m) => m !== n);
      draw();
    });
    const line = element("li", {}, away);
    picture(photo).then((canvas) => line.prepend(canvas));
    return line;
  }

  function draw() {
    shown.replaceChildren(...photos.map(row));
    total.textContent = photos.length ? word("photos-total", { n: photos.length, size: Math.max(weight(), 0.1).toFixed(1) }) : "";
  }

  for (const input of inputs) {
    input.closest(".field").classList.add("by-label");
    input.addEventListener("change", () => add(input));
    if (input.files.length) add(input); // chosen while this script was still on its way
  }
  return (data) => {
    for (const input of inputs) data.delete(input.name);
    for (const photo of photos) data.append(inputs[0].name, photo, photo.name);
    return data;
  };
}

function send(form) {
  const withPhotos = gather(form);
  const line = form.querySelector(".kept");
  const button = form.querySelector("button.main");

  function say(name, isBad = true) {
    line.textContent = word(name);
    line.classList.toggle("error", isBad);
    line.setAttribute("role", isBad ? "alert" : "status");
  }

  async function answered(answer) {
    if (answer.type === "opaqueredirect") return location.assign(form.dataset.home);
    if (answer.status === 422) {
      line.textContent = "";
      return complain(form, await answer.text());
    }
    return say(answer.status >= 500 ? "server-broken" : "sent-nowhere");
  }

  async function go() {
    const data = withPhotos(new FormData(form));
    data.delete("csrfmiddlewaretoken"); // the header's is fresh after a sign-in in another tab
    const wanted = { method: "POST", body: data, headers: { "X-CSRFToken": token() }, redirect: "manual" };
    say("sending", false);
    button.disabled = true;
    try {
      await answered(await fetch(form.action, wanted));
    } catch {
      say("cut-off");
    }
    button.disabled = false;
  }

  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      event.preventDefault();
      event.stopPropagation(); // nobody else takes the form for gone
      go();
    },
    true,
  );
}

for (const form of document.querySelectorAll("form[data-send]")) send(form);
