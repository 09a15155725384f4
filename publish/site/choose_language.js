// The front page in the language of the reader: the one chosen last, else the browser's.
// Who comes from another page of this site has a language already and keeps it.
(() => {
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const from = document.referrer.split(/[?#]/)[0];
  const redirect = [root.href, `${root.href}index.html`];
  if (from.startsWith(root.href) && !redirect.includes(from)) return;
  // Not by the links in the head: they lead to the published book, and this may be a copy of it.
  const pages = document.currentScript.dataset;
  let chosen = null;
  try {
    chosen = localStorage.getItem(`${root.pathname}language`);
  } catch {
    // the browser keeps nothing: each visit is the first
  }
  const wishes = chosen ? [chosen] : navigator.languages.map((name) => name.split("-")[0]);
  const language = wishes.find((name) => pages[name]);
  if (language && language !== document.documentElement.lang) location.replace(pages[language] + location.hash);
})();
