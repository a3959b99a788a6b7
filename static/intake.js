// The page of the intake, where script runs.
import "./lines.js";
import "./phrases.js";
import "./candidates.js";
import "./when.js";
import "./suggest.js";
import "./barcode.js";
import "./card-reader.js";
import "./camera.js";
import "./check.js";

// The clerk came here to type: the first field is ready, unless there is something to read first.
if (!document.querySelector(".refusals, div.message") && document.activeElement === document.body) {
  const first = document.getElementById("id_channel_find") || document.getElementById("id_petition_date");
  if (first) first.focus({ preventScroll: true });
}
