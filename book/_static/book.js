// Who has no mouse scrolls with the keyboard: a box that scrolls must be able to take the focus.
// The theme marks code and its output too, but 300 ms late, and neither when a fold opens nor when
// a font comes that makes the text wider.
const SCROLL_BOXES = ".diagram, .pst-scrollable-table-container, pre, .cell_output > .output";
const markScrollBoxes = () => {
  for (const box of document.querySelectorAll(SCROLL_BOXES)) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
};
new ResizeObserver(markScrollBoxes).observe(document.getElementById("main-content"));
document.fonts.addEventListener("loadingdone", markScrollBoxes);

// Another language: the same section of the page, and from now on this language.
const languages = document.querySelector(".languages");
languages?.addEventListener("click", ({ target }) => {
  const link = target.closest("a");
  if (!link) return;
  const sections = document.querySelectorAll("article section[id]:has(> h1, > h2, > h3, > h4)");
  const above = [...sections].filter(
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
