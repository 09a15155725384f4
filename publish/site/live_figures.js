// Draws the live figures of a page. The page carries the state of its widgets as JSON.

import { drawFigure } from "./figure_host.js";

const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';

function embeddedEntries() {
  try {
    return JSON.parse(document.querySelector(STATE).textContent).state;
  } catch (error) {
    console.error(error);
    return {}; // then every figure says that it could not start
  }
}

const entries = embeddedEntries();
const figures = [...document.querySelectorAll("[data-live-figure]")];
let drawn = 0;
for (const figure of figures) {
  if (!(await drawFigure(figure, entries[figure.dataset.liveFigure]))) continue;
  if (++drawn === 1) performance.mark("live-figures-first");
}
performance.mark("live-figures-drawn");
document.documentElement.dataset.liveFigures = drawn === figures.length ? "drawn" : "failed";
