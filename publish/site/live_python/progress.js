// The marks of the exercises on the contents page, and what a reader can do with all that is kept:
// save it to a file, bring it to another browser, hand it in as a workbook.

import { answers, answerTo } from "./answers.js";
import { merge, pack, unpack } from "./carry_over.js";
import { forgotten, kept, networkFiles } from "./own.js";
import { EXERCISES } from "./settings.js";
import { Ended, Python, supported } from "./python.js";
import { names, ROOT, read, watch, write } from "./store.js";
import { say } from "./words.js";

const list = document.querySelector(".exercise-progress");

function show() {
  for (const place of list.querySelectorAll(".progress-mark")) {
    const name = place.className.split(" mark-").pop();
    const mark = read(`mark:${name}`);
    const state = mark === null ? "open" : mark.right ? "right" : "tried";
    place.dataset.state = state;
    place.textContent = say(state);
  }
  clear.disabled = save.disabled = names().length === 0;
  showQuestions();
}

// How the questions stand, and what comes next in the order of the book.
function showQuestions() {
  const asked = answers();
  if (!asked.length) return;
  const [quizzes, predictions] = ["quiz:", "predict:"].map((kind) => asked.filter(({ name }) => name.startsWith(kind)));
  const right = quizzes.filter(({ state }) => state === "right").length;
  const made = predictions.filter(({ state }) => state !== "open").length;
  questions.textContent = say("questions", { right, quizzes: quizzes.length, made, predictions: predictions.length });
  const pages = [...new Set(asked.map(({ page }) => page))];
  const exercises = Object.entries(EXERCISES).map(([name, page]) => ({
    page,
    title: name,
    address: list.querySelector(`a[href$="#exercise-${name}"]`)?.href,
    done: read(`mark:${name}`)?.right === true,
  }));
  const rest = asked.map((one) => ({ ...one, done: one.state !== "open" && one.state !== "wrong" }));
  const open = [...exercises, ...rest].filter(({ done }) => !done);
  const [first] = open.sort((a, b) => pages.indexOf(a.page) - pages.indexOf(b.page));
  const link = document.createElement("a");
  if (first) Object.assign(link, { href: first.address, textContent: `${first.title} (${chapter(first)})` });
  next.replaceChildren(...(first ? [`${say("next")} `, link] : [say("all_done")]));
}

// The title of a chapter, as the list of this page has it.
const chapter = ({ page }) => document.querySelector(`article a[href$="${page.split("/").pop()}.html"]`)?.textContent ?? page;

function button(word, onclick) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = say(word);
  made.addEventListener("click", onclick);
  return made;
}

function download(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const save = button("export", () => download("deep-neural-network.json", "application/json", pack()));

const input = document.createElement("input");
input.type = "file";
input.accept = ".json";
input.hidden = true;
input.addEventListener("change", async () => {
  const [file] = input.files;
  if (!file) return;
  const { error, entries } = unpack(await file.text());
  const done = entries && merge(entries);
  status.textContent = error ? say(error, { name: file.name }) : say(done.full ? "import_full" : "imported", done);
  input.value = ""; // so that the same file can be chosen again
  show();
});
const load = button("import", () => input.click());

// The workbook of the book, with the reader's lines where they belong: what was found right, else
// what was written last. What has no place in it comes at the end.
const workbook = button("workbook", async () => {
  const answer = await fetch(new URL("workbook.ipynb", import.meta.url));
  const notebook = await answer.json();
  const used = new Set();
  for (const cell of notebook.cells) {
    const [, name] = /^solution-(.*)$/.exec(cell.id) ?? [];
    const text = (name && kept(name)?.text) ?? read(`edit:${cell.id.replace("solution-", "exercise-")}`)?.code;
    if (text) cell.source = text.replace(/\n$/, "");
    used.add(`edit:${cell.id}`);
  }
  const further = names("edit:answer-").filter((name) => !used.has(name) && read(name).code);
  notebook.cells.push(...further.flatMap(furtherAnswer), ...answersToQuestions());
  download("workbook.ipynb", "application/x-ipynb+json", `${JSON.stringify(notebook, null, 1)}\n`);
});

const inWords = (id, source) => ({ cell_type: "markdown", id, metadata: {}, source });

function furtherAnswer(name) {
  const { code, words, page } = read(name);
  const id = name.replace("edit:", "");
  const address = new URL(`${page}.html#${id}`, ROOT);
  const answer = words ? inWords(id, code) : { ...inWords(id, code), cell_type: "code", execution_count: null, outputs: [] };
  return [inWords(id.replace("answer", "question"), `### [${id.replace("answer-", "")}](${address})`), answer];
}

function answersToQuestions() {
  const given = answers().filter(({ state }) => state !== "open");
  if (!given.length) return [];
  const marks = { right: " ✓", wrong: " ✗" };
  const lines = given.map(({ name, title, address, state }) => {
    const said = answerTo(name).said ?? "–";
    return `- [${title}](${new URL(address, location.href)}): ${said}${marks[state] ?? ""}`;
  });
  return [inWords("answers-to-questions", `## ${say("answers_given")}\n\n${lines.join("\n")}`)];
}

async function take(clicked, ending, type) {
  clicked.disabled = true;
  const python = new Python();
  python.onlost = forgotten;
  try {
    python.onprogress = (percent) => (status.textContent = say("starting", { percent }));
    await python.start();
    download(`my_network.${ending}`, type, (await networkFiles(python))[ending]);
    status.textContent = "";
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    status.textContent = say(error.why, { message: error.message });
  } finally {
    python.end();
    clicked.disabled = false;
  }
}
const network = button("network", () => take(network, "py", "text/x-python"));
const sameAsNotebook = button("network_notebook", () => take(sameAsNotebook, "ipynb", "application/x-ipynb+json"));

const clear = button("clear", () => {
  if (!confirm(say("really_clear"))) return;
  for (const name of names()) write(name, null);
  show();
});

const questions = document.createElement("p");
const next = document.createElement("p");
next.className = "progress-next";
const status = document.createElement("span");
status.setAttribute("role", "status");
const bar = document.createElement("p");
bar.className = "live-bar";
bar.append(workbook, ...(supported ? [network, sameAsNotebook] : []), save, load, input, clear, status);
list.append(questions, next, bar);
show();
watch(show);
document.documentElement.dataset.livePython = "ready"; // it needs none
