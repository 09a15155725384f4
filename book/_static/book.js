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
