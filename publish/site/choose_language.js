// The front page in the language of the reader: the one chosen last, else the browser's.
// Who comes from another page of this site has a language already and keeps it.
(() => {
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const from = document.referrer.split(/[?#]/)[0];
  const redirect = [root.href, `${root.href}index.html`];
  if (from.startsWith(root.href) && !redirect.includes(from)) return;
  const address = (language) =>
    document.querySelector(`link[rel="alternate"][hreflang="${CSS.escape(language)}"]`)?.href;
  let chosen = null;
  try {
    chosen = localStorage.getItem(`${root.pathname}language`);
  } catch {
    // the browser keeps nothing: each visit is the first
  }
  const wishes = chosen ? [chosen] : navigator.languages.map((name) => name.split("-")[0]);
  const language = wishes.find(address);
  if (language && language !== document.documentElement.lang) location.replace(address(language) + location.hash);
})();
