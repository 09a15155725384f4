// A code cell of the page: its code, its buttons and its outputs.

import { Outputs } from "./outputs.js";
import { runsOnOwn } from "./own.js";
import { PAGE, read, write } from "./store.js";
import { RUNTIME, WITH_FUNCTIONS } from "./settings.js";
import { say } from "./words.js";

/** Make a box that holds a text of the reader's and can be opened. */
export function fold(word, text) {
  const box = document.createElement("details");
  box.className = "live-left-over";
  const summary = document.createElement("summary");
  summary.textContent = say(word);
  const pre = document.createElement("pre");
  pre.textContent = text;
  pre.tabIndex = 0;
  box.append(summary, pre);
  return box;
}

export class Cell {
  // Pyodide has many such blocks. A browser that cannot read one stops here, not in the first run,
  // and `notice.js` speaks. (An empty one would be left out of the page.)
  static {
    Object.freeze(Cell);
  }

  /**
   * `root` holds a `pre` with the code, and perhaps a stored output. `name` is what tracebacks
   * call the cell; `key` is its place in the store; `onrun` and `onstop` do what the buttons say.
   */
  constructor(root, { name, key, onrun, onstop, onnear }) {
    this.name = name;
    this.key = key;
    this.onrun = () => onrun(this);
    this.onstop = onstop;
    this.root = root;
    this.pre = root.querySelector("pre");
    this.highlighted = [...this.pre.childNodes]; // the code of the book in its colours
    this.original = this.code = this.pre.textContent.replace(/\n$/, "");
    this.stored = root.querySelector(".cell_output");
    this.recorded = WITH_FUNCTIONS.some((name) => this.original.includes(`widgets.${name}(`));
    this.outputs = new Outputs(name);
    this.older = document.createElement("div"); // what came from elsewhere and was written before
    this.ran = null; // the code that Python has run in the place of this cell
    this.#build(onnear);
    this.load();
  }

  get edited() {
    return this.code !== this.original;
  }

  /* What the browser keeps */

  load() {
    const { code = this.original, base, undo = null, older = [] } = read(this.key) ?? {};
    this.undo = undo;
    this.#put(code);
    this.older.replaceChildren(...older.map(({ code, undo }) => fold("older", code ?? undo ?? "")));
    if (this.edited && base !== this.original) this.say("new_edition");
  }

  #save() {
    const { code, original, undo, edited } = this;
    const { older } = read(this.key) ?? {};
    const text = edited ? { code, base: original } : undo === null ? {} : { undo };
    const empty = !edited && undo === null && !older;
    const kept = empty ? null : { ...text, page: PAGE, at: Date.now(), older };
    if (!write(this.key, kept)) this.say("not_kept");
  }

  /* Editing */

  change(code) {
    if (code === this.code) return;
    if (code !== this.original) this.undo = null;
    this.#put(code);
    this.#save();
    this.onchange?.();
  }

  /** Back to the code and the output of the book, or the other way if that was done last. */
  reset() {
    if (this.undo !== null) return this.change(this.undo);
    const written = this.edited ? this.code : null;
    this.#put(this.original);
    this.undo = written;
    this.#save();
    this.ran = null;
    this.outputs.clear();
    if (this.stored) this.stored.hidden = false;
    this.say(null);
    this.#update();
  }

  async open() {
    this.editor ??= this.#makeEditor();
    (await this.editor).focus();
  }

  async #makeEditor() {
    const { makeEditor, setDoc } = await import(`${RUNTIME}editor.js`);
    const view = makeEditor({
      parent: this.box,
      doc: this.code,
      label: say("code", { name: this.name }),
      help: say("help"),
      onRun: this.onrun,
      onChange: (code) => this.change(code),
      onLeave: () => this.buttons.run.focus(),
    });
    this.static.hidden = true;
    this.static.after(view.dom);
    this.showCode = (code) => view.state.doc.toString() === code || setDoc(view, code);
    this.showCode(this.code); // it may have changed while the editor was loaded
    return view;
  }

  #put(code) {
    this.code = code;
    this.showCode?.(code);
    this.pre.replaceChildren(...(this.edited ? [`${code}\n`] : this.highlighted));
    this.#update();
  }

  /* Running */

  /** Let Python run `code` in the place of this cell; tell whether it ended without an error. */
  async run(python, code, onoutput) {
    this.outputs.clear();
    if (this.stored) this.stored.hidden = true;
    const task = { cell: this.name, code, dark: document.documentElement.dataset.theme === "dark" };
    const ok = await python.run(task, (output) => {
      this.outputs.show(output);
      onoutput(output);
    });
    this.ran = code;
    this.say(!ok ? "failed" : this.recorded && runsOnOwn() ? "recorded" : "done");
    return ok;
  }

  set busy(busy) {
    const { run, stop } = this.buttons;
    this.root.classList.toggle("live-busy", busy);
    stop.hidden = !busy;
    if (document.activeElement === stop && !busy) run.focus();
    this.#update();
  }

  /* The bar below the code */

  say(word, values) {
    this.status.textContent = word ? say(word, values) : "";
  }

  #build(onnear) {
    this.static = this.pre.closest("div[class*=highlight-]");
    this.box = this.static.parentElement;
    const act = { run: this.onrun, stop: this.onstop, edit: () => this.open(), reset: () => this.reset() };
    if (this.recorded) act.with_own = this.onrun;
    this.buttons = {};
    for (const [word, onclick] of Object.entries(act)) this.buttons[word] = this.#button(word, onclick);
    for (const event of ["pointerenter", "focus"]) this.buttons.run.addEventListener(event, onnear);
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    const bar = document.createElement("div");
    bar.className = "live-bar";
    bar.append(...Object.values(this.buttons), this.status);
    const above = this.box.matches(".cell_input") ? this.box : this.static;
    above.after(bar, this.older, this.outputs.element);
    this.static.addEventListener("dblclick", () => this.open());
    this.buttons.stop.hidden = true;
  }

  #button(word, onclick) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `live-${word}`;
    button.addEventListener("click", onclick);
    this.#label(button, word);
    return button;
  }

  #label(button, word) {
    button.textContent = say(word);
    button.setAttribute("aria-label", `${say(word)}: ${this.name}`);
  }

  #update() {
    const { reset } = this.buttons;
    this.#label(reset, this.undo === null ? "reset" : "undo");
    reset.disabled = !this.edited && this.undo === null && this.ran === null;
    this.root.classList.toggle("live-edited", this.edited);
  }
}
