// What the browser keeps of a reader's work on this site: edits, and a mark for each exercise,
// in all languages the same. It never leaves the browser. Where nothing can be kept, reading
// gives null and writing false.

import { SITE } from "./settings.js";

const root = new URL(document.documentElement.dataset.content_root, location.href);
const PREFIX = `${new URL(SITE, import.meta.url).pathname}#`;

/** The page, whatever the address of the site and the language. */
export const PAGE = location.pathname.slice(root.pathname.length).replace(/\.html$/, "");

/** A place for one value; `name` starts with its kind, "edit:" or "mark:". */
export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null; // forbidden, or not written by us
  }
}

/** Keep a value, or forget it if it is null; tell whether that was possible. */
export function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false; // full or forbidden
  }
}

/** The names of all that is kept and starts like this. */
export function names(start = "") {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + start))
      .map((key) => key.slice(PREFIX.length))
      .sort();
  } catch {
    return [];
  }
}

/** Call `changed(name)` when another tab writes a value; with null if it removes all. */
export function watch(changed) {
  addEventListener("storage", ({ key }) => {
    if (key === null) changed(null);
    else if (key.startsWith(PREFIX)) changed(key.slice(PREFIX.length));
  });
}
