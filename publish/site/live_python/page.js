// Every code cell of the page can be run, edited and reset, with nothing installed.
//
// Nothing heavy is loaded before a reader asks for it: the editor with the first Edit, Python
// with the first Run, or a little earlier, when a pointer or the keyboard comes to a Run button.

import { Cell, fold } from "./cell.js";
import { element } from "./outputs.js";
import { Ended, Python, supported } from "./python.js";
import { forgetRuntime, keepForOffline } from "./offline.js";
import { bringIntoUse, forgotten, keep, kept, showAbove } from "./own.js";
import { PAGE, names, read, watch, write } from "./store.js";
import { say } from "./words.js";

const CODE = ".cell:has(> .cell_input), .your-turn:not(.your-words)";

const python = new Python();
const near = () => python.start().catch(() => {}); // a run tells what is wrong
python.onfiles = keepForOffline;
addEventListener("live-file", ({ detail }) => python.giveFile(...detail)); // another script of the page

/* The cells, in the order of the notebook */

function makeCell(root, name) {
  const key = `edit:${root.id}`;
  return new Cell(root, { name, key, onrun: request, onstop: stop, onnear: near });
}

// The exercises at the end of a chapter get a place for an answer: code, if their solution has any.
for (const exercise of supported ? document.querySelectorAll(".exercise") : []) {
  const name = say("answer", { name: exercise.querySelector(".caption-number").textContent.trim() });
  const isCode = exercise.nextElementSibling?.querySelector(".cell");
  const id = `answer-${exercise.id}`;
  const className = `your-turn your-${isCode ? "code" : "words"}`;
  const parts = isCode ? [noCode()] : answerInWords(`edit:${id}`, name);
  exercise.after(element("div", { id, className }, element("p", { className: "title" }, name), ...parts));
}

function noCode() {
  const highlight = element("div", { className: "highlight" }, element("pre", {}));
  return element("div", { className: "highlight-" }, highlight);
}

function answerInWords(key, name) {
  const area = element("textarea", { ariaLabel: name, rows: 4 });
  const status = element("p", { role: "status" });
  const older = element("div", {});
  const load = () => {
    const { code = "", older: others = [] } = read(key) ?? {};
    if (area.value !== code) area.value = code;
    older.replaceChildren(...others.map(({ code }) => fold("older", code ?? "")));
  };
  area.oninput = () => {
    const kept = { code: area.value, words: true, page: PAGE, at: Date.now(), older: read(key)?.older };
    if (!write(key, area.value || kept.older ? kept : null)) status.textContent = say("not_kept");
  };
  watch((changed) => {
    if (changed === null || changed === key) load();
  });
  load();
  return [area, status, older];
}

// The exercise stands where the notebook has its solution. That lies folded further down.
const cells = [];
for (const root of supported ? document.querySelectorAll(CODE) : []) {
  if (root.matches("details.solution > .cell")) continue;
  const answers = root.matches(".your-code");
  const number = cells.filter((cell) => !cell.answers).length + 1;
  const cell = makeCell(root, answers ? root.firstChild.textContent : say("cell", { number }));
  cell.answers = answers;
  if (root.matches(".your-turn:not(.your-code)")) makeExercise(cell);
  cells.push(cell);
}

function makeExercise(cell) {
  cell.teaches = cell.root.id.replace("exercise-", "");
  const solution = document.querySelector(`details.solution > [class*="tag_solution-${cell.teaches} "]`);
  cell.solution = makeCell(solution, say("solution", { name: cell.name }));
  cell.solution.exercise = cell;
  cell.onchange = () => (cell.solution.ran = null);
}

const withSolutions = () => [...cells, ...cells.flatMap(({ solution }) => solution ?? [])];

/* What runs when */

const checks = (code, name) => new RegExp(`\\bcheck\\(\\s*${name}\\s*\\)`).test(code);

// What stands in the place of an exercise: the reader's lines, once there are any, or those that
// are kept as the reader's. The cells below need something that works until then.
function standing({ code, edited, solution, teaches }) {
  if (solution.ran !== null) return solution.code; // the reader has run it on purpose
  return edited ? code : (kept(teaches)?.source ?? solution.code);
}

// The cells above come first, each once, and again after a change. A check is not shown our own
// answer in the place of the reader's, who may not have written a line.
function plan(target) {
  const above = cells.slice(0, cells.indexOf(target.exercise ?? target));
  const steps = above
    .map((cell) => ({ cell, code: cell.teaches ? standing(cell) : cell.code }))
    .filter(({ cell, code }) => cell.ran !== code && (code || !cell.answers));
  const asked = above.filter(({ teaches, edited, solution }) =>
    teaches && !edited && solution.ran === null && checks(target.code, teaches));
  return [...steps, ...asked, target].map((step) => (step.cell ? step : { cell: step, code: step.code }));
}

let queue = Promise.resolve();
let stops = 0;

function request(target) {
  if (target.requested) return;
  target.requested = true;
  const seen = stops;
  const turn = async () => {
    if (seen === stops) await runWithThoseAbove(target);
  };
  const end = () => {
    target.requested = false;
  };
  queue = queue.then(turn).catch(console.error).then(end); // a fault of ours ends no further runs
}

function stop() {
  stops++;
  python.stop();
}

async function runWithThoseAbove(target) {
  target.busy = true;
  try {
    python.onprogress = (percent) => target.say("starting", { percent });
    python.onprogress(0);
    await python.start();
    if (await bringIntoUse(python)) for (const cell of cells) cell.ran = null;
    const failed = [];
    const right = [];
    for (const { cell, code } of plan(target)) {
      target.say(cell === target ? "running" : "above", { name: cell.name });
      const ok = await cell.run(python, code, (output) => {
        const exercise = mark(output, cell);
        if (exercise) right.push({ cell, exercise });
      });
      settle(cell, code);
      if (!ok && cell !== target) failed.push(cell.name);
    }
    if (failed.length) target.say("above_failed", { name: failed.join(", ") });
    for (const { cell, exercise } of right) {
      const said = await keep(python, exercise.teaches, exercise.code);
      if (said) cell.say(...said);
    }
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    target.say(error.why, { message: error.message });
    if (error.why === "failed to start") await forgetRuntime();
  } finally {
    python.onprogress = () => {};
    target.busy = false;
  }
}

// After an exercise or its solution has run, say which of the two counts.
function settle(cell, code) {
  if (cell.teaches) {
    cell.solution.ran = null;
    if (cell.code !== code) cell.say("stand_in", { name: cell.teaches });
  }
  if (cell.exercise) {
    cell.exercise.ran = code;
    cell.exercise.say("solution_counts", { name: cell.exercise.teaches });
  }
}

python.onlost = () => {
  for (const cell of withSolutions()) cell.ran = null;
  forgotten();
};

/* Marks: which exercises are right */

/** Keep what a check has found; return the exercise if the reader's lines are right. */
function mark({ checked }, { code }) {
  const exercise = checked && cells.find(({ teaches }) => teaches === checked.function);
  const own = exercise?.edited && exercise.ran === exercise.code && checks(code, checked.function);
  if (!own) return null;
  const right = checked.ok || read(`mark:${checked.function}`)?.right === true;
  write(`mark:${checked.function}`, { right });
  return checked.ok ? exercise : null;
}

/* What a reader wrote in a cell that this edition of the page no longer has */

function showLeftOver() {
  const known = new Set(withSolutions().map(({ key }) => key));
  for (const { id } of document.querySelectorAll(".your-words")) known.add(`edit:${id}`);
  for (const name of names("edit:").filter((name) => !known.has(name))) {
    const { code, undo, page } = read(name) ?? {};
    if (page === PAGE) document.querySelector("article").append(fold("left_over", code ?? undo ?? ""));
  }
}

watch((name) => {
  for (const cell of cells) if (name === null || name === cell.key) cell.load();
});
if (supported) {
  showLeftOver();
  if (cells.length) showAbove(cells[0].root);
  document.documentElement.dataset.livePython = "ready";
}
