// What the browser keeps of a reader's work on this site: edits, marks, functions, answers, in all
// languages the same, and whatever page they stand on. It never leaves the browser. Where nothing
// can be kept, reading gives null and writing false. (What stands in for `localStorage` there is
// in layout.html.)

/** Where the pages of this language begin. */
export const ROOT = new URL(document.documentElement.dataset.content_root, location.href);
const site = new URL(document.querySelector("meta[name=site-root]").content, location.href);
const PREFIX = `${site.pathname}#`;

/** The page, whatever the address of the site and the language. */
export const PAGE = location.pathname.slice(ROOT.pathname.length).replace(/\.html$/, "");

/** A place for one value, an object; `name` starts with its kind, such as "edit:" or "quiz:". */
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
    return localStorage instanceof Storage;
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

// Edits were once kept under the name of their page, too: no renamed page may lose them.
for (const name of names("edit:").filter((name) => name.includes("#"))) {
  const [page, id] = name.slice("edit:".length).split("#");
  const old = read(name);
  const now = read(`edit:${id}`);
  const both = now ? { ...now, older: [...(now.older ?? []), old] } : { ...old, page };
  write(name, null); // first: a full store has room then
  if (!write(`edit:${id}`, both)) write(name, old);
}
