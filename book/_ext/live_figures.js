// Draws the live figures of a page where no kernel runs.
//
// The page carries the state of its widgets as JSON. Each of them is an anywidget: its module,
// the text `_esm`, exports `render({ model, el })`. Here it gets a model that keeps its values
// in the page. What stands in the figure to be read without scripts is hidden when it is drawn.

const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
const READ = ":scope > .dnn-live-fallback, :scope > figcaption";

const once = (make) => {
  const made = new Map();
  return (key) => made.get(key) ?? made.set(key, make(key)).get(key);
};

// What anywidget gives to a figure, but nobody hears of what is saved.
class Model {
  constructor({ state, buffers = [] }) {
    this.values = state;
    this.listeners = {};
    for (const { path, data } of buffers) {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      const place = path.slice(0, -1).reduce((part, key) => part[key], state);
      place[path.at(-1)] = new DataView(bytes.buffer);
    }
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
    (this.listeners[event] ??= new Set()).add(listener);
  }

  off(event, listener) {
    this.listeners[event]?.delete(listener);
  }
}

const states = once(() => JSON.parse(document.querySelector(STATE).textContent).state);

const style = once((css) => {
  const element = document.createElement("style");
  element.textContent = css;
  document.head.append(element);
  return element;
});

const load = once(async (source) => {
  const { default: widget } = await import(
    URL.createObjectURL(new Blob([source], { type: "text/javascript" }))
  );
  return typeof widget === "function" ? widget() : widget;
});

// Several figures may show one model: what one of them sets, the others show too.
const start = once(async (id) => {
  const model = new Model(states()[id]);
  style(model.get("_css"));
  const widget = await load(model.get("_esm"));
  await widget.initialize?.({ model });
  return { model, widget };
});

async function draw(figure) {
  const { model, widget } = await start(figure.dataset.liveFigure);
  const el = document.createElement("div");
  figure.append(el); // a figure asks for its colours while it is drawn
  try {
    await widget.render({ model, el });
  } catch (error) {
    el.remove();
    throw error;
  }
  for (const part of figure.querySelectorAll(READ)) part.hidden = true;
}

function giveUp(figure, error) {
  console.error(error);
  const note = document.createElement("p");
  note.className = "dnn-live-failed";
  note.textContent = "This figure could not start; here are its numbers.";
  figure.prepend(note);
  figure.querySelector(".dnn-live-fallback").tabIndex = 0; // a wide table scrolls by keyboard too
}

const figures = [...document.querySelectorAll("[data-live-figure]")];
let drawn = 0;
for (const figure of figures) {
  try {
    await draw(figure);
    if (++drawn === 1) performance.mark("live-figures-first");
  } catch (error) {
    giveUp(figure, error);
  }
}
performance.mark("live-figures-drawn");
document.documentElement.dataset.liveFigures = drawn === figures.length ? "drawn" : "failed";
