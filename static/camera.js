// Files of the form as a list, and a camera that adds to it: a document camera is a camera as any other.
import { beside, element, word } from "./words.js";

const MIB = 1024 * 1024;
const QUALITY = 0.9;

function list(input) {
  const shown = element("ul", { class: "chosen" });
  const most = Number(input.dataset.mostFiles);
  const limit = Number(input.dataset.limitMib);
  input.after(shown);

  function set(files) {
    const bag = new DataTransfer();
    for (const file of files.slice(0, most)) bag.items.add(file);
    input.files = bag.files;
    draw(files.length > most);
  }

  function draw(isTooMany = false) {
    const files = [...input.files];
    const large = files.find((file) => file.size > limit * MIB);
    const many = isTooMany || files.length > most;
    const sentence = large ? word("file-too-large", { name: large.name, limit }) : many ? word("too-many-files", { most }) : "";
    beside(input, sentence);
    shown.replaceChildren(...files.map((file, n) => row(file, n)));
  }

  function row(file, n) {
    const away = element("button", { type: "button", class: "plain", "aria-label": word("remove-file", { name: file.name }) }, "×");
    away.addEventListener("click", () => set([...input.files].filter((_, m) => m !== n)));
    return element("li", {}, `${file.name} `, element("span", { class: "hint" }, `${Math.max(file.size / MIB, 0.1).toFixed(1)} MB`), " ", away);
  }

  input.addEventListener("change", () => draw());
  draw(); // chosen while this script was still on its way
  return { add: (file) => set([...input.files, file]), count: () => input.files.length };
}

function camera(input, files) {
  const open = element("button", { type: "button", accesskey: "p" }, word("camera"));
  const video = element("video", { autoplay: true, playsinline: true, muted: true });
  const choice = element("select", { "aria-label": word("which-camera") });
  const take = element("button", { type: "button", class: "main" }, word("take"));
  const done = element("button", { type: "button" }, word("done"));
  const line = element("p", { role: "status" });
  const box = element("dialog", { class: "camera", "aria-label": word("camera") }, video, element("p", { class: "actions" }, take, done, choice), line);
  let stream = null;
  input.after(open, box);

  function stop() {
    for (const track of stream ? stream.getTracks() : []) track.stop();
    stream = null;
  }

  async function look(device) {
    stop();
    const wanted = { width: { ideal: 2592 }, height: { ideal: 1944 }, ...(device ? { deviceId: { exact: device } } : { facingMode: "environment" }) };
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
    video.srcObject = stream;
    await video.play();
  }

  async function cameras() {
    const all = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    choice.replaceChildren(...all.map((one, n) => element("option", { value: one.deviceId }, one.label || word("camera-n", { n: n + 1 }))));
    choice.hidden = all.length < 2;
    const now = stream.getVideoTracks()[0].getSettings().deviceId;
    if (now) choice.value = now;
  }

  open.addEventListener("click", async () => {
    beside(input, "");
    try {
      await look("");
      await cameras();
    } catch (error) {
      stop();
      return beside(input, word(error.name === "NotAllowedError" ? "camera-refused" : "no-camera"));
    }
    line.textContent = "";
    box.showModal();
    take.focus();
  });
  choice.addEventListener("change", () => look(choice.value).catch(() => (line.textContent = word("no-camera"))));
  take.addEventListener("click", () => {
    const canvas = element("canvas", { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    canvas.toBlob(
      (blob) => {
        const name = `${word("photo", { n: files.count() + 1 })}.jpg`;
        files.add(new File([blob], name, { type: "image/jpeg" }));
        line.textContent = word("taken", { name, n: files.count() });
      },
      "image/jpeg",
      QUALITY,
    );
  });
  done.addEventListener("click", () => box.close());
  box.addEventListener("close", () => {
    stop();
    open.focus();
  });
}

for (const input of document.querySelectorAll("input[type=file][data-most-files]")) {
  const files = list(input);
  if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) camera(input, files);
}
