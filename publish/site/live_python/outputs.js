// What a cell shows: text as it is printed, and values in the richest form that the page can draw.

import { useBook } from "./own.js";
import { say } from "./words.js";

const FIGURE = "application/vnd.dnn.live-figure+json";
const HOST = new URL("../figure_host.js", import.meta.url).href;

/** Make an element of a page, with these attributes of it as an object. */
export function element(tag, attributes, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

// The same elements as for the stored outputs, so that both look alike.
function textBox(kind, text) {
  const pre = element("pre", {}, text);
  const className = `output ${kind} highlight-myst-ansi notranslate`;
  const box = element("div", { className }, element("div", { className: "highlight" }, pre));
  return { box, pre };
}

const SHOW = {
  "text/html": (data) => markup(data["text/html"]),
  "image/svg+xml": (data) => markup(data["image/svg+xml"]),
  "image/png": (data, name) => picture(data["image/png"], name),
  "text/plain": (data) => textBox("text_plain", data["text/plain"]).box,
};

function picture(source, name) {
  const image = element("img", { src: `data:image/png;base64,${source}`, alt: say("picture", { name }) });
  return element("div", { className: "output image_png" }, image);
}

// Scripts in it do not run, and the policy of the page forbids it handlers of its own.
function markup(source) {
  return element("div", { className: "output text_html", innerHTML: source });
}

// A file that the cell has written.
function fileBox({ file, size, content }) {
  const className = "live-file";
  if (!content) return element("p", { className }, say("too_large", { name: file, size: Math.ceil(size / 1e6) }));
  const href = URL.createObjectURL(new Blob([content]));
  const link = { href, download: file.split("/").pop() };
  return element("p", { className }, element("a", link, say("download", { name: file })));
}

// Where a function of the reader's has failed that the page runs on.
function switchToBook() {
  const onclick = ({ target }) => {
    useBook(true);
    target.replaceWith(element("p", {}, say("own_switched")));
  };
  return element("button", { type: "button", className: "live-use-book", onclick }, say("use_book"));
}

/** The outputs of one cell. */
export class Outputs {
  constructor(name) {
    this.name = name;
    this.element = element("div", { className: "cell_output docutils container live-outputs" });
    this.figures = [];
    this.clear();
  }

  clear() {
    for (const figure of this.figures.splice(0)) figure.then((dispose) => dispose?.());
    for (const { href } of this.element.querySelectorAll(".live-file > a")) URL.revokeObjectURL(href);
    this.element.replaceChildren();
    this.element.hidden = true;
    this.stream = null;
  }

  show({ stream, text, data, error, own, ...written }) {
    this.element.hidden = false;
    if (written.file) return this.element.append(fileBox(written));
    if (stream) return this.#print(stream, text);
    this.stream = null;
    if (error) return this.element.append(textBox("traceback", error).box, ...(own ? [switchToBook()] : []));
    const kind = Object.keys(SHOW).find((name) => name in data);
    const box = SHOW[kind](data, this.name);
    this.element.append(box);
    if (FIGURE in data) this.figures.push(drawIn(box, data[FIGURE]));
  }

  #print(stream, text) {
    if (this.stream?.name !== stream) {
      const { box, pre } = textBox(stream === "stderr" ? "stderr" : "stream", "");
      this.stream = { name: stream, pre };
      this.element.append(box);
    }
    this.stream.pre.append(text);
  }
}

// Where a figure cannot be drawn, its numbers stay to be read.
async function drawIn(box, entry) {
  const { drawFigure } = await import(HOST);
  return drawFigure(box.querySelector("[data-live-figure]"), entry);
}
