// A picture of the reader's own, drawn here or read from a file: the Python of the page gets it as
// an array of NumPy. It is kept in the browser, and sent nowhere.

import { element } from "./outputs.js";
import { supported } from "./python.js";
import { read, write } from "./store.js";
import { say } from "./words.js";

const FILE = "my_picture.npy"; // as the cells of the chapter call it
const KEPT = "picture:mine";
const SIZE = 256;
const STEP = 8; // of a key
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

const place = document.querySelector(".your-picture");

const canvas = element("canvas", { width: SIZE, height: SIZE, tabIndex: 0 });
canvas.setAttribute("role", "application"); // so that screen readers pass the arrow keys on
canvas.setAttribute("aria-label", say("surface", { size: SIZE }));
const paper = canvas.getContext("2d", { willReadFrequently: true });
const pen = element("span", { className: "picture-pen", hidden: true });
paper.fillStyle = "chocolate"; // the input takes a number, which the canvas knows
const colour = element("input", { type: "color", value: paper.fillStyle });
const width = element("input", { type: "range", min: 2, max: 48, value: 14 });
const status = element("p", { className: "live-said" });
status.setAttribute("role", "status");
const input = element("input", { type: "file", accept: "image/*", onchange: () => open(input.files[0]) });
const wipe = element("button", { type: "button", textContent: say("wipe"), onclick: clear });
const undo = element("button", { type: "button", textContent: say("restore"), onclick: back, disabled: true });

let empty = true;
let before = []; // what the picture was, for Undo
let [x, y] = [SIZE / 2, SIZE / 2];
let down = false;

/* The picture */

function whiten() {
  paper.fillStyle = "white";
  paper.fillRect(0, 0, SIZE, SIZE);
  empty = true;
}

function remember() {
  before = [...before.slice(-20), { empty, pixels: paper.getImageData(0, 0, SIZE, SIZE) }];
  undo.disabled = false;
}

function back() {
  const last = before.pop();
  undo.disabled = before.length === 0;
  if (undo.disabled) canvas.focus();
  paper.putImageData(last.pixels, 0, 0);
  empty = last.empty;
  give();
}

function clear() {
  remember();
  whiten();
  give();
}

/** Draw from where the pen is to another place. */
function draw(toX, toY) {
  paper.strokeStyle = colour.value;
  paper.lineWidth = width.value;
  paper.lineCap = paper.lineJoin = "round";
  paper.beginPath();
  paper.moveTo(x, y);
  paper.lineTo(toX, toY);
  paper.stroke();
  empty = false;
}

function move(toX, toY) {
  [x, y] = [toX, toY].map((value) => Math.min(SIZE, Math.max(0, value)));
  pen.style.left = `${(100 * x) / SIZE}%`;
  pen.style.top = `${(100 * y) / SIZE}%`;
}

const whereItIs = () => ({ x: Math.round(x), y: Math.round(y) });

/** Fit a file into the picture, without changing its proportions. */
async function open(file) {
  if (!file) return;
  try {
    const image = await createImageBitmap(file);
    const scale = SIZE / Math.max(image.width, image.height);
    const [wide, high] = [image.width * scale, image.height * scale];
    remember();
    whiten();
    paper.imageSmoothingQuality = "high";
    paper.drawImage(image, (SIZE - wide) / 2, (SIZE - high) / 2, wide, high);
    empty = false;
    give();
  } catch {
    status.textContent = say("no_picture", { name: file.name });
  }
  input.value = ""; // so that the same file can be chosen again
}

/* To Python, and to what the browser keeps */

// A file of `numpy.save`: uint8 of shape (height, width, 4).
function asArray() {
  const form = `{'descr': '|u1', 'fortran_order': False, 'shape': (${SIZE}, ${SIZE}, 4), }`;
  const header = new TextEncoder().encode(`${form.padEnd(117)}\n`);
  const { data } = paper.getImageData(0, 0, SIZE, SIZE);
  const bytes = new Uint8Array(10 + header.length + data.length);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length, 0]);
  bytes.set(header, 10);
  bytes.set(data, 10 + header.length);
  return bytes;
}

function pass() {
  dispatchEvent(new CustomEvent("live-file", { detail: [FILE, empty ? null : asArray()] }));
}

function give() {
  pass();
  const kept = write(KEPT, empty ? null : { png: canvas.toDataURL(), at: Date.now() });
  status.textContent = say(empty ? "wiped" : kept ? "given" : "given_not_kept");
}

async function bringBack() {
  const { png } = read(KEPT) ?? {};
  if (typeof png !== "string" || !png.startsWith("data:image/png;base64,")) return;
  const image = new Image();
  image.src = png;
  try {
    await image.decode();
  } catch {
    return; // what is kept is no picture
  }
  paper.drawImage(image, 0, 0);
  empty = false;
  pass();
}

/* The hand of the reader */

const at = ({ clientX, clientY }) => {
  const box = canvas.getBoundingClientRect();
  return [((clientX - box.left) * SIZE) / box.width, ((clientY - box.top) * SIZE) / box.height];
};

canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  canvas.setPointerCapture(event.pointerId);
  remember();
  move(...at(event));
  draw(x, y);
});
canvas.addEventListener("pointermove", (event) => {
  if (!canvas.hasPointerCapture(event.pointerId)) return;
  const [toX, toY] = at(event);
  draw(toX, toY);
  move(toX, toY);
});
canvas.addEventListener("lostpointercapture", give);

canvas.addEventListener("keydown", (event) => {
  if (event.key === " ") {
    down = !down;
    if (down) {
      remember();
      draw(x, y);
    } else {
      give();
    }
    const rest = down ? "" : ` ${status.textContent}`;
    status.textContent = `${say(down ? "pen_down" : "pen_up", whereItIs())}${rest}`;
  } else if (event.key in MOVES) {
    const [toX, toY] = [x + MOVES[event.key][0], y + MOVES[event.key][1]];
    if (down) draw(toX, toY);
    move(toX, toY);
    status.textContent = say("pen_at", whereItIs());
  } else {
    return;
  }
  pen.classList.toggle("is-down", down);
  event.preventDefault(); // or the page would scroll
});
canvas.addEventListener("focus", () => {
  pen.hidden = !canvas.matches(":focus-visible");
});
canvas.addEventListener("blur", () => {
  pen.hidden = true;
  if (down) give();
  down = false;
  pen.classList.remove("is-down");
});

for (const event of ["dragover", "drop"]) {
  place.addEventListener(event, (happened) => {
    happened.preventDefault(); // or the browser would open the file
    const [file] = event === "drop" ? happened.dataTransfer.files : [];
    open(file);
  });
}

if (supported) {
  whiten();
  move(x, y);
  place.append(
    element("div", { className: "picture-paper" }, canvas, pen),
    element(
      "div",
      { className: "picture-tools" },
      element("label", {}, say("colour"), colour),
      element("label", {}, say("width"), width),
      element("p", { className: "live-bar" }, wipe, undo),
      element("label", { className: "live-drop" }, say("choose_picture"), input),
    ),
    status,
  );
  bringBack();
}
