// The marks of the exercises on the contents page, and what a reader can do with them.

import { names, read, watch, write } from "./store.js";
import { say } from "./words.js";

const list = document.querySelector(".exercise-progress");

function show() {
  for (const place of list.querySelectorAll(".progress-mark")) {
    const name = place.className.split(" mark-").pop();
    const mark = read(`mark:${name}`);
    const state = mark === null ? "open" : mark.right ? "right" : "tried";
    place.dataset.state = state;
    place.textContent = say(state);
  }
  clear.disabled = save.disabled = names().length === 0;
}

function button(word, onclick) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = say(word);
  made.addEventListener("click", onclick);
  return made;
}

// One file with the marks and with everything that the reader has written on any page.
const save = button("export", () => {
  const kept = Object.fromEntries(names().map((name) => [name, read(name)]));
  const file = new Blob([JSON.stringify(kept, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "deep-neural-network.json";
  link.click();
  URL.revokeObjectURL(link.href);
});

const clear = button("clear", () => {
  if (!confirm(say("really_clear"))) return;
  for (const name of names()) write(name, null);
  show();
});

const bar = document.createElement("p");
bar.className = "live-bar";
bar.append(save, clear);
list.append(bar);
show();
watch(show);
