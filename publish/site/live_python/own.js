// The reader's own functions that were found right. All pages, in all languages, run on them:
// each time before cells run, Python is told which they are, if that has changed.

import { merge } from "./carry_over.js";
import { EXERCISES, LIBRARY } from "./settings.js";
import { read, watch, write } from "./store.js";
import { say } from "./words.js";

const NAMES = Object.keys(EXERCISES); // each with the page where it is written
const SWITCH = "use:book";
const root = document.documentElement.dataset.content_root;
const line = document.createElement("div");
let inPython = "{}";

/** Let the book's functions be used, or the reader's; it counts from the next run on. */
export function useBook(book) {
  write(SWITCH, book || null);
  show();
}

/** What is kept of a function: `source`, which runs on its own, `text`, the cell that passed. */
export function kept(name) {
  const own = read(`own:${name}`);
  return typeof own?.source === "string" ? own : null;
}

// One that an earlier edition of the checks has passed, or refused, is judged anew.
function wanted() {
  if (read(SWITCH)) return {};
  const entries = NAMES.map((name) => [name, kept(name)]);
  return Object.fromEntries(entries.filter(([, own]) => own && !(own.why && own.library === LIBRARY)));
}

/** Let Python run on what is kept; tell whether it ran on something else before. */
export async function bringIntoUse(python) {
  const now = wanted();
  if (JSON.stringify(now) === inPython) return false;
  const [judged, others] = [{}, {}];
  for (const [name, { source, library }] of Object.entries(now)) (library === LIBRARY ? judged : others)[name] = source;
  const wrong = await python.use(judged, others);
  for (const name in others) write(`own:${name}`, { ...now[name], library: LIBRARY, why: wrong[name] });
  inPython = JSON.stringify(wanted());
  show();
  return true;
}

/** Keep a function that was found right in the cell `text`; return what is to be said of it. */
export async function keep(python, name, text) {
  const before = kept(name);
  if (before?.text === text && before.library === LIBRARY && !before.why) return null;
  const { source, why } = await python.keep(name, text);
  if (!source) return ["own_here_only", { why }];
  const { older } = before ?? {};
  const done = write(`own:${name}`, { source, text, library: LIBRARY, at: Date.now(), older });
  inPython = read(SWITCH) ? "ours are to come back" : JSON.stringify(wanted());
  show();
  return [done ? "own_kept" : "own_not_kept"];
}

/** Keep what was found right in a file; return the names of what is in use, null if nothing can be kept. */
export async function take(python, sources) {
  const at = Date.now();
  const entries = Object.entries(sources).flatMap(([name, source]) => [
    [`own:${name}`, { source, text: source, at }],
    [`mark:${name}`, { right: true }],
  ]);
  if (merge(entries).full) return null;
  write(SWITCH, null);
  await bringIntoUse(python);
  return Object.keys(wanted()).filter((name) => name in sources);
}

/** Return files with all nine functions, the reader's, and the book's for the rest: `py` and `ipynb`. */
export async function networkFiles(python) {
  await bringIntoUse(python);
  const own = Object.entries(wanted()).map(([name, { source }]) => [name, source]);
  return python.networkFiles(Object.fromEntries(own));
}

/** Python has been started anew. */
export function forgotten() {
  inPython = "{}";
}

/* The line above the first cell */

function link(name) {
  const made = document.createElement("a");
  made.href = `${root}${EXERCISES[name]}.html#exercise-${name}`;
  const code = document.createElement("code");
  code.textContent = name;
  made.append(code);
  return made;
}

function item(name) {
  const made = document.createElement("li");
  const { why, library } = kept(name);
  made.append(link(name), ...(why && library === LIBRARY ? [` ${say("own_wrong", { why })}`] : []));
  return made;
}

/** Tell whether there is a function of the reader's to run on. */
export const runsOnOwn = () => Object.keys(wanted()).length > 0;

function show() {
  document.documentElement.toggleAttribute("data-own", runsOnOwn()); // a style shows buttons then
  const own = NAMES.filter(kept);
  line.hidden = own.length === 0;
  if (line.hidden || !line.firstChild) return; // a page without cells has no line
  const book = read(SWITCH) !== null;
  const used = Object.keys(wanted()).length;
  const values = { own: book ? own.length : used, count: NAMES.length };
  line.querySelector("summary").textContent = say(book ? "own_off" : "own_on", values);
  line.querySelector("ul").replaceChildren(...own.map(item));
  const button = line.querySelector("button");
  button.textContent = say(book ? "use_own" : "use_book");
  button.onclick = () => useBook(!book);
}

/** Put the line above the first cell. */
export function showAbove(cell) {
  line.className = "live-own";
  const details = document.createElement("details");
  details.append(document.createElement("summary"), document.createElement("ul"));
  const button = document.createElement("button");
  button.type = "button";
  line.append(details, button);
  cell.before(line);
  show();
  watch((name) => {
    if (name === null || name === SWITCH || name.startsWith("own:")) show();
  });
}
