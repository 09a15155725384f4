// Who has no mouse scrolls with the keyboard: a box that scrolls must be able to take the focus.
// (The theme does the same for code and its output.)
const markScrollBoxes = () => {
  for (const box of document.querySelectorAll(".diagram, .pst-scrollable-table-container")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
};
new ResizeObserver(markScrollBoxes).observe(document.getElementById("main-content"));

// The theme measures code once, and what is folded away has no width then: let it measure again.
document.addEventListener("toggle", () => window.dispatchEvent(new Event("resize")), true);

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
