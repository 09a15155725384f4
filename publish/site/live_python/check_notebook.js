// Check the functions in a notebook or a Python file of the reader's. It is read in this page alone.

import { keepForOffline } from "./offline.js";
import { element, Outputs } from "./outputs.js";
import { take } from "./own.js";
import { Ended, Python, supported } from "./python.js";
import { say } from "./words.js";

const place = document.querySelector(".check-notebook");
const python = new Python();
const outputs = new Outputs(say("notebook"));
python.onfiles = keepForOffline;

const input = element("input", { type: "file", accept: ".ipynb,.py", onchange: () => check(input.files[0]) });
const status = element("p", { className: "live-said" });
status.setAttribute("role", "status");
const button = element("button", { type: "button", hidden: true, textContent: say("take") });
const parts = [
  element("label", { className: "live-drop" }, say("choose"), input),
  status,
  outputs.element,
  element("p", { className: "live-bar" }, button),
];
if (supported) {
  place.append(...parts);
  document.documentElement.dataset.livePython = "ready";
}

for (const event of ["dragover", "drop"]) {
  place.addEventListener(event, (happened) => {
    happened.preventDefault(); // or the browser would open the file
    const [file] = happened.type === "drop" ? happened.dataTransfer.files : [];
    if (file) check(file);
  });
}

async function check(file) {
  if (!file) return;
  outputs.clear();
  button.hidden = true;
  input.disabled = true;
  try {
    python.onprogress = (percent) => (status.textContent = say("starting", { percent }));
    await python.start();
    status.textContent = say("checking", { name: file.name });
    const content = new Uint8Array(await file.arrayBuffer());
    const { error, sources } = await python.lookAt(file.name, content, (output) => outputs.show(output));
    status.textContent = error ?? say("checked", { name: file.name });
    offer(sources ?? {});
  } catch (error) {
    if (error instanceof Ended) status.textContent = say(error.why, { message: error.message });
    else status.textContent = say("unreadable", { name: file.name, message: String(error) });
  } finally {
    input.disabled = false;
    input.value = ""; // so that the same file can be chosen again
  }
}

function offer(sources) {
  button.hidden = Object.keys(sources).length === 0;
  button.onclick = async () => {
    button.hidden = true;
    const taken = await take(python, sources);
    status.textContent = taken ? say("taken", { names: taken.join(", ") }) : say("own_not_kept");
  };
}
