// Questions on a page. A quiz shows the reply to what the reader has answered; a prediction opens the
// output that waits for it. Without this script all replies and outputs can be seen, as on paper:
// what has the class `closed` or `waits` is hidden on a screen only.

import { answerTo } from "../live_python/answers.js";
import { watch, write } from "../live_python/store.js";

const words = JSON.parse(document.getElementById("question-words")?.textContent ?? "null");

function make(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

function button(word, type, onclick) {
  const made = make("button", `question-${word}`, words[word]);
  made.type = type;
  if (onclick) made.addEventListener("click", onclick);
  return made;
}

/* What is typed */

// "−0.2", "1e-3", "1/3", "93 %", "51,363,840"; a single comma may also stand for the point.
function toNumber(text) {
  const plain = text.trim().replace("−", "-").replace(/\s+/g, "");
  const points = /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  const [, top, bottom, percent] = /^([^/%]+)(?:\/([^/%]+))?(%?)$/.exec(points) ?? [];
  const value = Number(top) / Number(bottom ?? 1) / (percent ? 100 : 1);
  return Number.isFinite(value) ? value : null;
}

// "(3, 1)", "3 x 1", "[3,1]", "(3,)"
function toShape(text) {
  const inside = /^\s*[([]?([\d\s,x×]*)[)\]]?\s*$/i.exec(text)?.[1].trim();
  if (inside === undefined || text.trim() === "") return null;
  const sizes = inside.replace(/,\s*$/, "").split(/\s*[,x×]\s*/i);
  return inside === "" ? "()" : sizes.every((size) => /^\d+$/.test(size)) ? `(${sizes.map(Number).join(",")})` : null;
}

const CAN_BE_READ = { number: (text) => toNumber(text) !== null, shape: (text) => toShape(text) !== null };

/* A question: what both have */

class Question {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.question;
    this.kind = form.dataset.kind;
    this.answers = [...form.querySelectorAll(".answers > li")];
    this.fields = this.kind === "choice" ? this.#choices() : [this.#line()];
    this.bar = make("div", "question-bar");
    this.note = make("p", "question-note");
    this.note.setAttribute("role", "status");
    form.querySelector("fieldset").append(this.bar, this.note);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  #choices() {
    return this.answers.map((answer) => {
      const radio = document.createElement("input");
      radio.type = "radio";
      radio.name = this.key;
      radio.value = answer.dataset.value;
      answer.querySelector("label").prepend(radio);
      return radio;
    });
  }

  #line() {
    const field = document.createElement("input");
    field.type = "text";
    field.spellcheck = false;
    const label = make("label", "question-line", make("span", "", words[this.kind]), field);
    const list = this.answers[0]?.parentElement;
    if (list) list.before(label);
    else this.form.querySelector("fieldset").append(label);
    return field;
  }

  /** What the reader has chosen or typed, or an empty text. */
  get said() {
    if (this.kind === "choice") return this.fields.find(({ checked }) => checked)?.value ?? "";
    return this.fields[0].value.trim();
  }

  set said(said) {
    if (this.kind === "choice") for (const field of this.fields) field.checked = field.value === said;
    else this.fields[0].value = said;
  }

  #submit() {
    const { said, kind } = this;
    const fault = said === "" ? "missing" : CAN_BE_READ[kind]?.(said) === false ? `no_${kind}` : null;
    if (fault === null) return this.commit(said);
    this.say(words[fault]);
    (this.fields.find(({ checked }) => checked) ?? this.fields[0]).focus();
  }

  get state() {
    return this.form.getAttribute("data-state");
  }

  set state(state) {
    this.form.setAttribute("data-state", state);
  }

  say(...parts) {
    this.note.replaceChildren(...parts);
  }

  keep(value) {
    return write(this.key, value);
  }
}

/* A quiz */

class Quiz extends Question {
  constructor(form) {
    super(form);
    this.#listen();
    this.bar.append(button("check", "submit"), button("show_replies", "button", () => this.#open(() => true)));
    this.load();
  }

  // What appears in a region of this role is read aloud.
  #listen() {
    const parts = this.kind === "choice" ? this.form.querySelectorAll(".reply") : [this.answers[0].parentElement];
    for (const part of parts) {
      const region = make("div", "");
      region.setAttribute("role", "status");
      part.replaceWith(region);
      region.append(part);
    }
    this.parts = this.kind === "choice" ? [...parts] : this.answers;
  }

  #open(asked) {
    for (const [at, part] of this.parts.entries()) part.classList.toggle("closed", !asked(this.answers[at]));
  }

  /** The answer of the list that this is; for what nobody foresaw, the last one. */
  #find(said) {
    const { kind, answers, form } = this;
    if (CAN_BE_READ[kind]?.(said) === false) return null; // kept for a question of another kind
    if (kind === "number") {
      const number = toNumber(said);
      const near = ({ dataset: { value } }) =>
        value !== "" && Math.abs(number - value) <= Number(form.dataset.tolerance ?? 1e-9 * Math.max(1, Math.abs(value)));
      return answers.find((answer) => "right" in answer.dataset && near(answer)) ?? answers.find(near) ?? answers.at(-1);
    }
    const value = kind === "shape" ? toShape(said) : said;
    return answers.find(({ dataset }) => dataset.value === value) ?? (kind === "shape" ? answers.at(-1) : null);
  }

  #show(said) {
    const found = said === "" ? null : this.#find(said);
    this.#open((answer) => answer === found);
    this.state = found === null ? "open" : "right" in found.dataset ? "right" : "wrong";
    for (const answer of this.answers) answer.classList.toggle("chosen", answer === found);
  }

  // Who has it right may look at the other replies, and still has it right.
  commit(said) {
    this.#show(said);
    const right = this.state === "right";
    const stays = !right && answerTo(this.key)?.right === true;
    const kept = stays || this.keep({ said, right });
    this.say(kept ? "" : words.not_kept);
  }

  /** As the browser has kept it. */
  load() {
    const said = answerTo(this.key)?.said ?? "";
    this.said = said;
    this.#show(said);
    this.say("");
  }
}

/* A prediction */

class Prediction extends Question {
  constructor(form) {
    super(form);
    const name = this.key.replace("predict:", "");
    this.cells = [...document.getElementsByClassName(`tag_outcome-${name}`)];
    this.notes = this.cells.map((cell) => this.#noteIn(cell));
    this.buttons = [button("commit", "submit"), button("show_me", "button", () => this.#end(null))];
    this.bar.append(...this.buttons);
    this.load();
  }

  // Below the code: what the output waits for, later what the reader has said.
  #noteIn(cell) {
    const note = make("div", "outcome-note");
    const before = cell.querySelector(".cell_output");
    if (before) before.before(note);
    else cell.append(note);
    return note;
  }

  commit(said) {
    this.#end(said);
  }

  #end(said) {
    const kept = this.keep({ said });
    this.#show({ said });
    if (!kept) this.note.append(` ${words.not_kept}`);
    this.note.querySelector("a")?.focus();
  }

  #show(kept) {
    const open = kept !== null;
    const said = kept?.said ?? null;
    for (const [at, cell] of this.cells.entries()) {
      cell.classList.toggle("waits", !open);
      cell.classList.toggle("beside", said !== null && at === 0);
      this.notes[at].replaceChildren(...this.#noteAt(at, open, said));
    }
    for (const made of this.buttons) made.hidden = open;
    for (const field of this.fields) {
      if (this.kind === "choice") field.disabled = open && !field.checked;
      else field.readOnly = open;
    }
    this.state = open ? (said === null ? "shown" : "said") : "open";
    if (open) this.say(...(said === null ? [words.shown, " "] : []), link(this.cells[0], words.to_output));
    else this.say("");
  }

  #noteAt(at, open, said) {
    if (!open) return [words.waits, " ", link(this.form, words.to_question)];
    return said === null || at > 0 ? [] : [make("span", "", words.predicted), this.#shown(said)];
  }

  // What was chosen, as the page writes it.
  #shown(said) {
    const chosen = this.answers.find(({ dataset }) => dataset.value === said)?.querySelector("label");
    const shown = make("p", "", ...(chosen ? chosen.cloneNode(true).childNodes : [said]));
    shown.querySelector("input")?.remove();
    return shown;
  }

  load() {
    const kept = answerTo(this.key);
    this.said = kept?.said ?? "";
    this.#show(kept);
  }
}

function link(target, text) {
  const made = make("a", "", text);
  made.href = `#${target.id}`;
  return made;
}

const questions = [...document.querySelectorAll("form.question")].map((form) =>
  form.matches(".quiz") ? new Quiz(form) : new Prediction(form));
watch((name) => {
  for (const question of questions) if (name === null || name === question.key) question.load();
});
