// Who has no mouse scrolls with the keyboard: a box that scrolls must be able to take the focus.
// The theme marks code and its output too, but 300 ms late, and neither when a fold opens nor when
// a font comes that makes the text wider.
const SCROLL_BOXES = ".math, .diagram, .pst-scrollable-table-container, pre, .cell_output > .output";
const markScrollBoxes = () => {
  for (const box of document.querySelectorAll(SCROLL_BOXES)) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
};
new ResizeObserver(() => requestAnimationFrame(markScrollBoxes)).observe(document.getElementById("main-content"));
document.fonts.addEventListener("loadingdone", markScrollBoxes);

// On paper nothing can be opened.
const folds = new Set();
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:is(.hint, .solution):not([open])")) folds.add(fold);
  for (const fold of folds) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of folds) fold.open = false;
  folds.clear();
});

// Another language: the same section of the page, and from now on this language.
const languages = document.querySelector(".languages");
languages?.addEventListener("click", ({ target }) => {
  const link = target.closest("a");
  if (!link) return;
  const headings = document.querySelectorAll("article section[id] > :is(h1, h2, h3, h4)");
  const above = [...headings].map((heading) => heading.parentElement).filter(
    (section) => section.getBoundingClientRect().top < innerHeight / 3);
  const section = scrollY > innerHeight / 3 && above.length ? `#${above.at(-1).id}` : "";
  const followed = document.getElementById(location.hash.slice(1));
  const place = followed?.getBoundingClientRect();
  const left = place && (place.bottom < 0 || place.top > innerHeight);
  link.hash = left ? section : location.hash || section;
  const site = new URL(languages.dataset.site, location.href);
  try {
    localStorage.setItem(`${site.pathname}language`, link.lang);
  } catch {
    // the browser keeps nothing
  }
});

// The theme has this in the page itself: then the search, which reads pages, may not.
document.querySelector(".btn-download-pdf-button")?.addEventListener("click", () => print());

// The menus at the top of a page: a click or an arrow key opens one, Escape or leaving closes it.
for (const button of document.querySelectorAll('[data-bs-toggle="dropdown"]')) {
  const menu = button.nextElementSibling;
  const show = (open) => {
    menu.classList.toggle("show", open);
    button.classList.toggle("show", open);
    button.ariaExpanded = open;
  };
  show(false);
  button.addEventListener("click", () => {
    show(!menu.classList.contains("show"));
    button.focus(); // the theme takes the focus away, and a keyboard would be lost
  });
  button.parentElement.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !button.parentElement.contains(relatedTarget)) show(false);
  });
  document.addEventListener("click", ({ target }) => {
    if (!button.parentElement.contains(target)) show(false);
  });
  button.parentElement.addEventListener("keydown", (event) => {
    const entries = [...menu.querySelectorAll("a, button")];
    if (event.key === "Escape") {
      show(false);
      button.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const at = entries.indexOf(document.activeElement);
      const next = at < 0 && step < 0 ? -1 : (at + step) % entries.length;
      entries.at(next).focus();
    }
  });
}
