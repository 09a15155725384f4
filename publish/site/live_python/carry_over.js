// What the browser keeps, as a file, and back: to another browser, another computer, a new edition.

import { names, read, write } from "./store.js";

const FORMAT = "deep-neural-network-step-by-step";
const VERSION = 1;
const KINDS = /^(?:edit|mark|own|picture|predict|quiz):[^\0]+$/;

/** Return all that is kept, as the text of a file. */
export function pack() {
  const entries = Object.fromEntries(names().filter((name) => KINDS.test(name)).map((name) => [name, read(name)]));
  return JSON.stringify({ format: FORMAT, version: VERSION, entries }, null, 2);
}

/** Return the `entries` of such a file, or the word for what is wrong with it; nothing in it is run. */
export function unpack(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return { error: "import_broken" };
  }
  if (file?.format !== FORMAT || !isRecord(file.entries)) return { error: "import_foreign" };
  if (file.version !== VERSION) return { error: "import_newer" };
  const entries = Object.entries(file.entries);
  const known = entries.every(([name, value]) => KINDS.test(name) && isRecord(value));
  return known ? { entries } : { error: "import_foreign" };
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Bring entries into what is kept here: the newer text wins, the older one is kept beside it. */
export function merge(entries) {
  const done = { added: 0, replaced: 0, left: 0, full: false };
  for (const [name, there] of entries) {
    const here = read(name);
    const { result, counts } = joined(here, asForeign(name, there));
    done[counts]++;
    if (counts !== "left" || result !== here) done.full ||= !write(name, result);
  }
  return done;
}

// What was found right elsewhere is judged here before it is used.
function asForeign(name, value) {
  return name.startsWith("own:") ? { ...value, library: null } : value;
}

const bare = ({ at, older, library, ...value }) => JSON.stringify(value);

function joined(here, there) {
  if (here === null) return { result: there, counts: "added" };
  if (bare(here) === bare(there)) return { result: here, counts: "left" };
  if (here.right !== undefined) return { result: here.right ? here : there, counts: here.right ? "left" : "replaced" };
  const newer = (there.at ?? 0) > (here.at ?? 0);
  const [winner, loser] = newer ? [there, here] : [here, there];
  const older = [loser, ...(here.older ?? []), ...(there.older ?? [])].map(({ older: _, ...value }) => value);
  const each = older.filter((value, at) => bare(value) !== bare(winner) && older.findIndex((one) => bare(one) === bare(value)) === at);
  return { result: { ...winner, older: each }, counts: newer ? "replaced" : "left" };
}
