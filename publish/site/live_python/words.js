// The words of the bars and messages, in the language of the book: those that all pages need, and
// those that a page brings for a script of its own.

import { WORDS } from "./settings.js";

const brought = document.getElementById("live-words");
const words = { ...WORDS, ...(brought && JSON.parse(brought.textContent)) };

export const say = (word, values = {}) =>
  words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);
