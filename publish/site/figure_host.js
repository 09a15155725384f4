// Draws a live figure where no kernel runs, with what stands beside this file: `draw.js`, which
// exports `render({ model, el })` as for anywidget, and `draw.css`.

const READ = ":scope > .dnn-live-fallback, :scope > figcaption";

// What anywidget gives to a figure, but nobody hears of what is saved.
class Model {
  constructor(state) {
    this.values = state;
    this.listeners = {};
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    if (this.values[name] === value) return;
    this.values[name] = value;
    for (const listener of [...(this.listeners[`change:${name}`] ?? [])]) listener();
  }

  save_changes() {}

  on(event, listener) {
    this.listeners[event] ??= new Set();
    this.listeners[event].add(listener);
  }

  off(event, listener) {
    this.listeners[event]?.delete(listener);
  }
}

async function decode({ data, encoding }) {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  if (encoding !== "deflate, base64") return bytes.buffer;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

async function makeModel({ state, buffers = [] }) {
  for (const buffer of buffers) {
    const place = buffer.path.slice(0, -1).reduce((part, key) => part[key], state);
    place[buffer.path.at(-1)] = new DataView(await decode(buffer));
  }
  return new Model(state);
}

const models = new WeakMap();
function modelOf(entry) {
  if (!entry) throw new TypeError(`entry must be { state, buffers }, got ${entry}`);
  if (!models.has(entry)) models.set(entry, makeModel(entry));
  return models.get(entry);
}

let style = null;
function loadStyle() {
  style ??= new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("./draw.css", import.meta.url);
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => reject(new Error(`could not load ${link.href}`)));
    document.head.append(link);
  });
  return style;
}

async function draw(figure, entry) {
  const model = await modelOf(entry);
  const [{ default: widget }] = await Promise.all([import("./draw.js"), loadStyle()]);
  const el = document.createElement("div");
  figure.append(el); // a figure asks for its colours while it is drawn
  let stop;
  try {
    stop = widget.render({ model, el });
  } catch (error) {
    el.remove();
    throw error;
  }
  const read = figure.querySelectorAll(READ);
  for (const part of read) part.hidden = true;
  return () => {
    stop();
    el.remove();
    for (const part of read) part.hidden = false;
  };
}

function giveUp(figure, error) {
  console.error(error);
  const fallback = figure.querySelector(".dnn-live-fallback");
  const note = document.createElement("p");
  note.className = "dnn-live-failed";
  note.textContent = fallback.dataset.failed; // in the language of the figure
  figure.prepend(note);
  fallback.tabIndex = 0; // a wide table scrolls by keyboard too
}

// Draws the figure of `entry`, `{ state, buffers }` as a page embeds a widget, into the element
// `figure`, and hides what stands there to be read. Figures of one entry move together.
// Returns a function that takes the drawing away again. If the figure cannot be drawn, it says
// so, keeps what there is to read, and `false` is returned.
export async function drawFigure(figure, entry) {
  try {
    return await draw(figure, entry);
  } catch (error) {
    giveUp(figure, error);
    return false;
  }
}
